import type { TableEncoding } from '#shared/ipc/import.ts'
import { CsvReader, OpenQuote, type Separator, withoutGuard } from '#shared/rules/csv-reader.ts'
import { fail } from '../fault-error.ts'
import { type Ground, turn } from '../ground.ts'
import { textOf } from './encoding.ts'

/** Columns; cells behind are passed over. */
export const MOST_COLUMNS = 500

/** One record, with its number as a program for tables counts it. */
export interface TableRecord {
  row: number
  cells: string[]
}

/**
 * Goes through a table record by record, in pieces with turns for others in between: it is never in memory as a whole but as its bytes.
 * @param take answers false to stop
 * @throws FaultError invalid, with the `row` whose quote is not closed
 */
export async function eachRecord(
  bytes: Uint8Array,
  { encoding, separator }: { encoding: TableEncoding; separator: Separator },
  ground: Ground,
  take: (records: TableRecord[]) => Promise<boolean | undefined>,
): Promise<void> {
  let ready: TableRecord[] = []
  const reader = new CsvReader(separator, (cells, row) => {
    ready.push({ row, cells: cells.slice(0, MOST_COLUMNS).map(withoutGuard) })
  })
  const given = async (): Promise<boolean> => {
    const records = ready
    ready = []
    return records.length === 0 || (await take(records)) !== false
  }
  try {
    for (const text of textOf(bytes, encoding)) {
      reader.push(text)
      if (!(await given())) return
      await turn(ground)
    }
    reader.end()
    await given()
  } catch (error) {
    if (error instanceof OpenQuote) throw fail('invalid', { params: { field: 'quote', row: error.row } })
    throw error
  }
}
