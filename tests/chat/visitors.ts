/** Visitors of a chat inbox: the widget's own client on real sockets, and raw sockets for those who are not so kind. */
import { randomBytes, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { uuidv7 } from 'uuidv7'
import { WebSocket as Socket } from 'ws'
import type { Down, Message } from '../../server/channels/chat/protocol.ts'
import { chatVersion } from '../../server/channels/chat/protocol.ts'
import type { ChatSettings } from '../../server/channels/chat/settings.ts'
import { ChatClient } from '../../server/channels/chat/widget/client.ts'
import { plainPost } from '../../server/channels/chat/widget/requests.ts'
import { type Kept, memoryStorage } from '../../server/channels/chat/widget/storage.ts'
import { saveSettings } from '../../server/inbound/accounts.ts'
import { addInbox } from '../../server/inboxes/rows.ts'
import type { TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'

export const here = {
  page: 'https://shop.example/bikes',
  title: 'Bikes',
  locale: 'en',
  timeZone: 'Europe/Paris',
}

export async function addChatInbox(
  hub: TestHub,
  address: string,
  settings: Partial<ChatSettings> = {},
): Promise<string> {
  const id = uuidv7()
  await saveSettings(hub.parts, id, settings)
  await addInbox(hub, {
    id,
    channel: 'chat',
    name: 'Website',
    address,
    signature: '',
    holdOfflineAfterMinutes: 240,
    active: true,
  })
  return id
}

export const socketUrl = (url: string): string => `${url.replace('http', 'ws')}/v1/channels/chat/socket`

/** Where files come and go. */
export const filesUrl = (url: string): string => `${url}/v1/channels/chat/`

/** A browser tab with the widget's client in it. Tabs of one browser share what is kept. */
export class Tab {
  readonly client: ChatClient
  readonly arrived: Message[] = []
  /** Sockets of this tab, newest last. */
  readonly sockets: WebSocket[] = []
  /** What this tab said, in order. */
  readonly frames: string[] = []
  /** No network: what is open is silent, what is opened fails. */
  cut = false

  constructor(url: string, inbox: string, kept: Kept = memoryStorage(), token: string | null = null) {
    this.client = new ChatClient(
      {
        url: socketUrl(url),
        inbox,
        token,
        kept,
        at: () => here,
        post: async (path, body) =>
          this.cut ? { status: 0, body: new Blob([]) } : plainPost(filesUrl(url))(path, body),
        open: address => {
          const socket = new WebSocket(this.cut ? 'ws://127.0.0.1:9/' : address)
          this.sockets.push(socket)
          const send = socket.send.bind(socket)
          socket.send = frame => {
            this.frames.push(String(frame))
            send(frame)
          }
          return socket
        },
        changed: () => undefined,
        arrived: message => this.arrived.push(message),
      },
      true,
    )
  }

  say(text: string, form = false, email = ''): string {
    return this.client.say(text, { name: '', email, form })
  }

  bring(name: string, bytes: Uint8Array<ArrayBuffer>): string {
    return this.client.bring(new File([bytes], name), { name: '', email: '', form: false })
  }

  /** What somebody sends by the mail form: words, an address and files. */
  leave(text: string, email: string, files: readonly File[]): string {
    const who = { name: '', email, form: true }
    const id = this.client.say(text, who)
    for (const file of files) this.client.bring(file, who, id)
    return id
  }

  /** As when the network goes: the connection ends, and no other one comes. */
  lose(): void {
    this.cut = true
    for (const socket of this.sockets) socket.close()
  }

  find(): void {
    this.cut = false
    this.client.nudge()
  }

  get texts(): string[] {
    return this.client.lines.map(({ text }) => text)
  }

  stateOf(text: string): string | undefined {
    return this.client.lines.find(line => line.text === text)?.state
  }
}

export const secretWord = (): string => randomBytes(32).toString('base64url')

/** A socket that says what it likes. */
export class RawVisitor {
  readonly heard: Down[] = []
  readonly frames: string[] = []
  readonly socket: Socket
  closed: number | undefined

  constructor(url: string, options: { origin?: string } = {}) {
    this.socket = new Socket(socketUrl(url), {
      headers: {
        'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/156.0',
        ...(options.origin ? { origin: options.origin } : {}),
      },
    })
    this.socket.on('message', data => {
      this.frames.push(String(data))
      this.heard.push(JSON.parse(String(data)) as Down)
    })
    this.socket.on('close', code => {
      this.closed = code
    })
    this.socket.on('error', () => undefined)
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  async hello(inbox: string, over: object = {}): Promise<void> {
    await until(() => this.socket.readyState === Socket.OPEN || this.closed !== undefined)
    this.send({ t: 'hello', v: chatVersion, inbox, secret: secretWord(), cursors: [], at: here, ...over })
    await until(() => this.heard.find(({ t }) => t === 'welcome' || t === 'bye') ?? this.closed)
  }

  say(text: string, over: object = {}): string {
    const id = randomUUID()
    this.send({
      t: 'say',
      id,
      text,
      writtenAt: Date.now(),
      name: '',
      email: '',
      form: false,
      at: here,
      ...over,
    })
    return id
  }

  of<T extends Down['t']>(t: T): Extract<Down, { t: T }>[] {
    return this.heard.filter((message): message is Extract<Down, { t: T }> => message.t === t)
  }
}

export const signed = (claims: object, secret: string, expires: string | null = '5m'): Promise<string> => {
  const token = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' })
  return (expires === null ? token : token.setExpirationTime(expires)).sign(new TextEncoder().encode(secret))
}
