import type { Key } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import { parentsFirst } from '../feed-rules.ts'
import { JsonText } from '../json-text.ts'
import { fitting, type PageToken, ROWS_AROUND, readToken, writeToken } from '../page-token.ts'
import type { Head, Page, PageRequest } from '../store.ts'
import type { Session } from './session.ts'
import * as statements from './statements.ts'

interface Listed {
  id: string
  open: boolean
  activity_at: number
  seq: number
  version: number
}

interface Choice {
  chosen: Listed[]
  next: PageToken | null
}

/** See Store.page. The session must be a snapshot. */
export const page = (session: Session, request: PageRequest): Promise<Page> =>
  request.stream.startsWith('inbox:') ? conversations(session, request) : plain(session, request)

async function conversations(session: Session, request: PageRequest): Promise<Page> {
  const token = readToken(request.token)
  const place = token?.kind === 'rows' ? null : token
  const since = place?.since ?? (await head(session, request)).version
  const expected = place?.expected ?? (await expect(session, request))

  const listed =
    place?.kind === 'changed' ? null : await listing(session, request, place, { since, expected })
  const { chosen, next } =
    listed && (listed.chosen.length > 0 || listed.next === null)
      ? listed
      : await changed(session, request, {
          since,
          expected,
          version: place?.kind === 'changed' ? place.version : since,
        })
  return { ...(await whole(session, request, chosen)), token: writeToken(next), expected }
}

async function head(session: Session, { stream }: PageRequest): Promise<Head> {
  const [found] = await session.run<Head>(statements.heads, [[stream]])
  return found as Head
}

async function expect(session: Session, request: PageRequest): Promise<number> {
  const { stream, activeSince, itemsPerConversation } = request
  const values = [stream, activeSince, ROWS_AROUND, itemsPerConversation]
  const [sum] = await session.run<{ rows: number }>(statements.listingExpected, values)
  return sum?.rows ?? 0
}

/** Before every activity there can be. */
const FIRST = { open: true, activityAt: Number.MAX_SAFE_INTEGER, id: '' }

async function listing(
  session: Session,
  { stream, limit, activeSince, itemsPerConversation }: PageRequest,
  place: (PageToken & { kind: 'listing' }) | null,
  known: { since: number; expected: number },
): Promise<Choice> {
  const { open, activityAt, id } = place ?? FIRST
  const most = Math.ceil(limit / ROWS_AROUND) + 1
  const rest = await session.run<Listed>(statements.listing, [
    stream,
    activeSince,
    open,
    activityAt,
    id,
    most,
  ])
  const chosen = rest.slice(0, fitting(rest.map(lastSeqOf), limit, itemsPerConversation))
  const last = chosen.at(-1)
  if (last && chosen.length < rest.length) {
    const next = { open: last.open, activityAt: last.activity_at, id: last.id }
    return { chosen, next: { kind: 'listing', ...known, ...next } }
  }
  const [moved] = await session.run<Listed>(statements.changedListing, [stream, known.since, 1])
  return { chosen, next: moved ? { kind: 'changed', ...known, version: known.since } : null }
}

async function changed(
  session: Session,
  { stream, limit, itemsPerConversation }: PageRequest,
  place: Omit<PageToken & { kind: 'changed' }, 'kind'>,
): Promise<Choice> {
  const most = Math.ceil(limit / ROWS_AROUND) + 1
  const rest = await session.run<Listed>(statements.changedListing, [stream, place.version, most])
  const chosen = rest.slice(0, fitting(rest.map(lastSeqOf), limit, itemsPerConversation))
  const last = chosen.at(-1)
  const more = last && chosen.length < rest.length
  return { chosen, next: more ? { kind: 'changed', ...place, version: last.version } : null }
}

const lastSeqOf = ({ seq }: Listed): number => seq

interface TextRow extends Key {
  rev: number
  doc: string
}

interface TextItem extends TextRow {
  conversationId: string
  seq: number
}

/** Conversations with their newest items and their company, all asked for in one breath. */
async function whole(
  session: Session,
  { stream, itemsPerConversation }: PageRequest,
  chosen: Listed[],
): Promise<Pick<Page, 'rows' | 'joins' | 'coverage'>> {
  if (chosen.length === 0) return { rows: [], joins: [], coverage: [] }
  const ids = chosen.map(({ id }) => id)
  const [newest, conversations, company] = await Promise.all([
    session.run<TextItem>(statements.newestItems, [ids, itemsPerConversation]),
    session.run<TextRow>(statements.conversations, [ids]),
    session.run<TextRow>(statements.companyOf, [ids]),
  ])
  const items = new Map<string, TextItem[]>(ids.map(id => [id, []]))
  for (const item of newest) items.get(item.conversationId)?.push(item)
  for (const own of items.values()) own.sort((one, other) => one.seq - other.seq)
  const rows = company.sort(parentsFirst)
  for (const conversation of conversations) rows.push(conversation, ...(items.get(conversation.id) ?? []))
  const coverage = [...items].map(([conversationId, own]) => ({
    conversationId,
    fromSeq: own.length < itemsPerConversation ? 1 : (own[0]?.seq ?? 1),
  }))
  return { ...sent(rows, stream), coverage }
}

/** Streams without conversations are short, and their rows have no company: by type and id. */
async function plain(session: Session, { stream, token: text, limit }: PageRequest): Promise<Page> {
  const token = readToken(text)
  const place = token?.kind === 'rows' ? token : null
  const expected = place?.expected ?? (await plainExpected(session, stream))
  const most = Math.max(1, limit)
  const values = [stream, place?.type ?? '', place?.id ?? '', most + 1]
  const rest = await session.run<TextRow>(statements.plainListing, values)
  const chosen = rest.slice(0, most)
  const last = chosen.at(-1)
  const next: PageToken | null =
    last && rest.length > most ? { kind: 'rows', expected, type: last.type, id: last.id } : null
  return { ...sent(chosen, stream), coverage: [], token: writeToken(next), expected }
}

const sent = (rows: readonly TextRow[], stream: Stream): Pick<Page, 'rows' | 'joins'> => ({
  rows: rows.map(({ type, id, rev, doc }) => ({ type, id, rev, doc: new JsonText(doc) })),
  joins: rows.map(({ type, id }) => ({ stream, type, id })),
})

async function plainExpected(session: Session, stream: string): Promise<number> {
  const [count] = await session.run<{ rows: number }>(statements.plainExpected, [stream])
  return count?.rows ?? 0
}
