/**
 * Who looks at what, and who types (S24): kept in memory only, told only to agents who share the conversation's inbox, gone
 * with its connection; typing goes by itself. Never enters the feed.
 */
import type { Id, Instant } from '#shared/model/base.ts'
import { inboxStream, type Stream } from '#shared/model/stream.ts'
import type { PresenceOf } from '#shared/protocol/down.ts'
import type { Presence } from '#shared/protocol/up.ts'
import type { Store } from '../store/store.ts'
import type { Scheduler } from './ground.ts'

/** What presence needs of a session. */
export interface Onlooker {
  agentId: Id
  streams: ReadonlySet<Stream>
  tell(name: 'presence', message: PresenceOf): void
}

interface Place {
  conversationId: Id
  stream: Stream
  typingUntil: Instant
}

/** Typing is believed for this long after the last word of it. */
const TYPING = 8_000
/** Changes are gathered for this long before they are told. */
const GATHER = 150

export interface PresenceBoard {
  set(onlooker: Onlooker, presence: Presence): Promise<void>
  joined(onlooker: Onlooker): void
  left(onlooker: Onlooker): void
}

export function presenceBoard(store: Store, now: () => Instant, scheduler: Scheduler): PresenceBoard {
  const places = new Map<Onlooker, Place | undefined>()
  /** Whom each onlooker has been told of, so that somebody who went is told as gone; and what they could see then. */
  const told = new Map<Onlooker, { agents: Set<Id>; streams: ReadonlySet<Stream> }>()
  /** Where something changed since it was last told: whoever sees none of it need not be looked at. */
  const changed = new Set<Stream>()
  let gathering = false
  let calm: (() => void) | undefined

  const gather = (): void => {
    if (gathering) return
    gathering = true
    scheduler.after(GATHER, () => {
      gathering = false
      const present = Map.groupBy(
        [...places].flatMap(([other, place]) => (place ? [{ other, place }] : [])),
        ({ place }) => place.stream,
      )
      for (const onlooker of places.keys()) {
        const same = told.get(onlooker)?.streams === onlooker.streams
        if (same && ![...onlooker.streams].some(stream => changed.has(stream))) continue
        tellOne(
          onlooker,
          [...onlooker.streams].flatMap(stream => present.get(stream) ?? []),
        )
      }
      changed.clear()
      watchTyping()
    })
  }

  const tellOne = (onlooker: Onlooker, there: readonly { other: Onlooker; place: Place }[]): void => {
    const seen = new Map<Id, PresenceOf['agents'][number]>()
    for (const { other, place } of there) {
      if (other.agentId === onlooker.agentId) continue
      const typing = place.typingUntil > now()
      if (seen.get(other.agentId)?.typing) continue
      seen.set(other.agentId, { agentId: other.agentId, conversationId: place.conversationId, typing })
    }
    const before = told.get(onlooker)?.agents ?? new Set<Id>()
    told.set(onlooker, { agents: new Set(seen.keys()), streams: onlooker.streams })
    const gone = [...before]
      .filter(id => !seen.has(id))
      .map(agentId => ({ agentId, conversationId: null, typing: false }))
    if (seen.size + gone.length === 0) return
    onlooker.tell('presence', { agents: [...seen.values(), ...gone] })
  }

  /** Tells once more when the first typing runs out. */
  const watchTyping = (): void => {
    calm?.()
    calm = undefined
    let next = Number.POSITIVE_INFINITY
    for (const place of places.values())
      if (place && place.typingUntil > now()) next = Math.min(next, place.typingUntil)
    if (!Number.isFinite(next)) return
    calm = scheduler.after(next - now() + 1, () => {
      for (const place of places.values()) if (place && place.typingUntil === next) changed.add(place.stream)
      gather()
    })
  }

  /** Somebody is somewhere else now. */
  const move = (onlooker: Onlooker, place: Place | undefined): void => {
    const before = places.get(onlooker)
    if (before) changed.add(before.stream)
    if (place) changed.add(place.stream)
    places.set(onlooker, place)
  }

  return {
    async set(onlooker, { conversationId, typing }) {
      const [conversation] = conversationId ? await store.read('conversation', [conversationId]) : []
      const stream = conversation && inboxStream(conversation.inboxId)
      if (!places.has(onlooker)) return // left meanwhile
      move(
        onlooker,
        conversation && stream && onlooker.streams.has(stream)
          ? { conversationId: conversation.id, stream, typingUntil: typing ? now() + TYPING : 0 }
          : undefined,
      )
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
  }
}
