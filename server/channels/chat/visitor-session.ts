/**
 * One websocket of a visitor, from hello to the end. Messages of a socket are taken one after the other, so what was written
 * in order arrives in order; `said` goes out only after the hub has committed (C1, S19).
 */
import type { Visit } from '#shared/model/conversation.ts'
import { buckets } from '../../limits/buckets.ts'
import type {
  Account,
  Delivered,
  DoorRequest,
  DoorSocket,
  Inbound,
  ThreadFollower,
  ThreadNews,
  Threads,
} from '../channel.ts'
import type { ChatLimits } from './limits.ts'
import { chatVersion, type Down, type Hello, read, type Say, Up, type Whereabouts } from './protocol.ts'
import type { ChatSettings } from './settings.ts'
import { userOf } from './token.ts'
import { callNameOf, deviceOf, itemIdOf, messageIdOf, userAddress, visitorAddress } from './visitor.ts'

export interface SessionDeps {
  threads: Threads
  inbox(address: string): Promise<Account<ChatSettings> | null>
  deliver(inbound: Inbound): Promise<Delivered>
  report(kind: string, detail: string): void
  now(): number
  limits: ChatLimits
  messages: ReturnType<typeof buckets>
  messagesByAddress: ReturnType<typeof buckets>
  newcomersByAddress: ReturnType<typeof buckets>
}

interface Person {
  address: string
  /** As the host site signed it; empty otherwise. */
  name: string
  user: string
  email: string | null
}

const HELLO_WITHIN = 15_000
const QUEUE = 100
const BEAT = 10_000
/** Nobody needs to be told twice in a moment that their words were read. */
const LATER = 3_000

export function serveVisitor(deps: SessionDeps, socket: DoorSocket, request: DoorRequest): () => void {
  const { threads, now, limits } = deps
  const device = deviceOf(request.headers['user-agent'] ?? '')
  let inbox: Account<ChatSettings> | undefined
  let person: Person | undefined
  let follower: ThreadFollower | undefined
  let greeted = false
  let written = false
  let ended = false
  let work: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const frames = buckets(limits.frames, now)

  const tell = (message: Down): void => {
    if (ended) return
    if (socket.waiting() > limits.waiting) return void end({ t: 'bye', why: 'busy', again: LATER })
    socket.send(JSON.stringify(message))
  }
  const end = (bye: Extract<Down, { t: 'bye' }>): void => {
    if (ended) return
    socket.send(JSON.stringify(bye))
    stop()
    socket.close(bye.why === 'closing' ? 1001 : 1008)
  }
  const stop = (): void => {
    ended = true
    clearTimeout(silent)
    clearInterval(beat)
    follower?.stop()
  }
  const silent = setTimeout(
    () => !greeted && end({ t: 'bye', why: 'not-understood', again: LATER }),
    HELLO_WITHIN,
  )
  const beat = setInterval(() => tell({ t: 'beat' }), BEAT)

  socket.onClose(stop)
  socket.onText(frame => {
    if (ended) return
    if (frames.take('') > 0 || waiting >= QUEUE) {
      deps.report('chat-flood', 'frames')
      return void end({ t: 'bye', why: 'busy', again: 10_000 })
    }
    const message = read(Up, frame)
    if (!message || (message.t === 'hello') === greeted) {
      // A newer widget may say more than this hub knows; one that has not said hello says nothing we know.
      if (!greeted || message) end({ t: 'bye', why: 'not-understood', again: null })
      return
    }
    if (message.t === 'hello') greeted = true
    waiting++
    work = work
      .then(() => hear(message))
      .catch(error => {
        deps.report('chat-failed', error instanceof Error ? (error.stack ?? error.name) : 'error')
        end({ t: 'bye', why: 'busy', again: LATER })
      })
      .finally(() => waiting--)
  })

  async function hear(message: Up): Promise<void> {
    if (ended) return
    switch (message.t) {
      case 'hello':
        return hello(message)
      case 'say':
        return say(message)
      case 'typing':
        return follower?.typing(message.on)
      case 'got':
        return follower?.seen(message.conversation, message.seq, message.read)
      case 'beat':
        return void tell({ t: 'beat' })
    }
  }

  async function hello(message: Hello): Promise<void> {
    if (message.v < chatVersion) return void end({ t: 'bye', why: 'outdated', again: null })
    const account = await deps.inbox(message.inbox)
    if (!account) return void end({ t: 'bye', why: 'no-inbox', again: null })
    if (!mayShow(account.settings, request.headers.origin))
      return void end({ t: 'bye', why: 'not-allowed', again: null })
    const who = await personOf(account, message)
    if (!who) return void end({ t: 'bye', why: 'bad-token', again: null })
    if (ended) return
    inbox = account
    person = who
    tell({
      t: 'welcome',
      v: chatVersion,
      known: who.user === '' ? null : who.name,
      attended: threads.attended(account.id),
    })
    const place = { inboxId: account.id, channel: account.channel, address: who.address }
    const cursors = message.cursors.map(({ conversation, seq }) => ({ conversationId: conversation, seq }))
    const followed = await threads.follow(place, cursors, news => pass(news, who))
    follower = followed
    if (ended) followed.stop()
  }

  async function personOf(account: Account<ChatSettings>, { secret, token }: Hello): Promise<Person | null> {
    if (token === undefined)
      return { address: visitorAddress(account.id, secret), name: '', user: '', email: null }
    const user = await userOf(token, account.settings.secret, now())
    if (!user) return null
    const { subject, name, email } = user
    return { address: userAddress(account.id, subject), name, user: subject, email }
  }

  function pass(news: ThreadNews, who: Person): void {
    switch (news.kind) {
      case 'messages': {
        if (news.messages.length > 0) written = true
        // In pieces, so that no frame is huge.
        for (let at = 0; at === 0 || at < news.messages.length; at += 20)
          tell({
            t: 'messages',
            messages: news.messages
              .slice(at, at + 20)
              .map(({ itemId, conversationId, direction, ...rest }) => ({
                ...rest,
                id: itemId,
                said: direction === 'in' ? (messageIdOf(who.address, itemId) ?? itemId) : null,
                conversation: conversationId,
              })),
            settled:
              at + 20 < news.messages.length
                ? []
                : news.settled.map(({ conversationId, seq }) => ({ conversation: conversationId, seq })),
          })
        return
      }
      case 'read':
        return void tell({ t: 'read', conversation: news.conversationId, seq: news.seq })
      case 'typing':
        return void tell({ t: 'typing', author: news.author })
      case 'attended':
        return void tell({ t: 'attended', on: news.on })
    }
  }

  async function say(message: Say): Promise<void> {
    if (!inbox || !person) return
    if (message.text.trim() === '') return void tell({ t: 'unsaid', id: message.id })
    const wait =
      deps.messages.take(person.address) ||
      deps.messagesByAddress.take(request.from) ||
      (written ? 0 : deps.newcomersByAddress.take(request.from))
    if (wait > 0) {
      deps.report('chat-flood', inbox.id)
      // All of it comes again, in order, after a while.
      return void end({ t: 'bye', why: 'busy', again: Math.max(1_000, wait) })
    }
    const outcome = await deps.deliver(inboundOf(inbox, person, message, device, now()))
    if (outcome.ok) {
      written = true
      tell({ t: 'said', id: message.id })
    } else if (outcome.retryable) end({ t: 'bye', why: 'busy', again: LATER })
    else tell({ t: 'unsaid', id: message.id })
  }

  return () => end({ t: 'bye', why: 'closing', again: 500 })
}

