import { type Key, keyOf, type Row } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import { isServable, joinsInOrder, parentsFirst, parentsOf } from '../feed-rules.ts'
import type { Pull, PullRequest } from '../store.ts'
import type { State } from './state.ts'

export function pull(state: State, { device, cursors, limit }: PullRequest): Pull {
  const answer: Pull = {
    rows: [],
    joins: [],
    leaves: [],
    cursors: [],
    acknowledged: [],
    remaining: 0,
    resync: [],
  }
  const rows = new Rows(state)
  let room = limit

  for (const cursor of cursors) {
    const { stream } = cursor
    const head = state.head(stream)
    if (!isServable(cursor, head)) {
      answer.resync.push(stream)
      continue
    }
    const waiting = state.feeds.get(stream)?.after(cursor.version) ?? []
    const taken = waiting.slice(0, room)
    room -= taken.length
    answer.remaining += waiting.length - taken.length

    for (const { key, gone } of taken) {
      if (gone) answer.leaves.push({ stream, ...key })
      else rows.add(key, stream)
    }
    const last = taken.at(-1)?.version ?? cursor.version
    const version = taken.length === waiting.length ? head.version : last
    if (version > cursor.version) answer.cursors.push({ stream, epoch: head.epoch, version })
  }

  if (answer.remaining === 0 && answer.resync.length === 0) {
    answer.acknowledged = (state.outcomes.get(device.id) ?? [])
      .filter(({ epoch, n }) => epoch === device.epoch && n > device.confirmed)
      .map(({ n, id, outcome }) => ({ n, id, outcome }))
  }
  return { ...answer, ...rows.withParents() }
}

/** Rows of an answer, each once, with the streams that bring them and the parents they must not arrive without (S6). */
export class Rows {
  private readonly state: State
  private readonly rows = new Map<string, Row>()
  private readonly joins = new Map<string, { stream: Stream } & Key>()

  constructor(state: State) {
    this.state = state
  }

  /** Whether it was not among them yet. */
  add(key: Key, stream: Stream): boolean {
    const row = this.state.row(key)
    const word = `${stream} ${keyOf(key)}`
    if (!row || this.joins.has(word)) return false
    this.rows.set(keyOf(key), row)
    this.joins.set(word, { stream, type: key.type, id: key.id })
    return true
  }

  withParents(): Pick<Pull, 'rows' | 'joins'> {
    const own = [...this.joins.values()]
    const parents = new Rows(this.state)
    const visit = (key: Key, stream: Stream): void => {
      const row = this.state.row(key)
      for (const parent of row ? parentsOf(row) : []) {
        if (this.joins.has(`${stream} ${keyOf(parent)}`) || !parents.add(parent, stream)) continue
        visit(parent, stream)
      }
    }
    for (const { stream, ...key } of own) visit(key, stream)
    const first = [...parents.rows.values()].filter(row => !this.rows.has(keyOf(row))).sort(parentsFirst)
    return {
      rows: [...first, ...this.rows.values()],
      joins: [...[...parents.joins.values()].sort(joinsInOrder), ...own],
    }
  }
}
