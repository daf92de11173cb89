/**
 * The chat as this browser knows it, without a page. Guards C1: what was written is in storage before it is shown, leaves
 * storage only when the hub says that it has it, and is said again on every connection, in order, by whatever tab. Guards C2:
 * what the hub shows is merged by id.
 */
import {
  type Credentials,
  chatVersion,
  type Down,
  type Message,
  type TranscriptOutcome,
  type Up,
  type Whereabouts,
} from '../protocol.ts'
import { Files, type Who } from './files.ts'
import { Letters } from './letters.ts'
import { type Line, ownLine, type Waiting, waitingOf } from './line.ts'
import { Link } from './link.ts'
import { RatingAsk } from './rating.ts'
import type { Post } from './requests.ts'
import { type Kept, randomId, randomWord } from './storage.ts'
import { TranscriptAsk } from './transcript.ts'

export interface ClientDeps {
  /** `wss://hub/v1/channels/chat/socket` */
  url: string
  inbox: string
  token: string | null
  kept: Kept
  at(): Whereabouts
  open(url: string): WebSocket
  post: Post
  /** Something to be drawn has changed. */
  changed(): void
  /** Somebody answered, and it was not known before. */
  arrived(message: Message): void
}

export type Barred = 'bad-token' | 'outdated' | 'no-inbox' | 'not-allowed' | 'not-understood'

/** A message of another tab that is still there after this long is said here too. */
const OTHERS_AFTER = 8_000
const TYPING_EVERY = 3_000

export class ChatClient {
  readonly #deps: ClientDeps
  readonly #link: Link
  readonly #prefix: string
  readonly #shown = new Map<string, Message>()
  readonly #waiting = new Map<string, Waiting>()
  /** Taken by the hub, and not yet shown by it. */
  readonly #taken = new Map<string, Waiting>()
  readonly #letters: Letters
  readonly #transcript = new TranscriptAsk()
  readonly #rating: RatingAsk
  readonly #read = new Map<string, number>()
  readonly #settled = new Map<string, number>()
  readonly #told = new Map<string, { seq: number; read: boolean }>()
  /** Said on this connection, and not answered yet. */
  readonly #saidHere = new Set<string>()
  /** Written in this tab. */
  readonly #own = new Set<string>()
  readonly files: Files
  #sweep: ReturnType<typeof setInterval> | undefined
  #typedAt = 0
  #looking = false

  connected = false
  attended: boolean
  typing: string | null = null
  known: string | null = null
  barred: Barred | null = null

