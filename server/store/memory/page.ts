import type { Doc, Row } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import { columnsOf } from '../columns.ts'
import { fitting, type PageToken, ROWS_AROUND, readToken, writeToken } from '../page-token.ts'
import type { Page, PageRequest } from '../store.ts'
import { Rows } from './pull.ts'
import { compare, type State } from './state.ts'

type Listed = { row: Row & { type: 'conversation' }; open: boolean; activityAt: number; version: number }

export function page(state: State, request: PageRequest): Page {
  return request.stream.startsWith('inbox:') ? conversations(state, request) : plain(state, request)
}

function conversations(state: State, request: PageRequest): Page {
  const { stream, limit, activeSince, itemsPerConversation } = request
  const token = readToken(request.token)
  const all = listed(state, stream)
  const wanted = all.filter(({ open, activityAt }) => open || activityAt >= activeSince)
  const place = token && token.kind !== 'rows' ? token : null
  const since = place?.since ?? state.head(stream).version
  const expected = place?.expected ?? total(wanted, itemsPerConversation)

  let chosen: Listed[] = []
  let next: PageToken | null = null
  if (place?.kind !== 'changed') {
    const rest = place ? wanted.filter(entry => follows(entry, place)) : wanted
    chosen = take(rest, limit, itemsPerConversation)
    const last = chosen.at(-1)
    next =
      last && chosen.length < rest.length
        ? { kind: 'listing', since, expected, open: last.open, activityAt: last.activityAt, id: last.row.id }
        : { kind: 'changed', since, expected, version: since }
  }
  if (place?.kind === 'changed' || (chosen.length === 0 && next?.kind === 'changed')) {
    const from = place?.kind === 'changed' ? place.version : since
    const rest = all.filter(({ version }) => version > from).sort((a, b) => a.version - b.version)
    chosen = take(rest, limit, itemsPerConversation)
    const last = chosen.at(-1)
    next =
      last && chosen.length < rest.length ? { kind: 'changed', since, expected, version: last.version } : null
  } else if (next?.kind === 'changed' && !all.some(({ version }) => version > since)) next = null

  const rows = new Rows(state)
  const coverage: Page['coverage'] = []
  for (const { row } of chosen) {
    rows.add(row, stream)
    const newest = itemsOf(state, row.id).slice(0, itemsPerConversation)
    const oldest = newest.at(-1)?.doc.seq ?? 1
    coverage.push({ conversationId: row.id, fromSeq: newest.length < itemsPerConversation ? 1 : oldest })
    for (const item of newest.reverse()) rows.add(item, stream)
  }
  return { ...rows.withParents(), coverage, token: writeToken(next), expected }
}

/** The conversations of a stream, open ones first, then by last activity, then by id. */
function listed(state: State, stream: Stream): Listed[] {
  const versions = (state.feeds.get(stream)?.after(0) ?? []).filter(({ gone }) => !gone)
  return versions
    .flatMap(({ key, version }) => {
      const row = key.type === 'conversation' ? state.row(key) : undefined
      if (row?.type !== 'conversation') return []
      const { open, activityAt } = columnsOf('conversation', row.doc)
      return [{ row, version, open: open === true, activityAt: activityAt ?? 0 }]
    })
    .sort(
      (a, b) => Number(b.open) - Number(a.open) || b.activityAt - a.activityAt || compare(b.row.id, a.row.id),
    )
}

const follows = (entry: Listed, place: PageToken & { kind: 'listing' }): boolean =>
  entry.open !== place.open
    ? place.open
    : entry.activityAt !== place.activityAt
      ? entry.activityAt < place.activityAt
      : compare(entry.row.id, place.id) < 0

const take = (rest: Listed[], limit: number, items: number): Listed[] =>
  rest.slice(0, fitting(rest.map(lastSeqOf), limit, items))

const total = (wanted: Listed[], items: number): number =>
  wanted.reduce((sum, entry) => sum + ROWS_AROUND + Math.min(lastSeqOf(entry), items), 0)

const lastSeqOf = ({ row }: Listed): number => row.doc.lastSeq

/** Newest first. */
export function itemsOf(state: State, conversationId: string): (Row & { type: 'item' })[] {
  return [...state.rows.values()]
    .filter(
      ({ key, doc }) =>
        key.type === 'item' && (doc as Doc<'item'> | undefined)?.conversationId === conversationId,
    )
    .map(({ key }) => state.row(key) as Row & { type: 'item' })
    .sort((a, b) => b.doc.seq - a.doc.seq)
}

/** Streams without conversations are short: by type and id. */
function plain(state: State, { stream, token: text, limit }: PageRequest): Page {
  const token = readToken(text)
  const place = token?.kind === 'rows' ? token : null
  const all = (state.feeds.get(stream)?.after(0) ?? [])
    .filter(({ gone }) => !gone)
    .map(({ key }) => key)
    .sort((a, b) => compare(a.type, b.type) || compare(a.id, b.id))
  const rest = place
    ? all.filter(key => (compare(key.type, place.type) || compare(key.id, place.id)) > 0)
    : all
  const chosen = rest.slice(0, Math.max(1, limit))
  const expected = place?.expected ?? all.length
  const rows = new Rows(state)
  for (const key of chosen) rows.add(key, stream)
  const last = chosen.at(-1)
  const next: PageToken | null =
    last && chosen.length < rest.length ? { kind: 'rows', expected, ...last } : null
  return { ...rows.withParents(), coverage: [], token: writeToken(next), expected }
}
