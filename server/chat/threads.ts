/**
 * Customers who are connected, and what they are told of their own conversations. The database is the only truth: an answer
 * is told because its row says it was sent, by whatever hub; nothing is handed from hub to hub. For each inbox with a
 * customer one tail reads the feed behind the commits (S30: hints, and a look every second), so a change costs the same
 * however many customers are there.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import { key, type Row } from '#shared/model/row.ts'
import { inboxStream, type Stream } from '#shared/model/stream.ts'
import type { Cursor } from '#shared/protocol/common.ts'
import type { ThreadCursor, ThreadFollower, ThreadNews, Threads } from '../channels/channel.ts'
import { addressName, subjectName } from '../inbound/names.ts'
import { readRow } from '../store/json-text.ts'
import type { Store } from '../store/store.ts'
import type { Log } from '../sync/ground.ts'
import type { PresenceBoard } from '../sync/presence.ts'
import { isShown, received, settledAt, shownMessage } from './shown.ts'

export interface ThreadsDeps {
  store: Store
  presence: PresenceBoard
  /** Whether a desk that follows this stream is connected now. */
  attended(stream: Stream): boolean
  now(): number
  log: Log
}

/** The subject that names all chats of an address; chats have none of their own. */
export const chatSubject = 'chat'

/** Newest items of a conversation that are looked at, and conversations of a customer. */
const ITEMS = 100
const CONVERSATIONS = 3
const ROWS = 500
const LOOK = 1_000
/** A colleague who reconnects has not gone home. */
const GRACE = 10_000
const AGENTS_FOR = 5_000

interface Known {
  conversationId: Id
  /** Newest message of the customer, and how far agents have read, as it was told. */
  lastIn: number
  read: number
}

interface Follower {
  inboxId: Id
  channel: Id
  address: string
  known: Map<Id, Known>
  typing: boolean
  stopped: boolean
  unwatch: (() => void) | undefined
  watched: Id | undefined
  tell(news: ThreadNews): void
}

interface Tail {
  stream: Stream
  cursor: Cursor
  followers: Set<Follower>
  /** Of the conversations met, whose they are. */
  owners: Map<Id, string>
  due: boolean
  running: boolean
}

