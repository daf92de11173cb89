/** The hub's process as a bench sees it. */
import { type ChildProcess, fork } from 'node:child_process'
import type { Cursor } from '#shared/protocol/common.ts'

export const password = 'bench 电池 staple'

export interface HubOptions {
  until: number
  /** A workspace of so many items … */
  items?: number
  /** … or a team of so many agents with next to no items. */
  desks?: number
}

export interface Ticket {
  deviceId: string
  token: string
  cursors: Cursor[]
}

/** Processor seconds since the hub began, and its memory after a collection. Bytes. */
export interface Usage {
  hub: number
  postgres: number
  rss: number
  heap: number
  /** What lies outside the heap: buffers. */
  external: number
}

/** Where all streams stand, and every item there is. */
export interface Contents {
  heads: { stream: string; version: number }[]
  items: { id: string; conversationId: string; seq: number }[]
}

export type Asked = { id: number } & (
  | { do: 'arrive' | 'tickets' | 'conversations'; count: number }
  | { do: 'usage' | 'contents' | 'close' }
  | { do: 'profile'; file: string | null }
)

export interface BenchHub {
  url: string
  /** Rows it was filled with. */
  rows: number
  /** Brings so many new messages. */
  arrive(count: number): Promise<void>
  tickets(count: number): Promise<Ticket[]>
  /** Ids of so many conversations. */
  conversations(count: number): Promise<string[]>
  usage(): Promise<Usage>
  contents(): Promise<Contents>
  /** Starts to write a processor profile; null ends it. */
  profile(file: string | null): Promise<void>
  close(): Promise<void>
}

export async function startHub(options: HubOptions): Promise<BenchHub> {
  const child = fork(new URL('hub-process.ts', import.meta.url), [JSON.stringify(options)], {
    serialization: 'advanced',
    execArgv: [...process.execArgv, '--expose-gc'], // for `usage`
  })
  const { url, rows } = await new Promise<{ url: string; rows: number }>((resolve, reject) => {
    child.once('message', message => resolve(message as never))
    child.once('exit', code => reject(new Error(`the hub ended with ${code}`)))
  })
  const ask = asker(child)
  return {
    url,
    rows,
    arrive: count => ask({ do: 'arrive', count }) as Promise<void>,
    tickets: count => ask({ do: 'tickets', count }) as Promise<Ticket[]>,
    conversations: count => ask({ do: 'conversations', count }) as Promise<string[]>,
    usage: () => ask({ do: 'usage' }) as Promise<Usage>,
    contents: () => ask({ do: 'contents' }) as Promise<Contents>,
    profile: file => ask({ do: 'profile', file }) as Promise<void>,
    async close() {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}

function asker(child: ChildProcess): (what: object) => Promise<unknown> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let last = 0
  child.on('message', (message: { answers?: number; value?: unknown; error?: string }) => {
    const one = waiting.get(message.answers ?? 0)
    if (!one) return
    if (message.error) one.reject(new Error(message.error))
    else one.resolve(message.value)
  })
  return what =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject })
      child.send({ ...what, id: last })
    })
}
