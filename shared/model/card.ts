/**
 * What another system knows about a customer, as data: orders of a shop, deals of a CRM. It comes from machines that nobody here
 * vouches for, so every border parses it: words are one line without anything that hides or turns them, figures are finite, links are https.
 */
import { z } from 'zod'
import { Instant } from './base.ts'

/** Controls, what turns the direction of writing, what takes no room: nothing of that belongs into a label or a value. */
const HIDDEN = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/gu

/** One line, trimmed, no longer than `most` characters (then it ends in `…`). */
export function oneLine(text: string, most: number): string {
  // Looked at no further than it can be shown: a value may be megabytes.
  const line = text
    .slice(0, most * 4)
    .replace(/[\t\n\r\u2028\u2029]+/gu, ' ')
    .replace(HIDDEN, '')
    .replace(/ {2,}/g, ' ')
    .trim()
  return line.length > most ? `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/u, '')}…` : line
}

/** Characters: a label, a title or a status, a value. */
export const LONGEST = { label: 60, title: 120, text: 300, link: 2000 } as const
export const MOST = { lines: 12, groups: 20, items: 20 } as const
/** Above it digits are lost, and nobody owes as much. */
export const LARGEST = 1e15

const Words = (most: number) =>
  z
    .string()
    .max(most)
    .overwrite(text => oneLine(text, most))
const Label = z.object({ en: Words(LONGEST.label), zh: Words(LONGEST.label) })
const Figure = z.number().min(-LARGEST).max(LARGEST)

/** Whether an address may be opened by a press: https, a host, nobody's password in it. */
export const isSafeLink = (text: string): boolean =>
  text.length <= LONGEST.link && /^https:\/\/[^\s/?#@\\\p{Cc}]+(?:[/?#][^\s\p{Cc}]*)?$/iu.test(text)
const Link = z.string().max(LONGEST.link).refine(isSafeLink)

/** `currency` by ISO 4217; empty: it does not say. */
export const Money = z.object({ amount: Figure, currency: z.string().regex(/^([A-Z]{3})?$/) })
export type Money = z.infer<typeof Money>

/** `2026-11-22`, or with the time, UTC: `2026-11-22T08:15:00Z`. */
export const CardDate = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/)

export const Tone = z.enum(['plain', 'ok', 'warn', 'bad'])
export type Tone = z.infer<typeof Tone>
export const Status = z.object({ text: Words(LONGEST.title), tone: Tone })
export type Status = z.infer<typeof Status>

export const CardValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: Words(LONGEST.text) }),
  z.object({ kind: z.literal('number'), number: Figure }),
  z.object({ kind: z.literal('money'), money: Money }),
  z.object({ kind: z.literal('date'), date: CardDate }),
  z.object({ kind: z.literal('status'), status: Status }),
  z.object({ kind: z.literal('link'), href: Link }),
])
export type CardValue = z.infer<typeof CardValue>

export const CardLine = z.object({ label: Label, value: CardValue })
export type CardLine = z.infer<typeof CardLine>

/** A line of an order: so many of something, for so much. */
export const CardItem = z.object({
  text: Words(LONGEST.text),
  quantity: Figure.nullable(),
  amount: Money.nullable(),
})
export type CardItem = z.infer<typeof CardItem>

/** One matter: an order, a deal. */
export const CardGroup = z.object({
  /** What it is, where a card has several sorts. */
  sort: Label.nullable(),
  title: Words(LONGEST.title),
  link: Link.nullable(),
  status: Status.nullable(),
  date: CardDate.nullable(),
  amount: Money.nullable(),
  lines: z.array(CardLine).max(MOST.lines),
  items: z.array(CardItem).max(MOST.items),
  moreItems: z.int().nonnegative(),
})
export type CardGroup = z.infer<typeof CardGroup>

export const Card = z.object({
  /** About the customer as a whole. */
  lines: z.array(CardLine).max(MOST.lines),
  groups: z.array(CardGroup).max(MOST.groups),
  /** Groups that are there and not here. */
  more: z.int().nonnegative(),
})
export type Card = z.infer<typeof Card>

export const noCard: Card = { lines: [], groups: [], more: 0 }

/** Why another system did not answer as it should. Its own words are not passed on: they may repeat what it was asked with. */
export const CardTroubleKind = z.enum([
  /** Nothing is known about the customer that it could be asked by. */
  'no-key',
  'unreachable',
  'slow',
  'certificate',
  /** It would lead into a network, or by a way, that is not allowed. */
  'not-allowed',
  'refused-login',
  'scope',
  /** It wants to be asked less; `retryAt`. */
  'limited',
  /** The hub asks it as often as it may already. */
  'busy',
  'too-large',
  'not-understood',
  'failed',
])
export type CardTroubleKind = z.infer<typeof CardTroubleKind>

export const CardTrouble = z.object({
  kind: CardTroubleKind,
  /** The HTTP status, where there was one. */
  status: z.int().optional(),
  /** By the hub's clock. */
  retryAt: Instant.optional(),
})
export type CardTrouble = z.infer<typeof CardTrouble>
