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
  /** Whom each onlooker has been told of, so that somebody who went is told as gone. */
  const told = new Map<Onlooker, Set<Id>>()
  let gathering = false
  let calm: (() => void) | undefined

  const gather = (): void => {
    if (gathering) return
    gathering = true
    scheduler.after(GATHER, () => {
      gathering = false
      for (const onlooker of places.keys()) tellOne(onlooker)
      watchTyping()
    })
  }

  const tellOne = (onlooker: Onlooker): void => {
    const seen = new Map<Id, PresenceOf['agents'][number]>()
    for (const [other, place] of places) {
      if (!place || other.agentId === onlooker.agentId || !onlooker.streams.has(place.stream)) continue
      const typing = place.typingUntil > now()
      if (seen.get(other.agentId)?.typing) continue
      seen.set(other.agentId, { agentId: other.agentId, conversationId: place.conversationId, typing })
    }
    const before = told.get(onlooker) ?? new Set<Id>()
    const gone = [...before]
      .filter(id => !seen.has(id))
      .map(agentId => ({ agentId, conversationId: null, typing: false }))
    if (seen.size + gone.length === 0) return
    told.set(onlooker, new Set(seen.keys()))
    onlooker.tell('presence', { agents: [...seen.values(), ...gone] })
  }

  /** Tells once more when the first typing runs out. */
  const watchTyping = (): void => {
    calm?.()
    calm = undefined
    const next = Math.min(
      ...[...places.values()].map(place => place?.typingUntil ?? 0).filter(until => until > now()),
    )
    if (Number.isFinite(next)) calm = scheduler.after(next - now() + 1, gather)
  }

  return {
    async set(onlooker, { conversationId, typing }) {
      const [conversation] = conversationId ? await store.read('conversation', [conversationId]) : []
      const stream = conversation && inboxStream(conversation.inboxId)
      if (!places.has(onlooker)) return // left meanwhile
      places.set(
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
      places.delete(onlooker)
      told.delete(onlooker)
      if (had) gather()
    },
  }
}
