import { BEGINNING, cuts, eachRun, type RunKind, TAIL, widthAt } from './segment.ts'
import { DENSE, DIGIT, kindAt, kindBefore, normalise, SEPARATOR } from './segment-text.ts'

/**
 * What a person typed, as a question to the index. Words between spaces must all match. A word is a row of runs
 * (`SO-20418` is two, `iPhone手机` is two) that must follow one another with nothing but separators between:
 * a dense run anywhere, a run of letters or digits from its beginning; only the last may go on where the typing stopped.
 * Four digits also match the end of a number.
 */
export interface Question {
  words: Part[][]
  /** All of them are on every item that answers. */
  tokens: string[]
  /** Whether the tokens say it all; otherwise each candidate is to be checked with `answers`. */
  exact: boolean
}

export interface Part {
  kind: RunKind
  text: string
}

/** More tokens would not make the candidates fewer. */
const ENOUGH = 24

/** Null: there is nothing to search for. */
export function questionOf(typed: string): Question | null {
  const words: Part[][] = []
  for (const word of new Set(normalise(typed).split(/\s+/u))) {
    const parts: Part[] = []
    eachRun(word, (kind, start, end) => parts.push({ kind, text: word.slice(start, end) }))
    if (parts.length > 0) words.push(parts)
  }
  if (words.length === 0) return null
  const tokens = new Set<string>()
  let exact = true
  for (const parts of words) {
    if (parts.length > 1) exact = false
    for (const part of parts) {
      const [found, isExact] = tokensOfPart(part)
      exact &&= isExact
      for (const token of found) tokens.add(token)
    }
  }
  if (tokens.size > ENOUGH) exact = false
  return { words, tokens: [...tokens].slice(0, ENOUGH), exact }
}

function tokensOfPart({ kind, text }: Part): [tokens: string[], exact: boolean] {
  if (kind === DENSE) {
    const pairs = pairsOf(text)
    return [pairs, pairs.length === 1]
  }
  if (text.length <= BEGINNING) return [[text], true]
  return [[text.slice(0, cuts(text, BEGINNING) ? BEGINNING - 1 : BEGINNING)], false]
}

/** The pairs of a dense run, or its only character. */
function pairsOf(text: string): string[] {
  const chars = [...text]
  if (chars.length < 2) return chars
  return chars.slice(1).map((char, index) => chars[index] + char)
}

/** Whether some texts, already normalised, hold every word of the question; each word within one of the texts. */
export const answers = (question: Question, normals: readonly string[]): boolean =>
  question.words.every(word => normals.some(normal => findWord(normal, word, 0) !== null))

/** The first place of a word in normalised text at or after `from`. */
export function findWord(normal: string, word: Part[], from: number): { start: number; end: number } | null {
  const first = word[0]!
  for (
    let start = normal.indexOf(first.text, from);
    start >= 0;
    start = normal.indexOf(first.text, start + 1)
  ) {
    if (!begins(normal, first, start)) continue
    const end = follow(normal, word, start)
    if (end !== null) return { start, end }
  }
  return null
}

function begins(normal: string, { kind, text }: Part, start: number): boolean {
  if (kind === DENSE || kindBefore(normal, start) !== kind) return true
  return kind === DIGIT && text.length === TAIL && endsRun(normal, kind, start + TAIL)
}

const endsRun = (normal: string, kind: RunKind, end: number): boolean =>
  end >= normal.length || kindAt(normal, end) !== kind

/** Where the word ends when it starts at `start`; null when it does not. */
function follow(normal: string, word: Part[], start: number): number | null {
  let at = start
  for (const [index, { kind, text }] of word.entries()) {
    if (index > 0) while (at < normal.length && kindAt(normal, at) === SEPARATOR) at += widthAt(normal, at)
    if (!normal.startsWith(text, at)) return null
    at += text.length
    if (kind !== DENSE && index < word.length - 1 && !endsRun(normal, kind, at)) return null
  }
  return at
}
