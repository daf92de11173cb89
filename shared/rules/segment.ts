import { DENSE, DIGIT, isHigh, kindAt, type LETTER, normalise, SEPARATOR } from './segment-text.ts'

/**
 * Text to tokens, for the index of search. Tokens are chosen so that every question is a set of whole tokens, each of
 * which the index streams newest first; none is a scan over many terms (FTS5's own prefix search gathers all hits before
 * the first):
 *
 * - a run of a dense script (Chinese, kana, Hangul ...) gives its single characters and its pairs;
 * - a run of letters or of digits gives its beginnings, because words match as they are typed; `SO-20418` is two runs,
 *   and found by either;
 * - a run of digits also gives its last four: how people tell card, phone and order numbers.
 *
 * Every token is a slice of the normalised text. It holds only ASCII letters and digits and non-ASCII characters, which
 * FTS5's `ascii` tokenizer keeps whole. Lengths count UTF-16 units and never cut a character in two.
 */
export const BEGINNING = 16
export const TAIL = 4

export type RunKind = typeof LETTER | typeof DIGIT | typeof DENSE

/** Calls `visit` for each run of one kind in normalised text, in order. */
export function eachRun(text: string, visit: (kind: RunKind, start: number, end: number) => void): void {
  let start = 0
  let kind: number = SEPARATOR
  for (let at = 0; at < text.length; at += widthAt(text, at)) {
    const next = kindAt(text, at)
    if (next === kind) continue
    if (kind !== SEPARATOR) visit(kind as RunKind, start, at)
    kind = next
    start = at
  }
  if (kind !== SEPARATOR) visit(kind as RunKind, start, text.length)
}

/** Calls `visit` for each token of normalised text, `[start, end)`; one that occurs twice is visited twice. */
export function eachToken(text: string, visit: (start: number, end: number) => void): void {
  eachRun(text, (kind, start, end) => {
    if (kind === DENSE) return eachPiece(text, start, end, visit)
    const beginnings = Math.min(end, start + BEGINNING)
    for (let at = start + 1; at <= beginnings; at++) if (!cuts(text, at)) visit(start, at)
    if (kind === DIGIT && end - start > TAIL && !cuts(text, end - TAIL)) visit(end - TAIL, end)
  })
}

function eachPiece(
  text: string,
  start: number,
  end: number,
  visit: (start: number, end: number) => void,
): void {
  let previous = start
  for (let at = start; at < end; ) {
    const next = at + widthAt(text, at)
    visit(at, next)
    if (at > start) visit(previous, next)
    previous = at
    at = next
  }
}

/** Units of the character at `at`; a lone surrogate is one. */
export const widthAt = (text: string, at: number): 1 | 2 => (cuts(text, at + 1) ? 2 : 1)

/** Whether a slice that ends here would cut a character in two. */
export function cuts(text: string, end: number): boolean {
  if (!isHigh(text.charCodeAt(end - 1)) || end >= text.length) return false
  const low = text.charCodeAt(end)
  return low >= 0xdc00 && low <= 0xdfff
}

/** The tokens of some texts, each once. No token crosses from one text into the next. */
export function tokensOf(texts: readonly string[]): Set<string> {
  const tokens = new Set<string>()
  for (const text of texts) {
    const normal = normalise(text)
    eachToken(normal, (start, end) => tokens.add(normal.slice(start, end)))
  }
  return tokens
}
