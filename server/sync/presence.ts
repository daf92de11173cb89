/**
 * Who looks at what, and who types (S24): kept in memory only, told only to agents who share the conversation's inbox, gone
 * with its connection; typing goes by itself. Never enters the feed.
 */
import type { Id } from '#shared/model/base.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { PresenceOf } from '#shared/protocol/down.ts'
import type { Presence } from '#shared/protocol/up.ts'
import { createElsewhere } from './elsewhere.ts'
import type { Ground, Scheduler } from './ground.ts'
import { type Place, placeIn } from './place.ts'

/** What presence needs of a session. */
export interface Onlooker {
  agentId: Id
  streams: ReadonlySet<Stream>
  tell(name: 'presence', message: PresenceOf): void
}

/** A customer who is connected: one of them for each of their tabs. */
export type Visitor = object

/** Changes are gathered for this long before they are told. */
const GATHER = 150

export interface PresenceBoard {
  set(onlooker: Onlooker, presence: Presence): Promise<void>
  joined(onlooker: Onlooker): void
  left(onlooker: Onlooker): void
  /** Where a connected customer is, null when they went; told to the agents who look at that conversation. */
  visit(visitor: Visitor, place: { conversationId: Id; inboxId: Id } | null, typing: boolean): void
  /** Calls with the agents who type in a conversation, whenever others do. Returns the way to stop. */
  watch(conversationId: Id, tell: (typing: readonly Id[]) => void): () => void
  /** Called every fifteen seconds, for the other hubs. */
  beat(): void
  close(): void
}

