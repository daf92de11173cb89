import type { Id, Instant } from '#shared/model/base.ts'
import type { RowType } from '#shared/model/row.ts'

/**
 * Where a first sync goes on (S6). A desk hands it back, so it is read like anything from outside: what does not parse
 * starts the stream over, which costs time and nothing else.
 *
 * `listing` follows conversations, open ones first, then by last activity. One that changes meanwhile may jump over the
 * listing's place, so `changed` sends again those that moved in the feed since the beginning. `rows` goes by type and id.
 */
export type PageToken =
  | { kind: 'listing'; since: number; expected: number; open: boolean; activityAt: Instant; id: Id }
  | { kind: 'changed'; since: number; expected: number; version: number }
  | { kind: 'rows'; expected: number; type: RowType; id: Id }

const patterns = {
  listing: /^l\.(\d+)\.(\d+)\.([01])\.(\d+)\.(.+)$/s,
  changed: /^c\.(\d+)\.(\d+)\.(\d+)$/,
  rows: /^r\.(\d+)\.(\w+)\.(.+)$/s,
}

export function writeToken(token: PageToken | null): string | null {
  switch (token?.kind) {
    case undefined:
      return null
    case 'listing':
      return `l.${token.since}.${token.expected}.${token.open ? 1 : 0}.${token.activityAt}.${token.id}`
    case 'changed':
      return `c.${token.since}.${token.expected}.${token.version}`
    case 'rows':
      return `r.${token.expected}.${token.type}.${token.id}`
  }
}

export function readToken(text: string | null): PageToken | null {
  if (text === null) return null
  const listing = patterns.listing.exec(text)
  if (listing) {
    const [, since, expected, open, activityAt, id] = listing
    const numbers = { since: Number(since), expected: Number(expected), activityAt: Number(activityAt) }
    return { kind: 'listing', ...numbers, open: open === '1', id: id as string }
  }
  const changed = patterns.changed.exec(text)
  if (changed) {
    const [since, expected, version] = changed.slice(1).map(Number) as [number, number, number]
    return { kind: 'changed', since, expected, version }
  }
  const rows = patterns.rows.exec(text)
  return rows
    ? { kind: 'rows', expected: Number(rows[1]), type: rows[2] as RowType, id: rows[3] as string }
    : null
}

/** Rows that one conversation brings along besides its items: itself, its customer, its identity. */
export const ROWS_AROUND = 3

/**
 * How many of these conversations fit into a page: at least one, whole ones only.
 */
export function fitting(lastSeqs: readonly number[], limit: number, itemsPerConversation: number): number {
  let rows = 0
  for (const [index, lastSeq] of lastSeqs.entries()) {
    rows += ROWS_AROUND + Math.min(lastSeq, itemsPerConversation)
    if (rows > limit) return Math.max(1, index)
  }
  return lastSeqs.length
}