/** An empty list lets every site show the widget; otherwise the browser's own word for where it is counts. */
export function mayShow({ origins }: ChatSettings, origin: string | undefined): boolean {
  if (origins.length === 0) return true
  return origin !== undefined && origins.some(each => each.toLowerCase() === origin.toLowerCase())
}

function inboundOf(
  inbox: Account<ChatSettings>,
  person: Person,
  message: Say,
  device: string,
  now: number,
): Inbound {
  const { address, user, email } = person
  const name = person.name || clean(message.name, 200)
  return {
    inboxId: inbox.id,
    channel: inbox.channel,
    key: itemIdOf(address, message.id),
    itemId: itemIdOf(address, message.id),
    identity: {
      channel: inbox.channel,
      address,
      name,
      callName: callNameOf(address, message.at.locale),
      ...(email ? { sameAs: { channel: 'email', address: email } } : {}),
    },
    // A browser's clock may say anything; what it says of the future is not true.
    writtenAt: Math.min(message.writtenAt, now),
    subject: '',
    text: message.text.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\0', ''),
    quoted: '',
    html: null,
    attachments: [],
    raw: null,
    mail: null,
    visit: visitOf(message.at, device, message.email, user, now),
    thread: { ids: [], itemIds: [], subjectKey: 'chat' },
    ownItemId: null,
    deliveryReport: null,
  }
}

function visitOf(at: Whereabouts, device: string, typedEmail: string, user: string, now: number): Visit {
  return {
    page: /^https?:\/\//i.test(at.page) ? clean(at.page, 2000) : '',
    title: clean(at.title, 300),
    locale: clean(at.locale, 35),
    timeZone: clean(at.timeZone, 60),
    device,
    typedEmail: clean(typedEmail, 320),
    user,
    at: now,
  }
}

/** One line, without what databases and eyes cannot hold. */
const clean = (text: string, most: number): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
