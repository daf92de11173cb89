/**
 * A request of the hub to another system that an administrator named. It resolves first and goes only where it may; over TLS, so that
 * nobody between reads what is asked or with which secret; and its answer is bounded in time, size and headers. It stays with the
 * origin it was sent to, so that a secret in its headers is never told to anybody else.
 */
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { type Allowed, isLoopbackName } from './allowed.ts'
import { lookupWithin, OutOfReach } from './reach.ts'

export interface Call {
  url: string
  method: 'GET' | 'POST'
  headers: Readonly<Record<string, string>>
  body?: string | undefined
}

export interface Answer {
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  text: string
}

export type CallTrouble =
  | 'unreachable'
  | 'slow'
  | 'certificate'
  | 'not-allowed'
  | 'too-large'
  | 'not-understood'
export type Called = { ok: true; answer: Answer } | { ok: false; trouble: CallTrouble }

export interface CallLimits {
  bytes: number
  redirects: number
}
const LIMITS: CallLimits = { bytes: 2 * 1024 * 1024, redirects: 3 }
const HEADER_BYTES = 16_384

/** What it says of itself; everything else is the caller's. */
const HEADERS = { 'accept-encoding': 'identity', 'user-agent': 'Skein' }

/** @param signal ends it, answer included: without one it may take for ever */
export async function call(
  asked: Call,
  allowed: Allowed,
  signal: AbortSignal,
  limits: Partial<CallLimits> = {},
): Promise<Called> {
  const most = { ...LIMITS, ...limits }
  const trouble = (kind: CallTrouble): Called => ({ ok: false, trouble: kind })
  try {
    if (!URL.canParse(asked.url)) return trouble('not-allowed')
    let url = new URL(asked.url)
    let { method, body } = asked
    for (let hop = 0; hop <= most.redirects; hop++) {
      if (!mayCall(url, allowed)) return trouble('not-allowed')
      const response = await send(url, { ...asked, method, body }, allowed, signal)
      const status = response.statusCode ?? 0
      const next = [301, 302, 303, 307, 308].includes(status) ? response.headers.location : undefined
      if (next === undefined) {
        const text = await textOf(response, most.bytes)
        if (typeof text !== 'string') return trouble(text.trouble)
        return { ok: true, answer: { status, headers: headersOf(response), text } }
      }
      response.destroy()
      // The same origin only: the secret is for this one.
      if (!URL.canParse(next, url.href) || new URL(next, url).origin !== url.origin)
        return trouble('not-allowed')
      url = new URL(next, url)
      if (status === 303 || (method === 'POST' && status < 303)) [method, body] = ['GET', undefined]
    }
    return trouble('not-allowed')
  } catch (error) {
    return trouble(troubleOf(error, signal))
  }
}

function mayCall(url: URL, allowed: Allowed): boolean {
  if (url.username || url.password) return false
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackName(url.hostname))) return false
  // A name is looked at when it is resolved; an address is not resolved.
  const host = bare(url.hostname)
  return isIP(host) === 0 || allowed(url).mayConnect(host)
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

function send(
  url: URL,
  { method, headers, body }: Call,
  allowed: Allowed,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    request(url, {
      method,
      agent: false,
      headers: { ...headers, ...HEADERS, ...length },
      lookup: lookupWithin(allowed(url)),
      signal,
      maxHeaderSize: HEADER_BYTES,
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body)
  })
}

async function textOf(response: IncomingMessage, most: number): Promise<string | { trouble: CallTrouble }> {
  const refuse = (trouble: CallTrouble) => {
    response.destroy()
    return { trouble }
  }
  // What is packed may unfold to anything.
  if ((response.headers['content-encoding'] ?? 'identity') !== 'identity') return refuse('not-understood')
  if (Number(response.headers['content-length'] ?? 0) > most) return refuse('too-large')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return refuse('too-large')
    chunks.push(chunk)
  }
  // A connection that broke off ends the stream without an error where no length was told.
  return response.complete ? Buffer.concat(chunks).toString('utf8') : refuse('unreachable')
}

const headersOf = ({ headers }: IncomingMessage): Answer['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )

function troubleOf(error: unknown, signal: AbortSignal): CallTrouble {
  if (signal.aborted) return 'slow'
  if (error instanceof OutOfReach) return 'not-allowed'
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === 'HPE_HEADER_OVERFLOW') return 'too-large'
  if (code.startsWith('HPE_')) return 'not-understood'
  const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS|ERR_SSL/.test(code)
  return certificate ? 'certificate' : 'unreachable'
}
