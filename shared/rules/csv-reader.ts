/** Reads tables as text: RFC 4180, and what programs for tables make of it. */

export const separators = [',', '\t', ';', '，', '|'] as const
export type Separator = (typeof separators)[number]

/** A cell so long that a quote was never closed: what follows it cannot be understood. */
export class OpenQuote extends Error {
  readonly row: number
  constructor(row: number) {
    super(`row ${row}: a quote is not closed`)
    this.row = row
  }
}

/** Characters of a cell. */
const LONGEST = 50_000
const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d

/**
 * Takes text in pieces and hands on each record with its number, as a program for tables counts them: empty ones count, and are not
 * handed on. A quote inside a cell that does not begin with one is a sign like any other.
 * @throws OpenQuote
 */
export class CsvReader {
  readonly #separator: number
  readonly #take: (cells: string[], row: number) => void
  #row = 1
  #cells: string[] = []
  #cell = ''
  /** Where in a cell: before its first sign, in a bare one, in quotes, behind a quote in quotes. */
  #at: 'start' | 'bare' | 'quoted' | 'closing' = 'start'
  #afterCr = false

  constructor(separator: Separator, take: (cells: string[], row: number) => void) {
    this.#separator = separator.charCodeAt(0)
    this.#take = take
  }

  push(text: string): void {
    let from = 0
    for (let index = 0; index < text.length; index++) {
      const sign = text.charCodeAt(index)
      if (this.#afterCr) {
        this.#afterCr = false
        if (sign === LF) {
          from = index + 1
          continue
        }
      }
      if (this.#at === 'quoted') {
        const end = text.indexOf('"', index)
        index = end < 0 ? text.length : end
        this.#add(text.slice(from, index))
        from = index + 1
        if (end >= 0) this.#at = 'closing'
        continue
      }
      if (sign === QUOTE && this.#at !== 'bare') {
        if (this.#at === 'closing') this.#add('"')
        this.#at = 'quoted'
        from = index + 1
      } else if (sign === this.#separator || sign === LF || sign === CR) {
        this.#add(text.slice(from, index))
        from = index + 1
        this.#endCell()
        if (sign !== this.#separator) this.#endRecord()
        this.#afterCr = sign === CR
      } else this.#at = 'bare'
    }
    if (from < text.length) this.#add(text.slice(from))
  }

  end(): void {
    if (this.#at === 'start' && this.#cells.length === 0) return
    if (this.#at === 'quoted') throw new OpenQuote(this.#row)
    this.#endCell()
    this.#endRecord()
  }

  #add(text: string): void {
    if (text === '') return
    this.#cell += text
    if (this.#cell.length > LONGEST) throw new OpenQuote(this.#row)
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    this.#at = 'start'
  }

  #endRecord(): void {
    const cells = this.#cells
    this.#cells = []
    if (cells.some(cell => cell !== '')) this.#take(cells, this.#row)
    this.#row++
  }
}

/** The separator by which the first records of a table agree most on how many cells they have. */
export function separatorOf(beginning: string): Separator {
  let best: { separator: Separator; score: number } = { separator: ',', score: 0 }
  for (const separator of separators) {
    const lengths: number[] = []
    const reader = new CsvReader(separator, cells => void lengths.push(cells.length))
    try {
      reader.push(beginning)
    } catch {
      continue
    }
    const most = lengths.slice(0, 50)
    const usual = Math.max(...most.filter(length => length > 1), 0)
    const score = usual === 0 ? 0 : (most.filter(length => length === usual).length / most.length) * usual
    if (score > best.score) best = { separator, score }
  }
  return best.separator
}

/** Our own tables put an apostrophe before what a program for tables would take for a formula (csv.ts). */
export const withoutGuard = (cell: string): string =>
  /^'[=+\-@\t\r＝＋－＠]/u.test(cell) ? cell.slice(1) : cell
