import { type Doc, type Key, keyOf, type Row, type RowType } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Acknowledgement, Cursor, Membership, Outcome } from '#shared/protocol/common.ts'
import { isServable, joinsInOrder, parentsFirst, parentsOf } from '../feed-rules.ts'
import type { Head, Pull, PullRequest } from '../store.ts'
import * as statements from './statements.ts'

type Ask = <T extends object>(statement: statements.Statement, values: unknown[]) => Promise<T[]>

/** What waits above one cursor. Desks that stand at the same place share it. */
interface Place {
  number: number
  head: Head
  news: News[]
}

interface News extends Key {
  version: number
  gone: boolean
  rev: number
  doc: Doc
}

interface Told {
  kind: 'head' | 'news' | 'company' | 'outcome'
  place: number
  type: RowType
  id: string
  version: number
  gone: boolean
  rev: number
  doc: unknown
  epoch: number
  purgedThrough: number
}

/**
 * Answers several requests from one statement, so each from one snapshot (S7). Of a request that finds more than `most` rows
 * above one cursor the answer is `more`: it is to be asked again with its own limit, alone, so that no desk that was long away
 * holds up the others.
 */
export async function pullTogether(
  ask: Ask,
  requests: readonly PullRequest[],
  most: number,
): Promise<(Pull | 'more')[]> {
  const cursors = new Map<string, Cursor>()
  for (const request of requests) for (const cursor of request.cursors) cursors.set(placeOf(cursor), cursor)
  const asked = [...cursors.values()]
  const devices = requests.map(({ device }) => device)
  const told = await ask<Told>(statements.news, [
    asked.map(({ stream }) => stream),
    asked.map(({ epoch }) => epoch),
    asked.map(({ version }) => version),
    most + 1,
    devices.map(({ id }) => id),
    devices.map(({ epoch }) => epoch),
    devices.map(({ confirmed }) => confirmed),
  ])

  const places = new Map<string, Place>()
  const company = new Map<string, Row>()
  const outcomes: Acknowledgement[][] = requests.map(() => [])
  const words = [...cursors.keys()]
  for (const { kind, place, type, id, rev, doc, ...rest } of told) {
    const number = place - 1
    if (kind === 'head') {
      const head = { ...rest, stream: asked[number]!.stream }
      places.set(words[number]!, { number, head, news: [] })
    } else if (kind === 'company') company.set(keyOf({ type, id }), { type, id, rev, doc } as Row)
    else if (kind === 'outcome') outcomes[number]!.push({ n: rest.version, id, outcome: doc as Outcome })
    else places.get(words[number]!)!.news.push({ type, id, rev, doc: doc as Doc, ...rest })
  }
  for (const { news } of places.values()) news.sort((one, other) => one.version - other.version)
  for (const own of outcomes) own.sort((one, other) => one.n - other.n)

  const shared = new Map<string, Brought>()
  return Promise.all(
    requests.map((request, index) => {
      const own = request.cursors.map(cursor => ({ cursor, ...places.get(placeOf(cursor))! }))
      if (most < request.limit && own.some(({ news }) => news.length > most)) return 'more'
      return answer(ask, request, own, { company, acknowledged: outcomes[index]!, shared })
    }),
  )
}

const placeOf = ({ stream, epoch, version }: Cursor): string => `${epoch} ${version} ${stream}`

/** The rows of an answer as they go out. */
type Brought = Pick<Pull, 'rows' | 'joins' | 'leaves'>

/** See Store.pull. */
async function answer(
  ask: Ask,
  { limit }: PullRequest,
  places: readonly (Place & { cursor: Cursor })[],
  found: { company: Map<string, Row>; acknowledged: Acknowledgement[]; shared: Map<string, Brought> },
): Promise<Pull> {
  const resync = places.filter(({ cursor, head }) => !isServable(cursor, head)).map(({ head }) => head.stream)
  const moved = places.filter(({ cursor, head }) => isServable(cursor, head) && head.version > cursor.version)

  // A full answer may end in the middle of a stream, and has nothing of the streams after it.
  let room = limit
  const taken = moved.map(place => {
    const news = place.news.slice(0, room)
    room -= news.length
    return { ...place, news, whole: news.length === place.news.length }
  })
  const reached = taken.map(({ cursor, head, news, whole }) => ({
    stream: cursor.stream,
    epoch: head.epoch,
    version: whole ? head.version : (news.at(-1)?.version ?? cursor.version),
  }))
  const cut = taken.some(({ whole }) => !whole)
  const remaining = cut ? Math.max(1, await countAfter(ask, reached)) : 0

  const word = cut ? null : taken.map(({ number }) => number).join(' ')
  const brought = (word !== null && found.shared.get(word)) || bring(taken, found.company)
  if (word !== null) found.shared.set(word, brought)
  return {
    ...brought,
    cursors: reached.filter(({ version }, index) => version > taken[index]!.cursor.version),
    acknowledged: remaining === 0 && resync.length === 0 ? found.acknowledged : [],
    remaining,
    resync,
  }
}

async function countAfter(ask: Ask, cursors: readonly Cursor[]): Promise<number> {
  const values = [cursors.map(({ stream }) => stream), cursors.map(({ version }) => version)]
  const [count] = await ask<{ rows: number }>(statements.countAfter, values)
  return count?.rows ?? 0
}

function bring(
  places: readonly { cursor: Cursor; news: News[] }[],
  company: ReadonlyMap<string, Row>,
): Brought {
  const brought = new Rows()
  const leaves: Membership[] = []
  for (const { cursor, news } of places)
    for (const { type, id, gone, rev, doc } of news) {
      if (gone) leaves.push({ stream: cursor.stream, type, id })
      else brought.add({ type, id, rev, doc } as Row, cursor.stream)
    }
  return { ...brought.withParents(company), leaves }
}

/** Rows of an answer, each once, with the streams that bring them and the parents they must not arrive without (S6). */
export class Rows {
  private readonly rows = new Map<string, Row>()
  private readonly joins = new Map<string, Membership>()

  add(row: Row, stream: Stream): void {
    this.rows.set(keyOf(row), row)
    this.joins.set(`${stream} ${keyOf(row)}`, { stream, type: row.type, id: row.id })
  }

  withParents(company: ReadonlyMap<string, Row>): { rows: Row[]; joins: Membership[] } {
    const parents = new Map<string, Row>()
    const joins = new Map<string, Membership>()
    for (let wave = [...this.joins.values()]; wave.length > 0; ) {
      const next: Membership[] = []
      for (const { stream, type, id } of wave) {
        const word = keyOf({ type, id })
        const row = this.rows.get(word) ?? company.get(word)
        for (const parent of row ? parentsOf(row) : []) {
          const name = keyOf(parent)
          const join = `${stream} ${name}`
          if (this.joins.has(join) || joins.has(join)) continue
          const each = { stream, ...parent }
          joins.set(join, each)
          next.push(each)
          const brought = company.get(name)
          if (brought && !this.rows.has(name)) parents.set(name, brought)
        }
      }
      wave = next
    }
    return {
      rows: [...[...parents.values()].sort(parentsFirst), ...this.rows.values()],
      joins: [...[...joins.values()].sort(joinsInOrder), ...this.joins.values()],
    }
  }
}
