import { FaultError } from '../fault-error.ts'

/** Characters of a line; none of the hub's is longer. */
const LONGEST = 200_000

/**
 * The lines of JSON of an answer as they come; empty ones, signs of life, are left out. A connection that breaks is an end without a
 * word; what is no JSON is undefined.
 */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const bytes of body) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = parts.pop() ?? ''
      if (rest.length > LONGEST) return
      for (const line of parts) if (line !== '') yield parsed(line)
    }
  } catch (error) {
    if (error instanceof FaultError) throw error
  }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
