/**
 * Pictures that a mail only names. The desk never fetches them itself: the hub does, so that whoever wrote the mail sees neither the
 * agent's address nor a cookie. Those of the last mails stay in memory, so that looking again tells nobody anything.
 */
import type { RequestArgs, RequestResult } from '#shared/ipc/contract.ts'
import { ErrorAnswer } from '#shared/protocol/http.ts'
import { imageTypes } from '#shared/protocol/images.ts'
import { FaultError, fail } from './fault-error.ts'
import { type Fetch, json } from './sync/hub-http.ts'
import type { Tokens } from './sync/tokens.ts'

type Image = RequestResult<'remoteImage'>

/** Bytes kept in memory. */
const KEPT = 32 * 1024 * 1024
const TIMEOUT = 60_000

/** Every failure is thrown as a FaultError. */
export function createImages(deps: { tokens(): Tokens; fetch: Fetch }) {
  const kept = new Map<string, Image>()

  const keep = (url: string, image: Image): void => {
    kept.set(url, image)
    let size = 0
    for (const { bytes } of kept.values()) size += bytes.length
    for (const [oldest, { bytes }] of kept) {
      if (size <= KEPT) break
      kept.delete(oldest)
      size -= bytes.length
    }
  }

  return async ({ itemId, url }: RequestArgs<'remoteImage'>): Promise<Image> => {
    const session = await deps.tokens().fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const known = kept.get(url)
    if (known) return known
    const { hubUrl, accessToken } = session.value
    const { headers, ...init } = json({ url })
    const response = await deps
      .fetch(`${hubUrl}/v1/items/${encodeURIComponent(itemId)}/images`, {
        ...init,
        headers: { ...headers, authorization: `Bearer ${accessToken}` },
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      })
      .catch(() => undefined)
    if (!response) throw fail('hub-unreachable')
    if (!response.ok) {
      const told = ErrorAnswer.safeParse(await response.json().catch(() => undefined))
      throw told.success ? new FaultError(told.data.fault) : fail('not-found')
    }
    const type = imageTypes.find(each => each === response.headers.get('content-type'))
    const bytes = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)))
    if (!type || bytes.length === 0) throw fail('not-found')
    const image = { type, bytes }
    keep(url, image)
    return image
  }
}
