/**
 * Who is where at the other hubs of one database (S24). Each hub says what moves at its own desks and chats, in words that are kept
 * nowhere and may be lost (Store.tellHubs): they are numbered, and a hub that misses some asks for the whole. Of one that is not heard
 * any more nobody is believed to be anywhere.
 */
import { z } from 'zod'
import { Id, type Instant } from '#shared/model/base.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Store } from '../store/store.ts'
import { type Place, placeIn } from './place.ts'

const Where = z.object({
  /** Null: a customer. */
  agentId: Id.nullable(),
  conversationId: Id,
  inboxId: Id,
  typing: z.boolean(),
})
/** Somebody, by a number that their hub gives them, and where they are now; null: nowhere any more. */
const Move = z.tuple([z.int(), Where.nullable()])
type Move = z.infer<typeof Move>

const Words = z.object({
  hub: Id,
  /** One more than the hub's last. */
  n: z.int(),
  moves: z.array(Move),
  /** These moves and those after them are all there is. */
  whole: z.boolean().optional(),
  /** The hub that is to say the whole, or every one. */
  asks: z.union([Id, z.literal('*')]).optional(),
  left: z.boolean().optional(),
})
type Words = z.infer<typeof Words>

/** Fits into what the database carries at once. */
const MOVES_AT_ONCE = 25
/** A hub that was silent for so long is gone. Milliseconds; it beats three times in between. */
const SILENT = 45_000

export interface Elsewhere {
  /** Somebody of this hub is somewhere else now, or nowhere. */
  moved(who: object, agentId: Id | null, place: Place | undefined): void
  /** Says what moved since it was last called. */
  tell(): void
  /** Called every fifteen seconds: says that this hub is there, and forgets those that are not. */
  beat(): void
  /** Where people are at the other hubs. */
  agents(): { agentId: Id; place: Place }[]
  customers(): Place[]
  close(): void
}

interface Other {
  n: number
  heardAt: Instant
  asked: boolean
  places: Map<number, { agentId: Id | null; place: Place }>
}

/** @param changed called with streams where somebody of another hub came, went or typed */
export function createElsewhere(
  store: Store,
  hub: Id,
  now: () => Instant,
  changed: (streams: readonly Stream[]) => void,
): Elsewhere {
  const numbers = new WeakMap<object, number>()
  const own = new Map<number, z.infer<typeof Where>>()
  const waiting = new Map<number, Move[1]>()
  const others = new Map<Id, Other>()
  let last = 0
  let n = 0

  const say = (words: Omit<Words, 'hub' | 'n'>): void => {
    n += 1
    store.tellHubs(JSON.stringify({ hub, n, ...words } satisfies Words))
  }
  const sayMoves = (moves: readonly Move[], whole: boolean): void => {
    for (let at = 0; at < moves.length || (whole && at === 0); at += MOVES_AT_ONCE)
      say({ moves: moves.slice(at, at + MOVES_AT_ONCE), ...(whole && at === 0 ? { whole } : {}) })
  }

  const forget = (id: Id): void => {
    const other = others.get(id)
    others.delete(id)
    if (other) changed([...other.places.values()].map(({ place }) => place.stream))
  }

  const take = (other: Other, moves: readonly Move[]): void => {
    const streams = new Set<Stream>()
    for (const [number, where] of moves) {
      const before = other.places.get(number)
      if (before) streams.add(before.place.stream)
      if (!where) {
        other.places.delete(number)
        continue
      }
      const { agentId, conversationId, inboxId, typing } = where
      const place = placeIn(conversationId, inboxId, typing, now())
      other.places.set(number, { agentId, place })
      streams.add(place.stream)
    }
    changed([...streams])
  }

  const hear = (words: Words): void => {
    if (words.asks === '*' || words.asks === hub) sayMoves([...own], true)
    if (words.left) {
      forget(words.hub)
      return
    }
    const known = others.get(words.hub)
    const other = known ?? { n: words.n - 1, heardAt: now(), asked: false, places: new Map() }
    others.set(words.hub, other)
    // A hub's first words are all it has to say; of one that was there before, they are not.
    const missed = other.n !== words.n - 1 || (!known && words.n > 1)
    other.heardAt = now()
    other.n = words.n
    if (words.whole) {
      changed([...other.places.values()].map(({ place }) => place.stream))
      other.places.clear()
      other.asked = false
    } else if (missed && !other.asked) {
      other.asked = true
      say({ moves: [], asks: words.hub })
    }
    take(other, words.moves)
  }

  const stop = store.onTold(text => {
    const words = Words.safeParse(parsed(text))
    if (words.success && words.data.hub !== hub) hear(words.data)
  })
  say({ moves: [], asks: '*' })

  const known = () => [...others.values()].flatMap(({ places }) => [...places.values()])
  return {
    moved(who, agentId, place) {
      const number = numbers.get(who) ?? ++last
      numbers.set(who, number)
      if (!place && !own.has(number)) return
      const where = place && {
        ...{ agentId, conversationId: place.conversationId, inboxId: place.inboxId },
        typing: place.typingUntil > now(),
      }
      if (where) own.set(number, where)
      else own.delete(number)
      waiting.set(number, where ?? null)
    },
    tell() {
      // With nobody to hear it, it is only counted: a hub that comes asks for the whole, and one that was forgotten sees what it missed.
      if (others.size > 0) sayMoves([...waiting], false)
      else if (waiting.size > 0) n += 1
      waiting.clear()
    },
    beat() {
      for (const [id, other] of others) {
        other.asked = false
        if (now() - other.heardAt > SILENT) forget(id)
      }
      say({ moves: [] })
    },
    agents: () => known().flatMap(({ agentId, place }) => (agentId === null ? [] : [{ agentId, place }])),
    customers: () => known().flatMap(({ agentId, place }) => (agentId === null ? [place] : [])),
    close() {
      stop()
      say({ moves: [], left: true })
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