export function presenceBoard({ store, now, newId }: Ground, scheduler: Scheduler): PresenceBoard {
  const places = new Map<Onlooker, Place | undefined>()
  /** Whom each onlooker has been told of, so that somebody who went is told as gone; and what they could see then. */
  const told = new Map<Onlooker, { agents: Set<Id>; streams: ReadonlySet<Stream>; customers: string }>()
  const visitors = new Map<Visitor, Place>()
  const watchers = new Map<Id, Set<{ tell(typing: readonly Id[]): void; told: string }>>()
  /** Where something changed since it was last told: whoever sees none of it need not be looked at. */
  const changed = new Set<Stream>()
  let gathering = false
  let calm: (() => void) | undefined
  const elsewhere = createElsewhere(store, newId(), now, streams => {
    for (const stream of streams) changed.add(stream)
    gather()
  })
  /** Of this hub and the others. */
  const agents = (): { agentId: Id; place: Place }[] => [
    ...[...places].flatMap(([{ agentId }, place]) => (place ? [{ agentId, place }] : [])),
    ...elsewhere.agents(),
  ]
  const customers = (): Place[] => [...visitors.values(), ...elsewhere.customers()]

  const gather = (): void => {
    if (gathering) return
    gathering = true
    scheduler.after(GATHER, () => {
      gathering = false
      elsewhere.tell()
      const people = agents()
      const connected = customers()
      const present = Map.groupBy(people, ({ place }) => place.stream)
      const there = new Map<Id, { here: boolean; typing: boolean }>()
      for (const { conversationId, typingUntil } of connected)
        there.set(conversationId, {
          here: true,
          typing: typingUntil > now() || (there.get(conversationId)?.typing ?? false),
        })
      for (const onlooker of places.keys()) {
        const same = told.get(onlooker)?.streams === onlooker.streams
        if (same && ![...onlooker.streams].some(stream => changed.has(stream))) continue
        tellOne(
          onlooker,
          [...onlooker.streams].flatMap(stream => present.get(stream) ?? []),
          there,
        )
      }
      tellWatchers(people)
      changed.clear()
      watchTyping([...people.map(({ place }) => place), ...connected])
    })
  }

  const tellOne = (
    onlooker: Onlooker,
    others: readonly { agentId: Id; place: Place }[],
    there: ReadonlyMap<Id, { here: boolean; typing: boolean }>,
  ): void => {
    const seen = new Map<Id, PresenceOf['agents'][number]>()
    for (const { agentId, place } of others) {
      if (agentId === onlooker.agentId || seen.get(agentId)?.typing) continue
      const { conversationId, typingUntil } = place
      seen.set(agentId, { agentId, conversationId, typing: typingUntil > now() })
    }
    const before = told.get(onlooker)?.agents ?? new Set<Id>()
    const looked = places.get(onlooker)?.conversationId
    const customer = looked === undefined ? undefined : there.get(looked)
    const customers = looked !== undefined && customer ? [{ conversationId: looked, ...customer }] : []
    const said = JSON.stringify(customers)
    const news = said !== (told.get(onlooker)?.customers ?? '[]')
    told.set(onlooker, { agents: new Set(seen.keys()), streams: onlooker.streams, customers: said })
    const gone = [...before]
      .filter(id => !seen.has(id))
      .map(agentId => ({ agentId, conversationId: null, typing: false }))
    if (seen.size + gone.length === 0 && !news) return
    const agents = [...seen.values(), ...gone]
    onlooker.tell('presence', customers.length > 0 || news ? { agents, customers } : { agents })
  }

  const tellWatchers = (people: readonly { agentId: Id; place: Place }[]): void => {
    const typing = Map.groupBy(
      people.filter(({ place }) => place.typingUntil > now()),
      ({ place }) => place.conversationId,
    )
    for (const [conversationId, all] of watchers) {
      const ids = [...new Set(typing.get(conversationId)?.map(({ agentId }) => agentId))]
      for (const watcher of all) {
        if (watcher.told === ids.join()) continue
        watcher.told = ids.join()
        watcher.tell(ids)
      }
    }
  }

  /** Tells once more when the first typing runs out. */
  const watchTyping = (all: readonly Place[]): void => {
    calm?.()
    calm = undefined
    let next = Number.POSITIVE_INFINITY
    for (const { typingUntil } of all) if (typingUntil > now()) next = Math.min(next, typingUntil)
    if (!Number.isFinite(next)) return
    calm = scheduler.after(next - now() + 1, () => {
      for (const place of all) if (place.typingUntil === next) changed.add(place.stream)
      gather()
    })
  }

  /** Somebody is somewhere else now. */
  const move = (onlooker: Onlooker, place: Place | undefined): void => {
    const before = places.get(onlooker)
    if (before) changed.add(before.stream)
    if (place) changed.add(place.stream)
    places.set(onlooker, place)
    elsewhere.moved(onlooker, onlooker.agentId, place)
  }

  return {
    async set(onlooker, { conversationId, typing }) {
      const [conversation] = conversationId ? await store.read('conversation', [conversationId]) : []
      if (!places.has(onlooker)) return // left meanwhile
      const place = conversation && placeIn(conversation.id, conversation.inboxId, typing, now())
      move(onlooker, place && onlooker.streams.has(place.stream) ? place : undefined)
      gather()
    },
    joined(onlooker) {
      places.set(onlooker, undefined)
      gather()
    },
    left(onlooker) {
      const had = places.get(onlooker)
      move(onlooker, undefined)
      places.delete(onlooker)
      told.delete(onlooker)
      if (had) gather()
    },
    visit(visitor, at, typing) {
      const before = visitors.get(visitor)
      const place = at ? placeIn(at.conversationId, at.inboxId, typing, now()) : undefined
      for (const each of [before, place]) if (each) changed.add(each.stream)
      if (place) visitors.set(visitor, place)
      else visitors.delete(visitor)
      elsewhere.moved(visitor, null, place)
      if (before || place) gather()
    },
    watch(conversationId, tell) {
      const watcher = { tell, told: '' }
      const all = watchers.get(conversationId) ?? new Set()
      watchers.set(conversationId, all.add(watcher))
      gather()
      return () => {
        all.delete(watcher)
        if (all.size === 0 && watchers.get(conversationId) === all) watchers.delete(conversationId)
      }
    },
    beat: () => elsewhere.beat(),
    close: () => elsewhere.close(),
  }
}
