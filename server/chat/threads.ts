/**
 * Customers who are connected, and what they are told of their own conversations. The database is the only truth: an answer
 * is told because its row says it was sent, by whatever hub.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import { key, type Row } from '#shared/model/row.ts'
import { inboxStream, type Stream } from '#shared/model/stream.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { ThreadCursor, ThreadFile, ThreadFollower, ThreadPlace, Threads } from '../channels/channel.ts'
import { addressName, subjectName } from '../inbound/names.ts'
import type { Store } from '../store/store.ts'
import type { Log } from '../sync/ground.ts'
import type { PresenceBoard } from '../sync/presence.ts'
import { currentOf, type Follower, meet } from './follower.ts'
import { endOf, rate } from './rate.ts'
import { openReading } from './reading.ts'
import { sendTranscript } from './send-transcript.ts'
import { isShown, received, settledAt, shownMessage } from './shown.ts'
import { openTails, type Tail } from './tails.ts'

export interface ThreadsDeps {
  store: Store
  blobs: BlobStore
  presence: PresenceBoard
  /** Whether a desk that follows this stream is connected now. */
  attended(stream: Stream): boolean
  now(): number
  newId(): Id
  log: Log
}

/** The subject that names all chats of an address; chats have none of their own. */
export const chatSubject = 'chat'

/** Newest items of a conversation that are looked at, and conversations of a customer. */
const ITEMS = 100
const CONVERSATIONS = 3
const LOOK = 1_000
/** A colleague who reconnects has not gone home. */
const GRACE = 10_000
const AGENTS_FOR = 5_000

