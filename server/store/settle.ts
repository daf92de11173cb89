import { type Doc, type Key, keyOf } from '#shared/model/row.ts'
import { companionsOf, homeOf, type Stream, standingOf } from '#shared/model/stream.ts'
import { type Changes, membersOf, type Stored } from './changes.ts'
import { parentsFirst } from './feed-rules.ts'

/** A row to be written; `base` is what was there: null nothing, undefined never looked for. */
export interface RowWrite {
  key: Key
  rev: number
  doc: Doc | undefined
  streams: readonly Stream[]
  base: Stored | null | undefined
}

/** A row that moves to a new version of a stream's feed (S2); `gone` is a tombstone (S4). */
export interface FeedWrite {
  stream: Stream
  key: Key
  gone: boolean
}

export interface Settled {
  rows: RowWrite[]
  /** In the order in which a desk may read them: parents first, tombstones last. */
  feed: FeedWrite[]
}

/** What settling asks of the database. */
export interface Sight {
  /** Loads rows under lock into the changes. */
  load(keys: readonly Key[]): Promise<void>
  /** Rows of this stream, as committed, that have `key` among their companions. */
  referrers(stream: Stream, key: Key): Promise<Key[]>
}

/**
 * Works out what a transaction means for the streams: every row is in its home; customers and identities are in every
 * stream of a conversation of theirs, and leave it with the last one (S1, S6, I5). Whom everybody knows is in that stream, too,
 * whatever their conversations (`standingOf`).
 *
 * A companion is locked before it joins or leaves a stream, so of two transactions that disagree the second sees the first.
 * A conversation that stays where it is needs no look at its companions: that is the usual case, and costs nothing.
 */
export async function settle(changes: Changes, sight: Sight): Promise<Settled> {
  const members = new Map<string, { key: Key; streams: Set<Stream> }>()

  const docOf = (key: Key): Doc | undefined => changes.get(key.type, key.id)
  const baseOf = (key: Key): Stored | null | undefined => changes.loaded.get(keyOf(key))
  const streamsOf = (key: Key): Set<Stream> => {
    const known = members.get(keyOf(key))
    if (known) return known.streams
    const streams = new Set(membersOf(baseOf(key)))
    members.set(keyOf(key), { key, streams })
    return streams
  }
  const know = async (keys: readonly Key[]): Promise<void> => {
    const unknown = keys.filter(key => !changes.loaded.has(keyOf(key)) && !changes.rows.has(keyOf(key)))
    if (unknown.length > 0) await sight.load(unknown)
  }

  for (const { key, doc } of changes.rows.values()) {
    const home = doc && homeOf(key.type, doc)
    const streams = new Set(home ? [home] : doc ? membersOf(baseOf(key)) : [])
    const standing = doc && standingOf(key.type, doc)
    if (standing) streams.add(standing)
    members.set(keyOf(key), { key, streams })
  }

  await join(
    [...changes.rows.values()].filter(({ key, doc }) => doc && needsCompany(key, doc)).map(({ key }) => key),
  )
  await leave(departures())
  return write()

  function needsCompany(key: Key, doc: Doc): boolean {
    const companions = companionsOf(key.type, doc)
    if (companions.length === 0) return false
    const base = baseOf(key)
    if (!base?.doc) return true
    const before = new Set(companionsOf(key.type, base.doc).map(keyOf))
    const streams = new Set(base.streams)
    return (
      companions.some(companion => !before.has(keyOf(companion))) ||
      [...streamsOf(key)].some(stream => !streams.has(stream))
    )
  }

  async function join(keys: Key[]): Promise<void> {
    let wave = keys
    while (wave.length > 0) {
      const pairs = wave.flatMap(key => {
        const doc = docOf(key)
        return doc ? companionsOf(key.type, doc).map(companion => ({ key, companion })) : []
      })
      await know(pairs.map(({ companion }) => companion))
      const extended = new Map<string, Key>()
      for (const { key, companion } of pairs) {
        if (!docOf(companion)) throw new Error(`${keyOf(key)} names ${keyOf(companion)}, which is not there`)
        const streams = streamsOf(companion)
        const before = streams.size
        for (const stream of streamsOf(key)) streams.add(stream)
        if (streams.size > before) extended.set(keyOf(companion), companion)
      }
      wave = [...extended.values()]
    }
  }

  /** Companions that may have lost their reason to be in a stream. */
  function departures(): { key: Key; stream: Stream }[] {
    return [...changes.rows.values()].flatMap(({ key, doc }) => {
      const base = baseOf(key)
      if (!base?.doc) return []
      const still = new Set(doc ? companionsOf(key.type, doc).map(keyOf) : [])
      const streams = streamsOf(key)
      return companionsOf(key.type, base.doc).flatMap(companion =>
        base.streams
          .filter(stream => !streams.has(stream) || !still.has(keyOf(companion)))
          .map(stream => ({ key: companion, stream })),
      )
    })
  }

  async function leave(candidates: { key: Key; stream: Stream }[]): Promise<void> {
    await know(candidates.map(({ key }) => key))
    for (const { key, stream } of candidates) {
      const doc = docOf(key)
      const streams = streamsOf(key)
      if (!doc || !streams.has(stream) || standingOf(key.type, doc) === stream) continue
      if (await referred(key, stream)) continue
      streams.delete(stream)
      await leave(companionsOf(key.type, doc).map(companion => ({ key: companion, stream })))
    }
  }

  async function referred(key: Key, stream: Stream): Promise<boolean> {
    for (const touched of members.values()) {
      const doc = touched.streams.has(stream) && docOf(touched.key)
      if (
        doc &&
        companionsOf(touched.key.type, doc).some(({ id, type }) => id === key.id && type === key.type)
      )
        return true
    }
    const committed = await sight.referrers(stream, key)
    return committed.some(referrer => !members.has(keyOf(referrer)))
  }

  function write(): Settled {
    const rows: RowWrite[] = []
    const present: FeedWrite[] = []
    const gone: FeedWrite[] = []
    for (const [word, { key, streams }] of members) {
      const base = changes.loaded.get(word)
      const changed = changes.rows.has(word)
      const before = new Set(membersOf(base))
      const lost = [...before].filter(stream => !streams.has(stream))
      const moved = changed ? [...streams] : [...streams].filter(stream => !before.has(stream))
      if (changed && !docOf(key) && !base?.doc) continue
      if (!changed && lost.length === 0 && moved.length === 0) continue
      const doc = docOf(key)
      rows.push({
        key,
        rev: (base?.rev ?? 0) + (changed ? 1 : 0),
        doc,
        streams: doc ? [...streams] : (base?.streams ?? []),
        base,
      })
      for (const stream of moved) present.push({ stream, key, gone: false })
      for (const stream of lost) gone.push({ stream, key, gone: true })
    }
    present.sort((a, b) => parentsFirst(a.key, b.key))
    gone.sort((a, b) => parentsFirst(b.key, a.key))
    return { rows, feed: [...present, ...gone] }
  }
}
