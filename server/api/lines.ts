import type { FastifyReply } from 'fastify'
import { fault } from '#shared/protocol/fault.ts'
import type { Log } from '../sync/ground.ts'

/** Signs of life, so that nothing between desk and hub ends the connection. Milliseconds. */
const ALIVE = 15_000

/**
 * Answers with lines of JSON while `work` goes on; an empty line is a sign of life. What it throws is told as a fault.
 * @param what named in the log when it fails
 */
export async function answerLines(
  reply: FastifyReply,
  { log, what }: { log: Log; what: string },
  work: (tell: (line: object) => void, left: AbortSignal) => Promise<void>,
): Promise<FastifyReply> {
  const left = new AbortController()
  reply.hijack()
  const { raw } = reply
  raw.on('close', () => left.abort())
  raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
  const tell = (line: object): void => void raw.write(`${JSON.stringify(line)}\n`)
  const alive = setInterval(() => raw.write('\n'), ALIVE)
  try {
    await work(tell, left.signal)
  } catch (error) {
    // Without the error itself: it may quote what was typed.
    log.error({ error: error instanceof Error ? error.name : 'unknown' }, `${what} failed`)
    tell({ t: 'fault', fault: fault('hub-busy') })
  } finally {
    clearInterval(alive)
    raw.end()
  }
  return reply
}
