/** Makes a card of JSON by its mapping. Pure: the hub answers with it, and the settings show with it what a mapping would give. */
import {
  type Card,
  type CardGroup,
  type CardItem,
  type CardLine,
  type CardValue,
  isSafeLink,
  LARGEST,
  LONGEST,
  MOST,
  type Money,
  oneLine,
  type Tone,
} from '../model/card.ts'
import type { CardMapping, MappedKind, MappedLine } from '../model/card-mapping.ts'
import { parsePath, readAll, readOne } from './json-path.ts'

/** Entries of a list that are looked at. */
const MOST_ENTRIES = 1000

/** @param answers of all requests that were made for one customer; the same entry in two of them is one */
export function cardOf(mapping: CardMapping, answers: readonly unknown[]): Card {
  const seen = new Set<string>()
  const entries = answers.flatMap(answer => entriesOf(answer, mapping.list)).slice(0, MOST_ENTRIES)
  const own = entries.filter(entry => {
    const text = JSON.stringify(entry)
    return !seen.has(text) && seen.add(text)
  })
  const groups = own.flatMap(entry => groupOf(entry, mapping) ?? [])
  if (mapping.newestFirst) groups.sort(byDate)
  return {
    lines: linesOf(answers, mapping.summary, mapping).slice(0, MOST.lines),
    groups: groups.slice(0, mapping.most),
    more: Math.max(0, groups.length - mapping.most),
  }
}

/** The latest first; what has no date last, as it came. */
const byDate = (one: { date: string | null }, other: { date: string | null }): number =>
  (other.date ?? '').localeCompare(one.date ?? '')

function entriesOf(answer: unknown, list: string): unknown[] {
  return at(answer, list)
    .flatMap(found => (Array.isArray(found) ? found : [found]))
    .filter(entry => typeof entry === 'object' && entry !== null)
}

const at = (value: unknown, path: string): unknown[] => readAll(value, parsePath(path) ?? [])
const one = (value: unknown, path: string): unknown =>
  path === '' ? undefined : readOne(value, parsePath(path) ?? [])

function groupOf(entry: unknown, mapping: CardMapping): CardGroup | null {
  const title = textOf(at(entry, mapping.title), LONGEST.title)
  const status = textOf(one(entry, mapping.status), LONGEST.title)
  const date = dateOf(one(entry, mapping.date))
  const amount = moneyOf(one(entry, mapping.amount), entry, mapping)
  const lines = linesOf([entry], mapping.lines, mapping)
  // An entry that none of the places fits is not of this list.
  if (mapping.title === '' || (title === '' && !status && !date && !amount && lines.length === 0)) return null
  const items = itemsOf(entry, mapping)
  return {
    sort: null,
    title,
    link: linkOf(entry, mapping.link),
    status: status === '' ? null : { text: status, tone: toneOf(status, mapping.tones) },
    date,
    amount,
    lines,
    items: items.slice(0, MOST.items),
    moreItems: Math.max(0, items.length - MOST.items),
  }
}

function itemsOf(entry: unknown, mapping: CardMapping): CardItem[] {
  if (mapping.items === '') return []
  return entriesOf(entry, mapping.items)
    .slice(0, MOST_ENTRIES)
    .flatMap(item => {
      const text = textOf(one(item, mapping.itemText), LONGEST.text)
      const amount = moneyOf(one(item, mapping.itemAmount), entry, mapping)
      return text === '' ? [] : [{ text, quantity: numberOf(one(item, mapping.itemQuantity)), amount }]
    })
}

function linesOf(
  sources: readonly unknown[],
  wanted: readonly MappedLine[],
  mapping: CardMapping,
): CardLine[] {
  return wanted.flatMap(({ label, path, kind }) => {
    for (const source of sources) {
      const value = readAs(at(source, path), kind, source, mapping)
      if (value) return [{ label: { en: label, zh: label }, value }]
    }
    return []
  })
}

