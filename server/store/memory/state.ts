import type { Id } from '#shared/model/base.ts'
import { type Key, keyOf, type Row } from '#shared/model/row.ts'
import { companionsOf, type Stream } from '#shared/model/stream.ts'
import type { Acknowledgement } from '#shared/protocol/common.ts'
import type { Stored } from '../changes.ts'
import type { Device, Head, StoredEvent } from '../store.ts'
import { Feed } from './feed.ts'

export interface KeptOutcome extends Acknowledgement {
  epoch: number
}

/** The whole database, as maps. */
export class State {
  epoch = 1
  readonly rows = new Map<string, Stored>()
  readonly feeds = new Map<Stream, Feed>()
  readonly names = new Map<string, Map<string, Key>>()
  readonly devices = new Map<Id, Device>()
  readonly outcomes = new Map<Id, KeptOutcome[]>()
  readonly events: StoredEvent[] = []

  /** Everything in the maps is replaced, never changed, so a copy of the maps is a copy. */
  clone(): State {
    const copy = new State()
    copy.epoch = this.epoch
    for (const [word, row] of this.rows) copy.rows.set(word, row)
    for (const [stream, feed] of this.feeds) copy.feeds.set(stream, feed.clone())
    for (const [name, keys] of this.names) copy.names.set(name, new Map(keys))
    for (const [id, device] of this.devices) copy.devices.set(id, device)
    for (const [id, outcomes] of this.outcomes) copy.outcomes.set(id, outcomes)
    copy.events.push(...this.events)
    return copy
  }

  feed(stream: Stream): Feed {
    let feed = this.feeds.get(stream)
    if (!feed) {
      feed = new Feed(this.epoch)
      this.feeds.set(stream, feed)
    }
    return feed
  }

  head(stream: Stream): Head {
    const { epoch, version, purgedThrough } = this.feeds.get(stream) ?? new Feed(this.epoch)
    return { stream, epoch, version, purgedThrough }
  }

  row(key: Key): Row | undefined {
    const stored = this.rows.get(keyOf(key))
    return stored?.doc && ({ ...key, rev: stored.rev, doc: stored.doc } as Row)
  }

  /** The rows that are there, of one type, in order of id. */
  ofType(type: Row['type']): Row[] {
    const rows = [...this.rows.values()].flatMap(({ key }) => (key.type === type ? [this.row(key)] : []))
    return rows.filter(row => row !== undefined).sort((a, b) => compare(a.id, b.id))
  }

  /** See settle.ts. */
  referrers(stream: Stream, key: Key): Key[] {
    const word = keyOf(key)
    return [...this.rows.values()]
      .filter(({ doc, streams, key: { type } }) => {
        return doc && streams.includes(stream) && companionsOf(type, doc).some(other => keyOf(other) === word)
      })
      .map(stored => stored.key)
  }
}

/** The order of PostgreSQL's "C" collation, for ids. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
