/**
 * One websocket of a visitor, from hello to the end. Messages of a socket are taken one after the other, so what was written
 * in order arrives in order; `said` goes out only after the hub has committed (C1, S19).
 */
import { buckets } from '../../limits/buckets.ts'
import type {
  Account,
  Delivered,
  DoorRequest,
  DoorSocket,
  Inbound,
  MailboxOfHub,
  ThreadEnd,
  ThreadFollower,
  ThreadNews,
  Threads,
} from '../channel.ts'
import { inboundOf, isLetter, letterOf, sound } from './arrival.ts'
import type { Allowance, ChatLimits } from './limits.ts'
import { mayShow, type Person, personOf } from './person.ts'
import { chatVersion, type Down, type Hello, read, type Say, type TranscriptOutcome, Up } from './protocol.ts'
import type { ChatSettings } from './settings.ts'
import { deviceOf, messageIdOf } from './visitor.ts'

export interface SessionDeps {
  threads: Threads
  inbox(address: string): Promise<Account<ChatSettings> | null>
  deliver(inbound: Inbound): Promise<Delivered>
  /** Where letters come to and transcripts leave from; null: there is none. */
  mailbox(settings: ChatSettings): Promise<MailboxOfHub | null>
  report(kind: string, detail: string): void
  now(): number
  limits: ChatLimits
  allowance: Allowance
}

const HELLO_WITHIN = 15_000
const QUEUE = 100
const BEAT = 10_000
/** Nobody needs to be told twice in a moment that their words were read. */
const LATER = 3_000

export function serveVisitor(deps: SessionDeps, socket: DoorSocket, request: DoorRequest): () => void {
  const { threads, now, limits, allowance } = deps
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
      case 'transcript':
        return transcript(message)
      case 'rate':
        return rate(message)
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
    const who = await personOf(account, message, now())
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
              .map(({ itemId, conversationId, direction, files, ...rest }) => ({
                ...rest,
                files: files.map(({ sha256, name, type, size }) => ({ sha256, name, type, size })),
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
      case 'end':
        return void tellEnd(news)
    }
  }

  async function say(message: Say): Promise<void> {
    if (!inbox || !person) return
    if (message.text.trim() === '') return void tell({ t: 'unsaid', id: message.id })
    const wait =
      allowance.messages.take(person.address) ||
      allowance.messagesByAddress.take(request.from) ||
      (written ? 0 : allowance.newcomersByAddress.take(request.from))
    if (wait > 0) {
      deps.report('chat-flood', inbox.id)
      // All of it comes again, in order, after a while.
      return void end({ t: 'bye', why: 'busy', again: Math.max(1_000, wait) })
    }
    const mailbox = isLetter(message, person) ? await deps.mailbox(inbox.settings) : null
    const inbound = mailbox
      ? letterOf(mailbox, person, message, device, now())
      : inboundOf(inbox, person, message, device, now())
    const outcome = await deps.deliver(inbound)
    if (outcome.ok) {
      written = true
      tell({ t: 'said', id: message.id, ...(mailbox ? { mailed: inbound.identity.address } : {}) })
    } else if (outcome.retryable) end({ t: 'bye', why: 'busy', again: LATER })
    else tell({ t: 'unsaid', id: message.id })
  }

  async function transcript({ id, email, at }: Extract<Up, { t: 'transcript' }>): Promise<void> {
    if (!inbox || !person) return
    const answered = (outcome: TranscriptOutcome): void => tell({ t: 'transcript', id, outcome })
    const mailbox = await deps.mailbox(inbox.settings)
    if (!mailbox) return answered('no-way')
    const wait =
      allowance.transcripts.take(person.address) || allowance.transcriptsByAddress.take(request.from)
    if (wait > 0) {
      deps.report('chat-flood', 'transcripts')
      return answered('later')
    }
    const { address, name } = person
    const of = { inboxId: inbox.id, channel: inbox.channel, address }
    const to = { name, address: email.toLowerCase() }
    answered(await threads.transcript(of, { id, mailbox, to, locale: at.locale, timeZone: at.timeZone }))
  }

  async function rate({ id, conversation, score, words }: Extract<Up, { t: 'rate' }>): Promise<void> {
    if (!inbox?.settings.survey || !person) return
    const wait = allowance.messages.take(person.address)
    if (wait > 0) return void end({ t: 'bye', why: 'busy', again: Math.max(1_000, wait) })
    const of = { inboxId: inbox.id, channel: inbox.channel, address: person.address }
    const rated = await threads.rate(of, { conversationId: conversation, score, words: sound(words).trim() })
    // Whatever became of it, the widget need not say it again.
    tell({ t: 'rated', id })
    if (rated) tellEnd(rated)
  }

  function tellEnd({ conversationId, over, score }: ThreadEnd): void {
    if (inbox?.settings.survey) tell({ t: 'end', conversation: conversationId, over, score })
  }

  return () => end({ t: 'bye', why: 'closing', again: 500 })
}
