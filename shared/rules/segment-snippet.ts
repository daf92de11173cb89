import { findWord, type Question } from './segment-question.ts'
import { normalise } from './segment-text.ts'

/** Around what was found. No text holds these two (private use); the renderer turns them into marks. */
export const HIT_START = '\ue000'
export const HIT_END = '\ue001'

/** UTF-16 units shown before the first hit and in all. */
const BEFORE = 36
const LENGTH = 180

/** One character with what modifies it: marks, joiners, half-width voicing, Hangul vowels and finals. */
const cluster = /.[\p{M}\p{Default_Ignorable_Code_Point}\uff9e\uff9f\u1160-\u11ff]*/gsu
const same = /^[a-z0-9\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]$/

/** Normalised text, and for each of its units the place in the original. */
interface Aligned {
  normal: string
  /** One longer than `normal`. */
  origin: number[]
}

function align(text: string): Aligned {
  const pieces: string[] = []
  const origin: number[] = []
  for (const match of text.matchAll(cluster)) {
    const [from] = match
    const to = same.test(from) ? from : normalise(from)
    pieces.push(to)
    for (let unit = 0; unit < to.length; unit++) origin.push(match.index)
  }
  origin.push(text.length)
  return { normal: pieces.join(''), origin }
}

/**
 * The first of some texts that holds a word of the question, cut around it, every hit marked. Where none does (the hit is
 * in a form that only whole texts show), the beginning of the first.
 */
export function snippetOf(texts: readonly string[], question: Question): string {
  for (const text of texts) {
    const normal = normalise(text)
    if (!question.words.some(word => findWord(normal, word, 0))) continue
    const hits = hitRanges(text, question, LENGTH * 2)
    if (hits.length > 0) return cut(text, hits)
  }
  return cut(texts.find(text => text.trim()) ?? '', [])
}

type Range = [start: number, end: number]

/** Where a text holds words of the question, as it is written: in order and without overlaps. `reach`: how far beyond each word's first place. */
export function hitRanges(text: string, question: Question, reach = Number.POSITIVE_INFINITY): Range[] {
  const { normal, origin } = align(text)
  return hitsIn(normal, question, reach).map(([start, end]) => [origin[start]!, origin[end]!])
}

function hitsIn(normal: string, question: Question, reach: number): Range[] {
  const found: Range[] = []
  for (const word of question.words) {
    let last = Number.POSITIVE_INFINITY
    for (
      let hit = findWord(normal, word, 0);
      hit && hit.start < last;
      hit = findWord(normal, word, hit.end)
    ) {
      if (last === Number.POSITIVE_INFINITY) last = hit.start + reach
      found.push([hit.start, hit.end])
    }
  }
  const hits: Range[] = []
  for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
    const previous = hits.at(-1)
    if (previous && start <= previous[1]) previous[1] = Math.max(previous[1], end)
    else hits.push([start, end])
  }
  return hits
}

function cut(text: string, hits: Range[]): string {
  const first = hits[0]?.[0] ?? 0
  const from = start(text, first)
  const to = end(text, Math.min(text.length, from + LENGTH))
  let at = from
  let snippet = from > 0 ? '…' : ''
  for (const [hit, hitEnd] of hits) {
    if (hit >= to) break
    snippet += clean(text.slice(at, hit)) + HIT_START + clean(text.slice(hit, Math.min(hitEnd, to))) + HIT_END
    at = Math.min(hitEnd, to)
  }
  return `${snippet}${clean(text.slice(at, to))}${to < text.length ? '…' : ''}`.trim()
}

/** Begins a little before the hit, at the start of a line or word where there is one near. */
function start(text: string, hit: number): number {
  if (hit <= BEFORE) return 0
  const window = text.slice(hit - BEFORE, hit)
  const line = window.lastIndexOf('\n')
  if (line >= 0) return hit - BEFORE + line + 1
  const space = window.search(/[\s，。！？、；]/u)
  return end(text, hit - BEFORE + (space >= 0 && space < BEFORE / 2 ? space + 1 : 0))
}

/** Not in the middle of a character. */
function end(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at
}

const clean = (text: string): string => text.replace(/[\ue000\ue001]/g, '').replace(/\s+/gu, ' ')
