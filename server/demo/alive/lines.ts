/**
 * The two ways by which a live customer reaches the hub, the same as any customer's: SMTP, and the widget's protocol. Only to
 * know which conversation became of it, which no customer is told of a mail, it looks into the hub's store.
 */
import { createHash } from 'node:crypto'
import { SignJWT } from 'jose'
import nodemailer from 'nodemailer'
import { ChatClient } from '../../channels/chat/widget/client.ts'
import { plainPost } from '../../channels/chat/widget/requests.ts'
import { memoryStorage } from '../../channels/chat/widget/storage.ts'
import { messageName } from '../../inbound/names.ts'
import type { Store } from '../../store/store.ts'
import type { Letter } from '../post-office.ts'
import { ratedBy } from '../ratings.ts'
import type { Person } from '../script.ts'

/** One customer's connection to one conversation. */
export interface Line {
  say(text: string): Promise<void>
  /** They begin to type, as far as the channel shows that. */
  type(): void
  /** Null: the hub has not made one yet. */
  conversation(): Promise<string | null>
  close(): void
}

export interface MailLineDeps {
  store: Store
  smtp: number
  person: Person
  inbox: { id: string; address: string }
  subject: string
  /** Message-IDs are made of it: unique in the workspace. */
  word: string
}

/** A mail client: SMTP to the hub's own port, threads by Message-ID and References as RFC 5322 3.6.4 has it. */
export class MailLine implements Line {
  readonly #deps: MailLineDeps
  #references: string[] = []
  #sent = 0

  constructor(deps: MailLineDeps) {
    this.#deps = deps
  }

  async say(text: string): Promise<void> {
    const { smtp, person, inbox, subject, word } = this.#deps
    const messageId = `${word}-${this.#sent++}@${person.address.split('@')[1]}`
    const earlier = this.#references
    const answers = earlier.at(-1)
    const re = answers && !/^re:/i.test(subject)
    // Before it is sent: an answer may be quicker than the server's "taken".
    this.#references = [...earlier, messageId]
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtp, ignoreTLS: true })
    await transport.sendMail({
      from: { name: person.name, address: person.address },
      to: inbox.address,
      subject: re ? `Re: ${subject}` : subject,
      messageId: `<${messageId}>`,
      ...(answers ? { inReplyTo: `<${answers}>`, references: earlier.map(id => `<${id}>`) } : {}),
      text,
    })
  }

  /** Whether it belongs to this thread, by the rule of every mail client. */
  isAnsweredBy({ references }: Letter): boolean {
    return references.some(id => this.#references.includes(id))
  }

  /** The reply came into their mailbox. */
  took({ messageId, references }: Letter): void {
    this.#references = [...new Set([...references, ...this.#references, messageId])].slice(-20)
  }

  type(): void {}

  async conversation(): Promise<string | null> {
    for (const id of this.#references) {
      const found = await this.#deps.store.named(messageName(this.#deps.inbox.id, id))
      const conversation = found.find(({ type }) => type === 'conversation')
      if (conversation) return conversation.id
    }
    return null
  }

  close(): void {}
}

export interface ChatLineDeps {
  /** The hub's own address. */
  url: string
  person: Person
  inbox: { address: string; secret: string }
  /** The host site vouches for them: the chat joins the customer who has their mail address. */
  known: boolean
  heard(text: string, itemId: string): void
}

/** The widget's own client on a real socket, without a page. */
export class ChatLine implements Line {
  readonly #deps: ChatLineDeps
  #client: ChatClient | undefined

  constructor(deps: ChatLineDeps) {
    this.#deps = deps
  }

  async say(text: string): Promise<void> {
    this.#client ??= await this.#open()
    this.#client.look(true)
    this.#client.say(text, { name: this.#deps.person.name, email: '', form: false })
  }

  type(): void {
    this.#client?.type(true)
  }

  async conversation(): Promise<string | null> {
    return this.#client?.lines.find(({ conversation }) => conversation !== '')?.conversation ?? null
  }

  close(): void {
    this.#client?.stop()
  }

  async #open(): Promise<ChatClient> {
    const { url, inbox, person, heard } = this.#deps
    const en = person.language === 'en'
    const client = new ChatClient(
      {
        url: `${url.replace(/^http/, 'ws')}/v1/channels/chat/socket`,
        inbox: inbox.address,
        token: this.#deps.known ? await this.#token() : null,
        kept: memoryStorage(),
        at: () => ({
          page: en ? 'https://veloform.example/support' : 'https://veloform.example/zh/support',
          title: en ? 'Veloform: help' : '维洛货运自行车：帮助',
          locale: person.language,
          timeZone: person.timeZone ?? (en ? 'Europe/Amsterdam' : 'Asia/Shanghai'),
        }),
        open: address => new WebSocket(address),
        post: plainPost(`${url}/v1/channels/chat/`),
        changed: () => this.#rate(),
        arrived: message => heard(message.text, message.id),
      },
      true,
    )
    return client
  }

  /** Asked how it was, most say so. */
  #rate(): void {
    if (this.#client?.rating?.score !== null) return
    const { rated } = ratedBy(this.#deps.person)
    if (rated) this.#client.rate(rated.score, rated.words)
  }

  #token(): Promise<string> {
    const { person, inbox } = this.#deps
    const sub = createHash('sha256').update(person.address).digest('hex').slice(0, 16)
    return new SignJWT({ sub, name: person.name, email: person.address })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('12h')
      .sign(new TextEncoder().encode(inbox.secret))
  }
}
