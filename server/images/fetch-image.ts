/**
 * Fetches a picture that a stranger's mail names: without a cookie, a referrer or anything else that says who looks, from the public
 * internet only, for so long and so much, and only if it is a raster picture.
 */
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { failed, ok, type Result } from '#shared/protocol/fault.ts'
import type { ImageType } from '#shared/protocol/images.ts'
import { lookupWithin, publicReach, type Reach } from '../outward/reach.ts'
import { imageTypeOf } from './kind.ts'

export interface Image {
  type: ImageType
  bytes: Uint8Array
}

export interface FetchLimits {
  bytes: number
  /** Milliseconds in all, redirects included. */
  time: number
  redirects: number
}
const LIMITS: FetchLimits = { bytes: 8 * 1024 * 1024, time: 15_000, redirects: 4 }

/** Says what we take and nothing about us. */
const HEADERS = {
  accept: 'image/webp,image/png,image/jpeg,image/gif',
  'accept-encoding': 'identity',
  'user-agent': 'Mozilla/5.0 (image proxy)',
}

/** Faults: `not-found` (not there, no picture, nowhere we go), `too-large`. */
export async function fetchImage(
  address: string,
  reach: Reach = publicReach,
  limits: Partial<FetchLimits> = {},
): Promise<Result<Image>> {
  const most = { ...LIMITS, ...limits }
  const signal = AbortSignal.timeout(most.time)
  try {
    let url: URL | null = new URL(address)
    for (let hop = 0; url && hop <= most.redirects; hop++) {
      if (!isWithin(url, reach)) return failed('not-found')
      const response = await get(url, reach, signal)
      const status = response.statusCode ?? 0
      if ([301, 302, 303, 307, 308].includes(status)) {
        response.destroy()
        url = next(url, response.headers.location)
        continue
      }
      if (status !== 200) {
        response.destroy()
        return failed('not-found')
      }
      return await pictureOf(response, most.bytes)
    }
  } catch {
    // Unreachable, out of reach, too slow, broken off: whoever looks sees that it did not come.
  }
  return failed('not-found')
}

function isWithin(url: URL, { mayConnect, mayUse }: Reach): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  if (url.username || url.password) return false
  if (!mayUse(Number(url.port || (url.protocol === 'https:' ? 443 : 80)))) return false
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  // A name is looked at when it is resolved; an address is not resolved.
  return isIP(literal) === 0 || mayConnect(literal)
}

const next = (from: URL, location: string | undefined): URL | null =>
  location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null

function get(url: URL, reach: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    request(url, {
      agent: false,
      headers: HEADERS,
      lookup: lookupWithin(reach),
      signal,
      maxHeaderSize: 16_384,
    })
      .on('response', resolve)
      .on('error', reject)
      .end()
  })
}

async function pictureOf(response: IncomingMessage, most: number): Promise<Result<Image>> {
  const tooLarge = failed('too-large', { params: { limit: most } })
  const encoding = response.headers['content-encoding'] ?? 'identity'
  const refuse = <T>(answer: T): T => {
    response.destroy()
    return answer
  }
  if (encoding !== 'identity') return refuse(failed('not-found'))
  if (Number(response.headers['content-length'] ?? 0) > most) return refuse(tooLarge)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const knownBefore = size >= 12
    size += chunk.length
    if (size > most) return refuse(tooLarge)
    chunks.push(chunk)
    // What is no picture need not come whole.
    if (!knownBefore && size >= 12 && !imageTypeOf(Buffer.concat(chunks))) return refuse(failed('not-found'))
  }
  const bytes = Buffer.concat(chunks)
  const type = imageTypeOf(bytes)
  return type ? ok({ type, bytes }) : failed('not-found')
}
