/** What the hub keeps of a customer, whole, handed to the page bit by bit: nothing of it is put on this desk's disk. */
import type { RequestArgs, RequestResult } from '#shared/ipc/contract.ts'
import { ErrorAnswer } from '#shared/protocol/http.ts'
import { FaultError, fail } from './fault-error.ts'
import type { Fetch } from './sync/hub-http.ts'
import type { Tokens } from './sync/tokens.ts'

type Bytes = ReadableStreamDefaultReader<Uint8Array>

/** Bytes of one answer, about. */
const PIECE = 1024 * 1024
/** Exports that are read at once; more is a mistake of the page. */
const MOST = 4

/** Every failure is thrown as a FaultError. */
export function createCustomerExport(deps: { tokens(): Tokens; fetch: Fetch }) {
  const underWay = new Map<string, Bytes>()

  const end = async (attempt: string): Promise<void> => {
    const reader = underWay.get(attempt)
    underWay.delete(attempt)
    await reader?.cancel().catch(() => undefined)
  }

  const begin = async ({
    attempt,
    customerId,
    whole,
    language,
  }: RequestArgs<'customerExport'>): Promise<Bytes> => {
    const session = await deps.tokens().fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const { hubUrl, accessToken } = session.value
    const asked = new URLSearchParams({ whole: whole ? '1' : '0', language })
    const response = await deps
      .fetch(`${hubUrl}/v1/customers/${encodeURIComponent(customerId)}/export?${asked}`, {
        headers: { authorization: `Bearer ${accessToken}` },
        redirect: 'error',
      })
      .catch(() => undefined)
    if (!response) throw fail('hub-unreachable')
    if (!response.ok || !response.body) {
      const told = ErrorAnswer.safeParse(await response.json().catch(() => undefined))
      throw told.success ? new FaultError(told.data.fault) : fail('hub-too-old')
    }
    const reader = response.body.getReader() as Bytes
    for (const oldest of [...underWay.keys()].slice(0, Math.max(0, underWay.size - MOST + 1)))
      await end(oldest)
    underWay.set(attempt, reader)
    return reader
  }

  return {
    async read(args: RequestArgs<'customerExport'>): Promise<RequestResult<'customerExport'>> {
      const reader = underWay.get(args.attempt) ?? (await begin(args))
      const parts: Uint8Array[] = []
      for (let size = 0; size < PIECE; ) {
        const { done, value } = await reader.read().catch(() => {
          underWay.delete(args.attempt)
          throw fail('hub-unreachable')
        })
        if (done) {
          underWay.delete(args.attempt)
          return { bytes: new Uint8Array(Buffer.concat(parts)), done }
        }
        parts.push(value)
        size += value.length
      }
      return { bytes: new Uint8Array(Buffer.concat(parts)), done: false }
    },
    async giveUp({ attempt }: RequestArgs<'customerExportGiveUp'>): Promise<null> {
      await end(attempt)
      return null
    },
  }
}