/** A value that is not of its kind is shown as the words it is, rather than hidden. */
function readAs(
  found: readonly unknown[],
  kind: MappedKind,
  source: unknown,
  mapping: CardMapping,
): CardValue | null {
  const text = textOf(found, LONGEST.text)
  if (text === '') return null
  const [first] = found
  if (kind === 'number') {
    const number = numberOf(first)
    if (number !== null) return { kind, number }
  }
  if (kind === 'money') {
    const money = moneyOf(first, source, mapping)
    if (money) return { kind, money }
  }
  if (kind === 'date') {
    const date = dateOf(first)
    if (date) return { kind, date }
  }
  if (kind === 'status')
    return {
      kind,
      status: { text: oneLine(text, LONGEST.title), tone: toneOf(text, mapping.tones) },
    }
  if (kind === 'link' && typeof first === 'string' && isSafeLink(first)) return { kind, href: first }
  return { kind: 'text', text }
}

/** Words, figures and yes or no as they stand; several joined by commas. Empty: none of these. */
export function textOf(found: unknown, most: number): string {
  const all = (Array.isArray(found) ? found.slice(0, MOST_ENTRIES) : [found]).flatMap(each =>
    typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean'
      ? oneLine(String(each), most)
      : [],
  )
  return oneLine(all.filter(Boolean).join(', '), most)
}

/** A figure, also where it is written as text: `12.50`, `1,234.5`. Null: none, or one whose digits would be lost. */
export function numberOf(found: unknown): number | null {
  const text = typeof found === 'string' && found.length < 40 ? found.trim() : ''
  const isFigure = /^-?\d+(\.\d+)?$/.test(text) || /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)
  const number = typeof found === 'number' ? found : isFigure ? Number(text.replaceAll(',', '')) : Number.NaN
  return Number.isFinite(number) && Math.abs(number) <= LARGEST ? number : null
}

/** Digits after the point (ISO 4217) where there are not two. */
const DIGITS: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, BHD: 3, KWD: 3, TND: 3 }

function moneyOf(found: unknown, source: unknown, { currency, minor }: CardMapping): Money | null {
  const number = numberOf(found)
  if (number === null) return null
  const fixed = /^[A-Z]{3}$/.test(currency)
  const told = fixed ? currency : textOf(one(source, currency), 3).toUpperCase()
  const code = /^[A-Z]{3}$/.test(told) ? told : ''
  return { amount: minor ? number / 10 ** (DIGITS[code] ?? 2) : number, currency: code }
}

/** A day or a moment: ISO 8601, or seconds or milliseconds since 1970. */
export function dateOf(found: unknown): string | null {
  if (typeof found === 'string') {
    const text = found.trim()
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null
    if (day) return Number.isNaN(Date.parse(day)) ? null : day
    return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text) && text.length < 40
      ? momentOf(Date.parse(text))
      : null
  }
  if (typeof found !== 'number' || found < 1e8) return null
  return momentOf(found < 1e11 ? found * 1000 : found)
}

const momentOf = (at: number): string | null =>
  at >= 0 && at < 253_402_300_800_000 ? `${new Date(at).toISOString().slice(0, 19)}Z` : null

function linkOf(entry: unknown, link: string): string | null {
  if (link === '') return null
  const whole = link.startsWith('https://')
    ? link.replace(/\{([^{}]*)\}/g, (_, path: string) =>
        encodeURIComponent(textOf(one(entry, path), LONGEST.title)),
      )
    : one(entry, link)
  return typeof whole === 'string' && isSafeLink(whole) ? whole : null
}

const toneOf = (status: string, tones: CardMapping['tones']): Tone => {
  const word = status.toLowerCase()
  const has = (words: readonly string[]): boolean => words.some(each => each.toLowerCase() === word)
  return has(tones.bad) ? 'bad' : has(tones.warn) ? 'warn' : has(tones.ok) ? 'ok' : 'plain'
}
