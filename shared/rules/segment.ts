import { DENSE, DIGIT, isHigh, kindAt, type LETTER, normalise, SEPARATOR } from './segment-text.ts'

/**
 * Text to tokens, for the index of search. Tokens are chosen so that every question is a set of whole tokens, each of
 * which the index streams newest first; none is a scan over many terms:
 *
 * - a run of a dense script (Chinese, kana, Hangul ...) gives its single characters and its pairs;
 * - a run of letters or of digits gives its beginnings up to `BEGINNING` long, and itself when longer, because words
 *   match as they are typed; `SO-20418` is two runs, and found by either;
 * - a run of digits also gives its last four: how people tell card, phone and order numbers.
 *
 * Tokens hold only ASCII letters and digits and non-ASCII characters: FTS5's `ascii` tokenizer keeps them whole.
 */
export const BEGINNING = 6
/** Longer words are cut: what is that long is no word. */
export const LONGEST = 40
export const TAIL = 4

/** A run of one kind in normalised text, `[start, end)` in UTF-16 units. */
export interface Run {
  kind: typeof LETTER | typeof DIGIT | typeof DENSE
  start: number
  end: number
}

/** Calls `visit` for each run, in order. */
export function eachRun(text: string, visit: (kind: Run['kind'], start: number, end: number) => void): void {
  let start = 0
  let kind: number = SEPARATOR
  const length = text.length
  for (let at = 0; at < length; ) {
    const next = kindAt(text, at)
    if (next !== kind) {
      if (kind !== SEPARATOR) visit(kind as Run['kind'], start, at)
      kind = next
      start = at
    }
    at += isHigh(text.charCodeAt(at)) && at + 1 < length && next !== SEPARATOR ? 2 : 1
  }
  if (kind !== SEPARATOR) visit(kind as Run['kind'], start, length)
}

/** Whether a piece that ends here would cut a character in two. */
const cuts = (text: string, end: number): boolean => isHigh(text.charCodeAt(end - 1))

function wordTokens(text: string, start: number, end: number, add: (token: string) => void): void {
  const beginnings = Math.min(end - start, BEGINNING)
  for (let length = 1; length <= beginnings; length++) {
    if (!cuts(text, start + length)) add(text.slice(start, start + length))
  }
  if (end - start > BEGINNING) add(wholeWord(text.slice(start, end)))
}

/** A word as the index holds it. */
export function wholeWord(word: string): string {
  if (word.length <= LONGEST) return word
  return word.slice(0, cuts(word, LONGEST) ? LONGEST - 1 : LONGEST)
}

function denseTokens(text: string, start: number, end: number, add: (token: string) => void): void {
  let previous = ''
  for (let at = start; at < end; ) {
    const width = isHigh(text.charCodeAt(at)) ? 2 : 1
    const char = width === 1 ? text.charAt(at) : text.slice(at, at + 2)
    add(char)
    if (previous) add(previous + char)
    previous = char
    at += width
  }
}

/**
 * The tokens of some texts, each once, in the order of their first appearance. A run never crosses from one text into
 * the next.
 */
export function tokensOf(texts: readonly string[]): Set<string> {
  const tokens = new Set<string>()
  const add = (token: string) => tokens.add(token)
  for (const text of texts) {
    const normal = normalise(text)
    eachRun(normal, (kind, start, end) => {
      if (kind === DENSE) return denseTokens(normal, start, end, add)
      wordTokens(normal, start, end, add)
      if (kind === DIGIT && end - start > TAIL && !cuts(normal, end - TAIL))
        add(normal.slice(end - TAIL, end))
    })
  }
  return tokens
}
