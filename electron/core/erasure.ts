/** Erasing a customer is asked of the hub, and of nobody else: no act for a desk alone (shared/protocol/erasure.ts). */
import type { z } from 'zod'
import type { RequestArgs } from '#shared/ipc/contract.ts'
import { Erased, ErasurePreview } from '#shared/protocol/erasure.ts'
import { FaultError } from './fault-error.ts'
import { ask, type Fetch, json } from './sync/hub-http.ts'
import type { Tokens } from './sync/tokens.ts'

export interface ErasureDeps {
  tokens(): Tokens
  fetch: Fetch
}

/** The hub looks through everything it has. Milliseconds. */
const PATIENCE = 300_000

/** Every failure is thrown as a FaultError. */
export function createErasure({ tokens, fetch }: ErasureDeps) {
  const asked = async <T>(path: string, answer: z.ZodType<T>, body: unknown): Promise<T> => {
    const session = await tokens().fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const { hubUrl, accessToken } = session.value
    const { headers, ...init } = json(body)
    const result = await ask(fetch, `${hubUrl}/v1/customers/${path}`, answer, {
      ...init,
      headers: { ...headers, authorization: `Bearer ${accessToken}` },
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (!result.ok) throw new FaultError(result.fault)
    return result.value
  }
  return {
    preview: ({ customerId, ...question }: RequestArgs<'erasurePreview'>) =>
      asked(`${encodeURIComponent(customerId)}/erasure/preview`, ErasurePreview, question),
    erase: ({ customerId, ...wish }: RequestArgs<'erase'>) =>
      asked(`${encodeURIComponent(customerId)}/erasure`, Erased, wish),
  }
}
