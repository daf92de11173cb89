/** The chat's door: settings and script for pages, and a websocket for each visitor. Who may come, and how often. */

import type {
  Account,
  DoorAnswer,
  DoorRequest,
  DoorSocket,
  ReceiveHost,
  ReceiveOptions,
  Receiver,
} from '../channel.ts'
import { widgetScript } from './bundle.ts'
import { fileBytes, fileEndings } from './file-types.ts'
import { type Busy, type FileRefusal, openFiles } from './files.ts'
import { type ChatLimits, defaultLimits, openAllowance } from './limits.ts'
import { mayShow } from './person.ts'
import { chatVersion, type PublicSettings } from './protocol.ts'
import type { ChatSettings } from './settings.ts'
import { type SessionDeps, serveVisitor } from './visitor-session.ts'

/** Settings of an inbox are looked up once in so many milliseconds, however many visitors there are. */
const KEEP = 5_000

export async function receiveChat(
  host: ReceiveHost,
  { threads }: ReceiveOptions,
  limits: ChatLimits = defaultLimits,
): Promise<Receiver> {
  if (!threads) throw new Error('the chat channel needs a hub that lets it follow conversations')
  const now = Date.now
  const open = new Map<DoorSocket, () => void>()
  const byAddress = new Map<string, number>()
  const allowance = openAllowance(limits, now)
  const inbox = kept(
    address => host.inboxByAddress(address.toLowerCase()) as Promise<Account<ChatSettings> | null>,
    now,
  )
  const mailbox = kept(address => host.mailbox(address), now)

  const session: SessionDeps = {
    threads,
    inbox,
    deliver: inbound => host.deliver(inbound),
    mailbox: ({ mailbox: address }) => mailbox(address),
    report: (kind, detail) => host.report({ kind, detail }),
    now,
    limits,
    allowance,
  }

  const files = openFiles(session)
  const fileOf = async (asked: DoorRequest): Promise<DoorAnswer> => {
    const found = await files.give(asked)
    if (typeof found === 'string' || 'busy' in found) return told(found)
    // Octets to be kept: whatever it is, no browser shall show it as a page of the hub.
    return answer(200, found.read(), {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'content-length': String(found.size),
      'content-security-policy': "default-src 'none'; sandbox",
    })
  }

  const request = async (asked: DoorRequest): Promise<DoorAnswer> => {
    if (asked.method === 'OPTIONS')
      return answer(204, '', {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '600',
      })
    if (asked.method === 'POST') {
      if (asked.path === 'file') return told(await files.take(asked))
      if (asked.path === 'file/of') return fileOf(asked)
    }
    if (asked.method !== 'GET' && asked.method !== 'HEAD') return answer(405, '')
    if (asked.path === 'widget.js') return script(asked)
    if (asked.path === 'config') return config(asked)
    return answer(404, '')
  }

  const script = async ({ headers }: DoorRequest): Promise<DoorAnswer> => {
    const { code, gzipped, etag } = await widgetScript()
    const own = {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
      etag,
      vary: 'accept-encoding',
    }
    if (headers['if-none-match'] === etag) return answer(304, '', own)
    return /\bgzip\b/.test(headers['accept-encoding'] ?? '')
      ? answer(200, gzipped, { ...own, 'content-encoding': 'gzip' })
      : answer(200, code, own)
  }

  const config = async ({ query, headers, from }: DoorRequest): Promise<DoorAnswer> => {
    const wait = allowance.openingsByAddress.take(from)
    if (wait > 0) return answer(429, '', { 'retry-after': String(Math.ceil(wait / 1000)) })
    const account = await inbox(query.get('inbox') ?? '')
    if (!account) return answer(404, '')
    if (!mayShow(account.settings, headers.origin)) return answer(403, '')
    const mail = (await session.mailbox(account.settings)) !== null
    const settings = { ...publicSettings(account), attended: threads.attended(account.id), mail }
    return answer(200, JSON.stringify(settings satisfies PublicSettings), {
      'content-type': 'application/json',
    })
  }

  const socket = (opened: DoorSocket, asked: DoorRequest): void => {
    const { from, path } = asked
    const sockets = byAddress.get(from) ?? 0
    if (
      path !== 'socket' ||
      open.size >= limits.sockets ||
      sockets >= limits.socketsByAddress ||
      allowance.openingsByAddress.take(from) > 0
    ) {
      opened.send(JSON.stringify({ t: 'bye', why: 'busy', again: 15_000 }))
      opened.close(1013)
      return
    }
    byAddress.set(from, sockets + 1)
    open.set(opened, serveVisitor(session, opened, asked))
    opened.onClose(() => {
      open.delete(opened)
      const left = (byAddress.get(from) ?? 1) - 1
      if (left > 0) byAddress.set(from, left)
      else byAddress.delete(from)
    })
  }

  return {
    address: null,
    door: { request, socket },
    async close() {
      for (const end of [...open.values()]) end()
    },
  }
}

/** Asks once in a while for each word. */
function kept<T>(ask: (word: string) => Promise<T>, now: () => number): (word: string) => Promise<T> {
  const known = new Map<string, { at: number; answer: Promise<T> }>()
  return word => {
    const there = known.get(word)
    if (there && now() - there.at < KEEP) return there.answer
    if (known.size > 1_000) known.clear()
    const answer = ask(word)
    known.set(word, { at: now(), answer })
    answer.catch(() => known.delete(word))
    return answer
  }
}

/** The widget is shown on other sites, so other sites may read this; it holds nothing that a visitor may not know. */
function answer(status: number, body: DoorAnswer['body'], headers: Record<string, string> = {}): DoorAnswer {
  return {
    status,
    body,
    headers: {
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...headers,
    },
  }
}

function publicSettings({ name, settings }: Account<ChatSettings>) {
  const { title, greeting, color, theme, side, form } = settings
  const files = settings.files ? { bytes: fileBytes, endings: fileEndings } : null
  return { v: chatVersion, name, title, greeting, color, theme, side, form, files }
}

const STATUS: Record<FileRefusal, number> = {
  'not-understood': 400,
  'bad-token': 401,
  'not-allowed': 403,
  'no-inbox': 404,
  gone: 404,
  'too-large': 413,
  'wrong-type': 415,
}

/** What became of a file. Who is to come later is told when, also where a browser hides headers from a page. */
function told(outcome: FileRefusal | Busy | null): DoorAnswer {
  const json = { 'content-type': 'application/json' }
  if (outcome === null) return answer(200, '{}', json)
  if (typeof outcome === 'string') return answer(STATUS[outcome], JSON.stringify({ why: outcome }), json)
  return answer(429, JSON.stringify({ why: 'busy', again: outcome.busy }), json)
}