  constructor(deps: ClientDeps, attended: boolean) {
    this.#deps = deps
    this.attended = attended
    this.#prefix = `skein-chat:${deps.inbox}:${subjectOf(deps.token)}:`
    this.#rating = new RatingAsk(deps.kept, `${this.#prefix}rate`)
    this.#letters = new Letters(deps.kept, `${this.#prefix}mailed`)
    this.files = new Files({
      post: deps.post,
      at: deps.at,
      changed: deps.changed,
      credentials: () => this.#credentials(),
      taken: id =>
        this.#waiting.has(id) ? 'waiting' : this.#letters.has(id) ? 'as a letter' : 'in the chat',
      mailed: (letter, file) => this.#letters.addFile(letter, file),
    })
    this.#link = new Link({
      url: deps.url,
      open: deps.open,
      hello: () => this.#hello(),
      hear: message => this.#hear(message),
      turned: up => {
        this.connected = up
        this.#told.clear()
        this.#saidHere.clear()
        this.#transcript.interrupted()
        if (up) {
          this.#flush(true)
          this.#sayRating()
        } else this.typing = null
        deps.changed()
      },
    })
    this.reload()
  }

  start(): void {
    this.#link.start()
    this.#sweep ??= setInterval(() => this.#flush(), 2_000)
  }
  stop(): void {
    this.#link.stop()
    clearInterval(this.#sweep)
    this.#sweep = undefined
  }
  nudge(): void {
    this.#link.nudge()
  }

  /** Whether this browser has a conversation here, or began one: then it connects without being asked. */
  get begun(): boolean {
    return this.#deps.kept.get(`${this.#prefix}begun`) !== null || this.#waiting.size > 0
  }

  get lines(): Line[] {
    const shown = [...this.#shown.values()].sort((a, b) => a.at - b.at || a.seq - b.seq)
    const lines = shown.map((message): Line => {
      const { id, said, author, text, at, conversation, seq, files = [] } = message
      const read = seq <= (this.#read.get(conversation) ?? 0)
      const mine = said !== null
      const state = read ? 'read' : 'sent'
      return { id: said ?? id, item: id, mine, author, text, at, state, conversation, seq, files }
    })
    const own =
      (state: 'waiting' | 'sent') =>
      (one: Waiting): Line => ({
        ...ownLine(one.id, one.text, one.writtenAt),
        state: one.refused ? 'refused' : state,
      })
    const going = this.files.all.map(
      ({ id, file, writtenAt, state, part, why }): Line => ({
        ...ownLine(id, '', writtenAt),
        state,
        going: { file, part, why },
      }),
    )
    const waiting = [...this.#inOrder().map(own('waiting')), ...going].sort((a, b) => a.at - b.at)
    const there = [...lines, ...this.#letters.lines].sort((a, b) => a.at - b.at || a.seq - b.seq)
    return [...there, ...[...this.#taken.values()].map(own('sent')), ...waiting]
  }

  get unread(): number {
    return [...this.#shown.values()].filter(
      ({ said, conversation, seq }) => said === null && seq > this.#seenUpTo(conversation),
    ).length
  }

  /** Keeps it, then says it. Gives the id it has from now on. */
  say(text: string, who: Who): string {
    const message: Waiting = {
      id: randomId(),
      text,
      writtenAt: this.#time(),
      ...who,
      refused: false,
    }
    this.#own.add(message.id)
    this.#keep(message)
    this.#begin()
    this.#flush()
    // A line that is dead without knowing it is found out now, and not when somebody wonders why nobody answers.
    this.#link.nudge()
    this.#deps.changed()
    return message.id
  }

  /** Sends a file: as a message of its own, or with what was written into the mail form, if that becomes a letter. */
  bring(file: File, who: Who, letter: string | null = null): string {
    const id = randomId()
    this.files.add(id, file, this.#time(), who, letter)
    this.#begin()
    this.#deps.changed()
    return id
  }

  retry(id: string): void {
    this.files.retry(id)
    const message = this.#waiting.get(id)
    if (!message) return
    this.#keep({ ...message, refused: false })
    this.#own.add(id)
    this.#saidHere.delete(id)
    this.#flush()
    this.#deps.changed()
  }

  discard(id: string): void {
    this.files.discard(id)
    this.#waiting.delete(id)
    this.#deps.kept.remove(this.#outKey(id))
    this.#deps.changed()
  }

  /** Asks for the conversation by mail. Asked again for the same address, it is the same request: there is one mail. */
  transcript(email: string): Promise<TranscriptOutcome> {
    return this.#transcript.ask(
      email,
      ask => this.connected && this.#link.send({ ...ask, at: this.#deps.at() }),
    )
  }

  /** The conversation that may be rated now, and how it was; undefined: none. */
  get rating(): { conversation: string; score: number | null } | undefined {
    return this.#rating.open
  }

  /** What the visitor thinks of it: 1 to 5, and words or none. Kept, then said. */
  rate(score: number, words: string): void {
    this.#rating.keep(score, words)
    this.#sayRating()
    this.#link.nudge()
    this.#deps.changed()
  }

  /** Somebody types here. Told once in a while, and when it ends. */
  type(on: boolean): void {
    if (on && Date.now() - this.#typedAt < TYPING_EVERY) return
    if (!on && this.#typedAt === 0) return
    this.#typedAt = on ? Date.now() : 0
    if (this.connected) this.#link.send({ t: 'typing', on })
  }

  /** Whether the messages are in sight of somebody. */
  look(looking: boolean): void {
    this.#looking = looking
    if (looking) this.#tellSeen()
  }

  /** What other tabs changed in storage. */
  reload(): void {
    const { kept } = this.#deps
    this.#letters.reload()
    const there = new Set<string>()
    for (const key of kept.keys()) {
      if (!key.startsWith(`${this.#prefix}out:`)) continue
      const message = waitingOf(kept.get(key))
      if (!message) continue
      there.add(message.id)
      if (!this.#isShown(message.id)) this.#waiting.set(message.id, message)
    }
    for (const [id, message] of this.#waiting) {
      if (there.has(id)) continue
      this.#waiting.delete(id)
      // Another tab heard that the hub has it; the hub shows it here in a moment. What was refused was thrown away.
      if (!message.refused && !this.#letters.has(id) && !this.#isShown(id)) this.#taken.set(id, message)
    }
    this.#deps.changed()
  }

  draft(text?: string): string {
    const key = `${this.#prefix}draft`
    if (text === undefined) return this.#deps.kept.get(key) ?? ''
    if (text === '') this.#deps.kept.remove(key)
    else this.#deps.kept.set(key, text)
    return text
  }

  // ----------------------------------------------------------------------------------------------------------- inside

  #begin(): void {
    this.#deps.kept.set(`${this.#prefix}begun`, '1')
    this.#typedAt = 0
    this.start()
  }

  /** Two messages of one millisecond keep their order. */
  #time(): number {
    const waiting = [...this.#waiting.values(), ...this.files.all]
    return Math.max(Date.now(), ...waiting.map(({ writtenAt }) => writtenAt + 1))
  }

  #credentials(): Credentials {
    const { inbox, token, kept } = this.#deps
    const key = `skein-chat:${inbox}:secret`
    let secret = kept.get(key)
    if (secret === null || !/^[A-Za-z0-9_-]{43}$/.test(secret)) {
      kept.set(key, randomWord(32))
      secret = kept.get(key) ?? randomWord(32)
    }
    return { inbox, secret, ...(token === null ? {} : { token }) }
  }

  #hello(): Up {
    const cursors = [...this.#settled].slice(-10).map(([conversation, seq]) => ({ conversation, seq }))
    return { t: 'hello', v: chatVersion, ...this.#credentials(), cursors, at: this.#deps.at() }
  }

  #hear(message: Down): void {
    switch (message.t) {
      case 'welcome':
        this.barred = null
        this.known = message.known
        this.attended = message.attended
        break
      case 'messages':
        for (const one of message.messages) this.#show(one)
        for (const { conversation, seq } of message.settled) this.#settled.set(conversation, seq)
        this.#tellSeen()
        break
      case 'said':
        this.#take(message.id, message.mailed)
        this.files.go()
        break
      case 'transcript':
        this.#transcript.answered(message.id, message.outcome)
        break
      case 'end':
        this.#rating.stands(message)
        break
      case 'rated':
        this.#rating.answered(message.id)
        break
      case 'unsaid':
        this.#refuse(message.id)
        break
      case 'read':
        this.#read.set(message.conversation, Math.max(message.seq, this.#read.get(message.conversation) ?? 0))
        break
      case 'typing':
        this.typing = message.author
        break
      case 'attended':
        this.attended = message.on
        break
      case 'beat':
        return
      case 'bye':
        if (message.again === null) this.barred = message.why as Barred
        this.#link.pause(message.again)
        break
    }
    this.#deps.changed()
  }

  #show(message: Message): void {
    const id = message.said
    if (id !== null) {
      this.#taken.delete(id)
      this.#waiting.delete(id)
      this.files.shown(id)
      this.#deps.kept.remove(this.#outKey(id))
    }
    const fresh = !this.#shown.has(message.id)
    this.#shown.set(message.id, message)
    this.#deps.kept.set(`${this.#prefix}begun`, '1')
    if (fresh && id === null) {
      this.typing = null
      if (message.seq > this.#seenUpTo(message.conversation)) this.#deps.arrived(message)
    }
  }

  #take(id: string, mailed?: string): void {
    const message = this.#waiting.get(id)
    if (message && mailed !== undefined)
      this.#letters.add({ id, text: message.text, at: message.writtenAt, to: mailed, files: [] })
    this.#waiting.delete(id)
    this.#deps.kept.remove(this.#outKey(id))
    if (message && mailed === undefined && !this.#isShown(id)) this.#taken.set(id, message)
  }

  #refuse(id: string): void {
    const message = this.#waiting.get(id)
    if (message) this.#keep({ ...message, refused: true })
  }

  #isShown(id: string): boolean {
    for (const { said } of this.#shown.values()) if (said === id) return true
    return false
  }

  #inOrder(): Waiting[] {
    return [...this.#waiting.values()].sort((a, b) => a.writtenAt - b.writtenAt)
  }

  /** Says, in order, what has not been said on this connection; a new one takes up what other tabs wrote, too. */
  #flush(all = false): void {
    if (!this.connected) return
    this.files.go()
    for (const { refused, ...message } of this.#inOrder()) {
      if (refused || this.#saidHere.has(message.id)) continue
      if (!all && !this.#own.has(message.id) && Date.now() - message.writtenAt < OTHERS_AFTER) continue
      if (!this.#link.send({ t: 'say', ...message, at: this.#deps.at() })) return
      this.#saidHere.add(message.id)
    }
  }

  #sayRating(): void {
    const rate = this.#rating.waiting
    if (rate && this.connected) this.#link.send(rate)
  }

  #keep(message: Waiting): void {
    this.#waiting.set(message.id, message)
    this.#deps.kept.set(this.#outKey(message.id), JSON.stringify(message))
  }

  #outKey(id: string): string {
    return `${this.#prefix}out:${id}`
  }

  #seenUpTo(conversation: string): number {
    return Number(this.#deps.kept.get(`${this.#prefix}seen:${conversation}`) ?? 0)
  }

  /** Says how far this browser has received, and read. */
  #tellSeen(): void {
    const furthest = new Map<string, number>()
    for (const { said, conversation, seq } of this.#shown.values())
      if (said === null) furthest.set(conversation, Math.max(seq, furthest.get(conversation) ?? 0))
    for (const [conversation, seq] of furthest) {
      if (this.#looking && seq > this.#seenUpTo(conversation))
        this.#deps.kept.set(`${this.#prefix}seen:${conversation}`, String(seq))
      const told = this.#told.get(conversation)
      if (told && told.seq >= seq && (told.read || !this.#looking)) continue
      if (this.connected && this.#link.send({ t: 'got', conversation, seq, read: this.#looking }))
        this.#told.set(conversation, { seq, read: this.#looking })
    }
  }
}

/** Whose storage it is: what one user of a shared computer wrote is never sent as another. The hub checks the token, not we. */
export function subjectOf(token: string | null): string {
  if (token === null) return 'visitor'
  try {
    const claims = JSON.parse(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))) as {
      sub?: unknown
    }
    return `user-${String(claims.sub)}`
  } catch {
    return 'user-unknown'
  }
}