export function openThreads(deps: ThreadsDeps): Threads & { close(): void } {
  const { store, presence, now } = deps
  const tails = new Map<Id, Tail>()
  const opened = now()
  const lastAttended = new Map<Id, number>()
  const saidAttended = new Map<Id, boolean>()
  let agents: { at: number; all: Map<Id, Agent> } | undefined
  const moved = new Set<Id>()
  let closed = false

  const agentsNow = async (): Promise<Map<Id, Agent>> => {
    if (!agents || now() - agents.at > AGENTS_FOR)
      agents = { at: now(), all: new Map((await store.all('agent')).map(each => [each.id, each])) }
    return agents.all
  }

  const attended = (inboxId: Id): boolean => {
    if (deps.attended(inboxStream(inboxId))) lastAttended.set(inboxId, now())
    return now() - (lastAttended.get(inboxId) ?? opened) < GRACE
  }

  // ------------------------------------------------------------------------------------------------- the feed, by inbox

  const quietly = (work: Promise<unknown>): void =>
    void work.catch(error =>
      deps.log.warn(
        { error: error instanceof Error ? error.stack : String(error) },
        'customers were not told',
      ),
    )

  const wake = (tail: Tail): void => {
    tail.due = true
    if (!tail.running) quietly(run(tail))
  }

  const run = async (tail: Tail): Promise<void> => {
    tail.running = true
    try {
      while (tail.due && !closed && tail.followers.size > 0) {
        tail.due = false
        const pull = await store.pull({
          device: { id: 'threads', epoch: 0, confirmed: 0 },
          cursors: [tail.cursor],
          limit: ROWS,
        })
        if (pull.resync.length > 0) {
          // The feed began anew (S5): everybody is told what is there now.
          tail.cursor = await headOf(tail.stream)
          for (const follower of tail.followers) await show(tail, follower, [])
          continue
        }
        for (const cursor of pull.cursors) tail.cursor = cursor
        if (pull.remaining > 0) tail.due = true
        await hand(tail, pull.rows.map(readRow))
      }
    } finally {
      tail.running = false
    }
  }

  const headOf = async (stream: Stream): Promise<Cursor> => {
    const [head] = await store.heads([stream])
    return { stream, epoch: head?.epoch ?? 1, version: head?.version ?? 0 }
  }

  const hand = async (tail: Tail, rows: readonly Row[]): Promise<void> => {
    const addresses = new Map<Id, string>()
    const here = new Set([...tail.followers].map(({ address }) => address))
    for (const row of rows)
      if (row.type === 'identity' && here.has(row.doc.address)) addresses.set(row.id, row.doc.address)
    for (const row of rows) {
      const address = row.type === 'conversation' ? addresses.get(row.doc.identityId) : undefined
      if (address !== undefined) tail.owners.set(row.id, address)
    }
    const shown = rows.flatMap(row => (row.type === 'item' && isShown(row.doc) ? [row.doc] : []))
    const byAddress = Map.groupBy(shown, item => tail.owners.get(item.conversationId) ?? '')
    for (const follower of tail.followers) {
      const own = byAddress.get(follower.address)
      if (own) await tellItems(follower, own)
    }
  }

  const tellItems = async (
    follower: Follower,
    items: readonly Item[],
    settled: ThreadCursor[] = [],
  ): Promise<void> => {
    const all = await agentsNow()
    if (follower.stopped) return
    for (const item of items) meet(follower, item)
    const messages = items.map(item => shownMessage(item, all)).sort((a, b) => a.at - b.at || a.seq - b.seq)
    follower.tell({ kind: 'messages', messages, settled })
    place(follower)
  }

  const meet = (follower: Follower, item: Item): void => {
    const known = follower.known.get(item.conversationId) ?? {
      conversationId: item.conversationId,
      lastIn: 0,
      read: 0,
    }
    if (item.direction === 'in') known.lastIn = Math.max(known.lastIn, item.seq)
    follower.known.set(item.conversationId, known)
  }

  /** The conversation they are in: the newest. Agents who look at it see them there, and they see who types in it. */
  const place = (follower: Follower): void => {
    if (follower.stopped) return
    const current = currentOf(follower)
    if (current === undefined || current === follower.watched) return
    follower.unwatch?.()
    follower.watched = current
    presence.visit(follower, { conversationId: current, inboxId: follower.inboxId }, follower.typing)
    follower.unwatch = presence.watch(current, typing => {
      quietly(
        agentsNow().then(all => {
          const [first] = typing
          const author = first === undefined ? null : (all.get(first)?.name ?? '')
          if (!follower.stopped) follower.tell({ kind: 'typing', author })
        }),
      )
    })
  }

  // ---------------------------------------------------------------------------------------------------- one customer

  /** Tells what is there above the cursors. */
  const show = async (tail: Tail, follower: Follower, cursors: readonly ThreadCursor[]): Promise<void> => {
    const { inboxId, channel, address } = follower
    const keys = (await store.named(subjectName(inboxId, address, chatSubject)))
      .filter(({ type }) => type === 'conversation')
      .map(({ id }) => id)
      .sort()
      .slice(-CONVERSATIONS)
    if (keys.length === 0 && (await store.named(addressName(channel, address))).length === 0) return
    const settled: ThreadCursor[] = []
    const items: Item[] = []
    for (const conversation of await store.read('conversation', keys)) {
      tail.owners.set(conversation.id, address)
      const after = cursors.find(({ conversationId }) => conversationId === conversation.id)?.seq ?? 0
      const rows = await store.olderItems(conversation.id, conversation.lastSeq + 1, ITEMS)
      const held = rows.flatMap(row => (row.type === 'item' ? [row.doc] : []))
      settled.push({ conversationId: conversation.id, seq: settledAt(conversation.lastSeq, held) })
      const lastIn = held.find(({ direction }) => direction === 'in')
      if (lastIn) meet(follower, lastIn)
      items.push(...held.filter(item => item.seq > after && isShown(item)))
    }
    await tellItems(follower, items, settled)
    await tellRead([follower], [...(await agentsNow()).values()])
  }

  /** How far agents have read what these customers wrote: the read marks are rows, so it survives everything. */
  const tellRead = async (followers: readonly Follower[], readers: readonly Agent[]): Promise<void> => {
    const asked = new Map<Id, { follower: Follower; known: Known }>()
    for (const follower of followers)
      for (const known of follower.known.values()) {
        if (known.read >= known.lastIn) continue
        for (const { id, active, inboxIds } of readers)
          if (active && inboxIds.includes(follower.inboxId))
            asked.set(readMarkId(id, known.conversationId), { follower, known })
      }
    if (asked.size === 0) return
    for (const mark of await store.read('readMark', [...asked.keys()])) {
      for (const follower of followers) {
        const known = follower.known.get(mark.conversationId)
        if (!known || mark.seq <= known.read || follower.stopped) continue
        known.read = mark.seq
        follower.tell({ kind: 'read', conversationId: mark.conversationId, seq: mark.seq })
      }
    }
  }

  const stopHints = store.onCommit(streams => {
    for (const stream of streams) {
      if (stream.startsWith('inbox:')) {
        const tail = tails.get(stream.slice('inbox:'.length))
        if (tail) wake(tail)
      } else if (stream.startsWith('agent:') && tails.size > 0) moved.add(stream.slice('agent:'.length))
    }
    if (moved.size > 0) soon()
  })

  /** Drafts move an agent's stream at every pause of theirs, so marks are read a few times a second at most. */
  let reading: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    reading ??= setTimeout(() => {
      reading = undefined
      const ids = [...moved]
      moved.clear()
      const followers = [...tails.values()].flatMap(tail => [...tail.followers])
      quietly(
        agentsNow().then(all =>
          tellRead(
            followers,
            ids.flatMap(id => all.get(id) ?? []),
          ),
        ),
      )
    }, 200)
  }

  const look = setInterval(() => {
    for (const [inboxId, tail] of tails) {
      const on = attended(inboxId)
      if (saidAttended.get(inboxId) !== on) {
        saidAttended.set(inboxId, on)
        for (const { tell } of tail.followers) tell({ kind: 'attended', on })
      }
    }
    const streams = [...tails.values()].map(({ stream }) => stream)
    if (streams.length === 0) return
    quietly(
      store.heads(streams).then(heads => {
        for (const { stream, version, epoch } of heads) {
          const tail = tails.get(stream.slice('inbox:'.length))
          if (tail && (tail.cursor.version < version || tail.cursor.epoch !== epoch)) wake(tail)
        }
      }),
    )
  }, LOOK)

  const tailOf = async (inboxId: Id): Promise<Tail> => {
    const stream = inboxStream(inboxId)
    const cursor = tails.has(inboxId) ? undefined : await headOf(stream)
    const tail = tails.get(inboxId) ?? {
      stream,
      cursor: cursor!,
      followers: new Set(),
      owners: new Map(),
      due: false,
      running: false,
    }
    tails.set(inboxId, tail)
    return tail
  }

  return {
    attended,
    async follow({ inboxId, channel, address }, cursors, tell): Promise<ThreadFollower> {
      const tail = await tailOf(inboxId)
      const follower: Follower = {
        inboxId,
        channel,
        address,
        known: new Map(),
        typing: false,
        stopped: closed,
        unwatch: undefined,
        watched: undefined,
        tell,
      }
      // First among those who are told, then what is there: whatever happens in between is told twice, never not at all.
      tail.followers.add(follower)
      tails.set(inboxId, tail)
      await show(tail, follower, cursors)
      return {
        typing(on) {
          follower.typing = on
          if (follower.watched !== undefined && !follower.stopped)
            presence.visit(follower, { conversationId: follower.watched, inboxId }, on)
        },
        seen: (conversationId, seq, read) =>
          follower.known.has(conversationId) ? markSeen(conversationId, seq, read) : Promise.resolve(),
        stop() {
          follower.stopped = true
          follower.unwatch?.()
          presence.visit(follower, null, false)
          tail.followers.delete(follower)
          if (tail.followers.size === 0 && tails.get(inboxId) === tail) tails.delete(inboxId)
        },
      }
    },
    close() {
      closed = true
      stopHints()
      clearInterval(look)
      clearTimeout(reading)
    },
  }

  async function markSeen(conversationId: Id, seq: number, read: boolean): Promise<void> {
    const rows = await store.olderItems(conversationId, seq + 1, ITEMS)
    const news = rows.flatMap(row => (row.type === 'item' && received(row.doc, read, now()) ? [row.id] : []))
    if (news.length === 0) return
    await store.write(async tx => {
      const time = now()
      await tx.load(news.map(id => key('item', id)))
      const changed = news.flatMap(id => {
        const item = tx.get('item', id)
        return (item && received(item, read, time)) ?? []
      })
      for (const item of changed) tx.put('item', item)
      const [first] = changed
      if (!first) return
      tx.event({
        name: read ? 'delivery.read' : 'delivery.delivered',
        agentId: null,
        deviceId: null,
        mutationId: null,
        at: time,
        keys: changed.map(({ id }) => key('item', id)),
        facts: { inboxId: first.inboxId },
      })
    })
  }
}

const currentOf = ({ known }: Follower): Id | undefined =>
  // Ids are made in the order of time.
  [...known.keys()].sort().at(-1)
