import type { z } from 'zod'
import { type Fault, failed, ok, type Result } from '#shared/protocol/fault.ts'
import { ErrorAnswer } from '#shared/protocol/http.ts'

/** Asks a URL. The global fetch, or a test's. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>

const TIMEOUT = 15_000
/** No answer of the few requests outside the socket comes near it. */
const LONGEST = 1_000_000

/**
 * One request to the hub, its answer parsed. Every failure is a fault: `hub-unreachable` (no connection, no answer in time),
 * `hub-busy` (an error of the hub without a word), `not-a-hub` (something else answers), or what the hub itself says.
 */
export async function ask<T>(
  fetch: Fetch,
  url: string,
  answer: z.ZodType<T>,
  init: RequestInit = {},
): Promise<Result<T>> {
  let response: Response
  let text: string
  const limit = AbortSignal.timeout(TIMEOUT)
  const signal = init.signal ? AbortSignal.any([limit, init.signal]) : limit
  try {
    response = await fetch(url, { redirect: 'error', ...init, signal })
    text = await response.text()
  } catch (error) {
    return failed('hub-unreachable', { detail: causeOf(error) })
  }
  const body = text.length > LONGEST ? undefined : parsed(text)
  if (!response.ok) return { ok: false, fault: refusalOf(response.status, body) }
  const result = answer.safeParse(body)
  return result.success ? ok(result.data) : failed('not-a-hub')
}

const refusalOf = (status: number, body: unknown): Fault => {
  const told = ErrorAnswer.safeParse(body)
  if (told.success) return told.data.fault
  const { fault } =
    status >= 500 ? (failed('hub-busy') as { fault: Fault }) : (failed('not-a-hub') as { fault: Fault })
  return fault
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const causeOf = (error: unknown): string => {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown }
  return String(cause?.code ?? name ?? 'unknown')
}

export const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
