/**
 * Files of a chat: `POST file` brings one, `POST file/of` fetches one. A request is a line of JSON that says who asks, as the
 * hello of a socket does, and then the bytes; so an address alone gives nobody anything (S27), and any hub can answer.
 *
 * A file is a message of its own, or goes with a letter that is there: so it is there once however often it is brought (C1), and no
 * bytes lie about that belong to no message.
 */
import { createHash } from 'node:crypto'
import type {
  Account,
  Delivered,
  DoorRequest,
  Inbound,
  InboundAttachment,
  MailboxOfHub,
  ThreadFile,
  Threads,
} from '../channel.ts'
import { clean, fileOfLetter, inboundOf, isLetter } from './arrival.ts'
import { fileBytes, typeOf } from './file-types.ts'
import type { Allowance, ChatLimits } from './limits.ts'
import { mayShow, type Person, personOf } from './person.ts'
import { type Credentials, FileAsk, FileSay, read } from './protocol.ts'
import type { ChatSettings } from './settings.ts'
import { deviceOf } from './visitor.ts'

export interface FilesDeps {
  threads: Threads
  inbox(address: string): Promise<Account<ChatSettings> | null>
  deliver(inbound: Inbound): Promise<Delivered>
  report(kind: string, detail: string): void
  now(): number
  limits: ChatLimits
  allowance: Allowance
  mailbox(settings: ChatSettings): Promise<MailboxOfHub | null>
}

/** Why a file was not taken, or not given. `busy` may come again, after so many milliseconds. */
export type FileRefusal =
  | 'not-understood'
  | 'no-inbox'
  | 'not-allowed'
  | 'bad-token'
  | 'too-large'
  | 'wrong-type'
  | 'gone'
export type Busy = { busy: number }

const HEAD = 16 * 1024
const NEW_LINE = 10

export function openFiles(deps: FilesDeps) {
  const { limits, allowance, now } = deps
  let reading = 0

  /** @returns the refusal, or null: it is a message now */
  async function take(request: DoorRequest): Promise<FileRefusal | Busy | null> {
    const { from, headers } = request
    const wait = allowance.filesByAddress.take(from)
    if (wait > 0) return flood(wait)
    // Each is held in memory until it is on the disk, so there are not many at a time.
    if (reading >= limits.filesAtOnce) return { busy: 2_000 }
    reading++
    try {
      const body = await request.body(HEAD + fileBytes)
      if (!body) return 'too-large'
      const said = headed(body)
      const asked = said && read(FileSay, said.head)
      if (!asked) return 'not-understood'
      const { name } = asked
      if (said.bytes.length > fileBytes) return 'too-large'
      const place = await placeOf(asked, headers.origin)
      if (typeof place === 'string') return place
      const { inbox, person } = place
      if (!inbox.settings.files) return 'not-allowed'
      const called = fileName(name)
      const type = typeOf(called, said.bytes)
      if (type === null || said.bytes.length === 0) return 'wrong-type'
      const later = allowance.fileBytesOfVisitor.take(person.address, said.bytes.length)
      if (later > 0) return flood(later)
      const sha256 = createHash('sha256').update(said.bytes).digest('hex')
      const file = { sha256, name: called, type, size: said.bytes.length, contentId: null, bytes: said.bytes }
      const inbound = await arrivalOf(asked, inbox, person, file, deviceOf(headers['user-agent'] ?? ''))
      if (!inbound) return 'not-allowed'
      const outcome = await deps.deliver(inbound)
      if (outcome.ok) return null
      return outcome.retryable ? { busy: 3_000 } : 'no-inbox'
    } finally {
      reading--
    }
  }

  /** Null: it goes with a letter, and none can be here. */
  async function arrivalOf(
    { say, letter }: FileSay,
    inbox: Account<ChatSettings>,
    person: Person,
    file: InboundAttachment,
    device: string,
  ): Promise<Inbound | null> {
    if (letter === undefined) return inboundOf(inbox, person, say, device, now(), [file])
    const mailbox = isLetter(say, person) ? await deps.mailbox(inbox.settings) : null
    return mailbox && fileOfLetter(letter, file, mailbox, person, say, device, now())
  }

  async function give(request: DoorRequest): Promise<FileRefusal | Busy | ThreadFile> {
    const wait = allowance.fileAsksByAddress.take(request.from)
    if (wait > 0) return flood(wait)
    const body = await request.body(HEAD)
    const asked = body && read(FileAsk, body.toString('utf8'))
    if (!asked) return 'not-understood'
    const place = await placeOf(asked, request.headers.origin)
    if (typeof place === 'string') return place
    const { inbox, person } = place
    const of = { inboxId: inbox.id, channel: inbox.channel, address: person.address }
    return (await deps.threads.file(of, asked.item, asked.sha256)) ?? 'gone'
  }

  function flood(wait: number): Busy {
    deps.report('chat-flood', 'files')
    return { busy: Math.max(1_000, wait) }
  }

  async function placeOf(
    who: Credentials,
    origin: string | undefined,
  ): Promise<FileRefusal | { inbox: Account<ChatSettings>; person: Person }> {
    const inbox = await deps.inbox(who.inbox)
    if (!inbox) return 'no-inbox'
    if (!mayShow(inbox.settings, origin)) return 'not-allowed'
    const person = await personOf(inbox, who, now())
    return person ? { inbox, person } : 'bad-token'
  }

  return { take, give }
}

/** The line of JSON at the beginning, and what follows it. */
function headed(body: Buffer): { head: string; bytes: Buffer } | null {
  const end = body.indexOf(NEW_LINE)
  if (end < 0 || end > HEAD) return null
  return { head: body.toString('utf8', 0, end), bytes: body.subarray(end + 1) }
}

/** A name without a way to it, as it may stand in anybody's folder. */
const fileName = (name: string): string =>
  clean(name, 400)
    .replace(/^.*[\\/]/, '')
    .replace(/[<>:"|?*]/g, '_')
    .slice(-200)
