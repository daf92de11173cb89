/** Questions people ask, drawn from the data itself, and what LIKE answers to them. */
import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import { eachRun } from '#shared/rules/segment.ts'
import { DENSE, LETTER, normalise } from '#shared/rules/segment-text.ts'
import { itemTexts } from '../../electron/core/replica/search-texts.ts'
import type { Random } from './random.ts'

export interface Asked {
  kind: string
  text: string
  inboxId: Id
}

/** `count` questions of each kind; `items` are a sample of what is there. */
export function questionsFrom(items: readonly Item[], random: Random, count: number): Asked[] {
  const asked: Asked[] = []
  const draw = (kind: string, make: (item: Item) => string | null) => {
    for (let tries = 0, found = 0; found < count && tries < count * 200; tries++) {
      const item = random.pick(items)
      const text = make(item)
      if (text === null) continue
      found++
      asked.push({ kind, text, inboxId: item.inboxId })
    }
  }
  const dense = (item: Item, length: number): string | null => {
    const runs = runsOf(item.text, DENSE).filter(run => run.length >= length)
    if (runs.length === 0) return null
    const run = random.pick(runs)
    const start = random.below(run.length - length + 1)
    return run.slice(start, start + length)
  }
  const word = (item: Item, least: number): string | null => {
    const words = runsOf(item.text, LETTER).filter(each => each.length >= least)
    return words.length === 0 ? null : random.pick(words)
  }
  draw('1 Chinese character', item => dense(item, 1))
  draw('2 Chinese characters', item => dense(item, 2))
  draw('4 Chinese characters', item => dense(item, 4))
  draw('8 Chinese characters', item => dense(item, 8))
  draw('English word', item => word(item, 3))
  draw('English as typed', item => word(item, 4)?.slice(0, 2 + random.below(3)) ?? null)
  draw('two English words', item => pair(word(item, 2), word(item, 2)))
  draw('mixed', item => pair(dense(item, 2), word(item, 2)))
  draw('order number', item => /SO-\d+/.exec(item.text)?.[0] ?? null)
  draw('common (over 100k of 1M)', () => random.pick(['的', 'my', 'card', 'the', 't', 'c', 'is', 'to']))
  draw('common of another language', item =>
    item.inboxId === 'inbox-zh' ? 'card' : item.inboxId === 'inbox-en' ? '的' : null,
  )
  draw('no hit', item => dense(item, 2)?.split('').reverse().join('龘') ?? `${word(item, 4)}qzx`)
  return asked
}

const pair = (one: string | null, other: string | null): string | null =>
  one !== null && other !== null && one !== other ? `${one} ${other}` : null

function runsOf(text: string, wanted: number): string[] {
  const normal = normalise(text)
  const runs: string[] = []
  eachRun(normal, (kind, start, end) => {
    if (kind === wanted) runs.push(normal.slice(start, end))
  })
  return runs
}

/** All that LIKE could look at: normalised texts by inbox, newest first. */
export class Plain {
  readonly #byInbox = new Map<Id, { id: Id; normal: string }[]>()

  /** To be called from the newest item to the oldest. */
  add(item: Item): void {
    const list = this.#byInbox.get(item.inboxId) ?? []
    list.push({ id: item.id, normal: itemTexts(item).map(normalise).join('\n') })
    this.#byInbox.set(item.inboxId, list)
  }

  /** The newest items that hold every word: Chinese anywhere, letters and digits at the beginning of a word. */
  newest(text: string, inboxId: Id, limit: number): Id[] {
    const asked = holds(text)
    const found: Id[] = []
    for (const { id, normal } of this.#byInbox.get(inboxId) ?? []) {
      if (!asked(normal)) continue
      found.push(id)
      if (found.length === limit) break
    }
    return found
  }
}

/** Whether normalised text holds every word of a question. */
export function holds(text: string): (normal: string) => boolean {
  const tests = normalise(text).split(' ').map(testOf)
  return normal => tests.every(test => test(normal))
}

function testOf(word: string): (normal: string) => boolean {
  const beginning = /^[a-z]/.test(word) ? '(?<![a-z])' : /^\d/.test(word) ? '(?<!\\d)' : ''
  if (!beginning) return normal => normal.includes(word)
  const expression = new RegExp(`${beginning}${word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}`, 'u')
  return normal => normal.includes(word) && expression.test(normal)
}
