import type { z } from 'zod'
import { ErrorAnswer } from '#shared/protocol/http.ts'
import { FaultError, fail } from '../fault-error.ts'
import type { Fetch } from './hub-http.ts'

/** Characters of one line. */
const LONGEST = 20_000

/**
 * One request to the hub that is answered by lines of JSON while it works; each is parsed and given as it comes. An answer that breaks off
 * ends without a word, so whoever reads knows by what came last.
 *
 * @throws FaultError `hub-unreachable`, `not-a-hub`, or what the hub itself says
 */
export async function* askLines<T>(
  fetch: Fetch,
  url: string,
  line: z.ZodType<T>,
  init: RequestInit,
  longest = LONGEST,
): AsyncGenerator<T> {
  const response = await fetch(url, { ...init, redirect: 'error' }).catch(() => undefined)
  if (!response) throw fail('hub-unreachable')
  if (!response.ok || !response.body) throw await refusalOf(response)
  for await (const text of lines(response.body, longest)) {
    const parsed = line.safeParse(jsonOf(text))
    if (!parsed.success) throw fail('not-a-hub')
    yield parsed.data
  }
}

/** Empty ones, signs of life, are left out. */
async function* lines(body: ReadableStream<Uint8Array>, longest: number): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const bytes of body) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = parts.pop() ?? ''
      if (rest.length > longest) return
      yield* parts.filter(part => part !== '')
    }
  } catch (error) {
    if (error instanceof FaultError) throw error
  }
}

async function refusalOf(response: Response): Promise<FaultError> {
  const told = ErrorAnswer.safeParse(await response.json().catch(() => undefined))
  return told.success ? new FaultError(told.data.fault) : fail('not-a-hub')
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