export function openThreads(deps: ThreadsDeps): Threads & { close(): void } {
  const { store, presence, now } = deps
  const opened = now()
  const lastAttended = new Map<Id, number>()
  const saidAttended = new Map<Id, boolean>()
  let known: { at: number; all: Map<Id, Agent> } | undefined
  let closed = false

  const quietly = (work: Promise<unknown>): void =>
    void work.catch(error =>
      deps.log.warn(
        { error: error instanceof Error ? error.stack : String(error) },
        'customers were not told',
      ),
    )

  const agents = async (): Promise<Map<Id, Agent>> => {
    if (!known || now() - known.at > AGENTS_FOR)
      known = { at: now(), all: new Map((await store.all('agent')).map(each => [each.id, each])) }
    return known.all
  }

  const attended = (inboxId: Id): boolean => {
    if (deps.attended(inboxStream(inboxId))) lastAttended.set(inboxId, now())
    return now() - (lastAttended.get(inboxId) ?? opened) < GRACE
  }

  // ------------------------------------------------------------------------------------------------------ what changes

  const hand = async (tail: Tail, rows: readonly Row[]): Promise<void> => {
    const addresses = new Map<Id, string>()
    const here = new Set([...tail.followers].map(({ address }) => address))
    for (const row of rows)
      if (row.type === 'identity' && here.has(row.doc.address)) addresses.set(row.id, row.doc.address)
    const changed: Conversation[] = []
    for (const row of rows) {
      if (row.type !== 'conversation') continue
      changed.push(row.doc)
      const address = addresses.get(row.doc.identityId)
      if (address !== undefined) tail.owners.set(row.id, address)
    }
    const shown = rows.flatMap(row => (row.type === 'item' && isShown(row.doc) ? [row.doc] : []))
    const byAddress = Map.groupBy(shown, item => tail.owners.get(item.conversationId) ?? '')
    for (const follower of tail.followers) {
      const own = byAddress.get(follower.address)
      if (own) await tellItems(follower, own)
      for (const conversation of changed)
        if (tail.owners.get(conversation.id) === follower.address) tellEnd(follower, conversation)
    }
  }

  const tails = openTails({
    store,
    quietly,
    hand,
    async anew(tail) {
      for (const follower of tail.followers) await show(tail, follower, [])
    },
  })
  const followers = (): Follower[] => tails.all.flatMap(tail => [...tail.followers])
  const reading = openReading({ store, agents, followers, quietly })

  const stopHints = store.onCommit(streams => {
    for (const stream of streams) {
      if (stream.startsWith('inbox:')) tails.hint(stream)
      else if (stream.startsWith('agent:') && tails.all.length > 0)
        reading.hint(stream.slice('agent:'.length))
    }
  })
  const look = setInterval(() => {
    for (const { inboxId, followers } of tails.all) {
      const on = attended(inboxId)
      if (saidAttended.get(inboxId) === on) continue
      saidAttended.set(inboxId, on)
      for (const { tell } of followers) tell({ kind: 'attended', on })
    }
    quietly(tails.look())
  }, LOOK)

  // ---------------------------------------------------------------------------------------------------- one customer

  const tellItems = async (
    follower: Follower,
    items: readonly Item[],
    settled: ThreadCursor[] = [],
  ): Promise<void> => {
    const all = await agents()
    if (follower.stopped) return
    for (const item of items) meet(follower, item)
    const messages = items.map(item => shownMessage(item, all)).sort((a, b) => a.at - b.at || a.seq - b.seq)
    follower.tell({ kind: 'messages', messages, settled })
    place(follower)
  }

  /** Agents who look at the conversation they are in see them there, and they see who types in it. */
  const place = (follower: Follower): void => {
    if (follower.stopped) return
    const current = currentOf(follower)
    if (current === undefined || current === follower.watched) return
    follower.unwatch?.()
    follower.watched = current
    presence.visit(follower, { conversationId: current, inboxId: follower.inboxId }, follower.typing)
    follower.unwatch = presence.watch(current, typing => {
      quietly(
        agents().then(all => {
          const [first] = typing
          const author = first === undefined ? null : (all.get(first)?.name ?? '')
          if (!follower.stopped) follower.tell({ kind: 'typing', author })
        }),
      )
    })
  }

  /** Of the conversation they are in only: what came of earlier ones is past. */
  const tellEnd = (follower: Follower, conversation: Conversation): void => {
    if (follower.stopped || (currentOf(follower) ?? conversation.id) !== conversation.id) return
    follower.tell({ kind: 'end', ...endOf(conversation) })
  }

  /** Of one customer, oldest first. Ids are made in the order of time. */
  const conversationsOf = async ({ inboxId, address }: ThreadPlace): Promise<Id[]> =>
    (await store.named(subjectName(inboxId, address, chatSubject)))
      .filter(({ type }) => type === 'conversation')
      .map(({ id }) => id)
      .sort()

  /** Tells what is there above the cursors. */
  const show = async (tail: Tail, follower: Follower, cursors: readonly ThreadCursor[]): Promise<void> => {
    const { channel, address } = follower
    const keys = (await conversationsOf(follower)).slice(-CONVERSATIONS)
    if (keys.length === 0 && (await store.named(addressName(channel, address))).length === 0) return
    const settled: ThreadCursor[] = []
    const items: Item[] = []
    const conversations = await store.read('conversation', keys)
    for (const conversation of conversations) {
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
    const newest = conversations.find(({ id }) => id === keys.at(-1))
    if (newest) tellEnd(follower, newest)
    await reading.tell([follower])
  }

  return {
    attended,
    async follow({ inboxId, channel, address }, cursors, tell): Promise<ThreadFollower> {
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
      const tail = await tails.join(follower)
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
          tails.leave(tail, follower)
        },
      }
    },
    file: (of, itemId, sha256) => fileOf(deps, of, itemId, sha256),
    transcript: async (of, asked) =>
      sendTranscript(deps, of.inboxId, (await conversationsOf(of)).at(-1), asked, await agents()),
    rate: (of, rated) => rate(deps, of, rated),
    close() {
      closed = true
      stopHints()
      tails.close()
      reading.close()
      clearInterval(look)
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

/** S27 for customers: a file is theirs through a message that they are shown, and through nothing else. */
async function fileOf(
  { store, blobs }: ThreadsDeps,
  { inboxId, channel, address }: ThreadPlace,
  itemId: Id,
  sha256: string,
): Promise<ThreadFile | null> {
  const [item] = await store.read('item', [itemId])
  if (!item || item.inboxId !== inboxId || !isShown(item)) return null
  const [conversation] = await store.read('conversation', [item.conversationId])
  const [identity] = conversation ? await store.read('identity', [conversation.identityId]) : []
  if (identity?.channel !== channel || identity.address !== address) return null
  const file = item.attachments.find(each => each.sha256 === sha256)
  const size = file && (await blobs.size(sha256))
  if (!file || size === undefined || size === null) return null
  return { name: file.name, type: file.type, size, read: () => blobs.read(sha256) }
}
