import type { Id } from '#shared/model/base.ts'
import { laterNouns, type Row } from '#shared/model/row.ts'
import type { Membership } from '#shared/protocol/common.ts'
import type { Patch } from '#shared/protocol/down.ts'
import type { Hello } from '#shared/protocol/up.ts'
import { JsonText, type SentRow } from '../store/json-text.ts'

/** Rows may carry their documents as text. */
export type PatchBody = Omit<Patch, 'patch' | 'rows'> & { rows: SentRow[] }

/** A patch stays near this many characters, so that no desk chokes on one and no socket's buffer grows without bound. */
const CHARACTERS = 1_000_000

export const emptyPatch: PatchBody = {
  rows: [],
  joins: [],
  leaves: [],
  cursors: [],
  pages: [],
  coverage: [],
  acknowledged: [],
  remaining: 0,
}

export const isEmpty = (body: PatchBody): boolean =>
  body.rows.length +
    body.leaves.length +
    body.cursors.length +
    body.pages.length +
    body.acknowledged.length ===
  0

/**
 * For an older desk: it takes no row of a noun that it does not know (S14). Of those who were erased it has the tombstones of their rows.
 */
export const understood = (body: PatchBody, unknown: ReadonlySet<string>): PatchBody => {
  if (unknown.size === 0) return body
  const known = ({ type }: { type: string }): boolean => !unknown.has(type)
  return {
    ...body,
    rows: body.rows.filter(known),
    joins: body.joins.filter(known),
    leaves: body.leaves.filter(known),
  }
}

/** The nouns that a desk does not understand, by what it said in its hello. */
export const unknownTo = ({ takesErasures, knows = [] }: Hello): ReadonlySet<string> =>
  new Set([...laterNouns.filter(noun => !knows.includes(noun)), ...(takesErasures ? [] : ['erasure'])])

/**
 * Cuts a large body into several. Everything that says "you have it now" (cursors, pages, coverage, acknowledgements) goes
 * with the last part, so a desk that is cut off in between asks for the same rows again (S7).
 */
export function* parts(body: PatchBody): Generator<PatchBody> {
  let start = 0
  let weight = 0
  for (let index = 0; index < body.rows.length; index++) {
    const next = weightOf(body.rows[index]!)
    if (weight + next > CHARACTERS && index > start) {
      const rows = body.rows.slice(start, index)
      yield {
        ...emptyPatch,
        rows,
        joins: joinsOf(rows, body.joins),
        remaining: body.remaining + body.rows.length - index,
      }
      start = index
      weight = 0
    }
    weight += next
  }
  if (start === 0) {
    yield body
    return
  }
  const rows = body.rows.slice(start)
  yield { ...body, rows, joins: joinsOf(rows, body.joins) }
}

function joinsOf(rows: readonly SentRow[], joins: readonly Membership[]): Membership[] {
  const here = new Set(rows.map(({ type, id }) => `${type}:${id}`))
  return joins.filter(({ type, id }) => here.has(`${type}:${id}`))
}

const weightOf = (row: SentRow): number => {
  if (row.doc instanceof JsonText) return 200 + row.doc.text.length
  if (row.type !== 'item' && row.type !== 'draft') return 1000
  const { text } = row.doc
  return 1500 + text.length + (row.type === 'item' ? row.doc.quoted.length + (row.doc.html?.length ?? 0) : 0)
}

/** Conversations whose items are all among these rows: a new one needs no further request (S6). */
export function wholeConversations(rows: readonly Row[]): PatchBody['coverage'] {
  const items = new Map<Id, number>()
  for (const row of rows)
    if (row.type === 'item') items.set(row.doc.conversationId, (items.get(row.doc.conversationId) ?? 0) + 1)
  return rows.flatMap(row =>
    row.type === 'conversation' && row.doc.lastSeq > 0 && items.get(row.id) === row.doc.lastSeq
      ? [{ conversationId: row.id, fromSeq: 1 }]
      : [],
  )
}
