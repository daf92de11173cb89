// What every library that syncs is asked (P1, and P3 on the same data), and how its answers are judged.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { quantiles, type Result } from '../result.ts'

/** A row of the bench (data.ts), as JSON has it. */
export interface PeerRow {
  type: string
  id: string
  doc: { id: string; [field: string]: unknown }
}

export const readRows = (path: string): PeerRow[] => JSON.parse(readFileSync(path, 'utf8')) as PeerRow[]

export interface SyncPeer {
  name: string
  /** What one must know to read its figures. */
  notes: { sync: string; newest: string }
  /**
   * Brings everything over from the server.
   * @param usable to be called as soon as the first rows can be read
   * @returns how many rows came
   */
  replicate(usable: () => void): Promise<number>
  /** The newest 100 items of a customer, the newest first. */
  newest(customerId: string): Promise<{ at: unknown }[]>
}

/** Starts the peer's `server.ts`; it says its port and ends when this process does. */
export async function startServer(script: URL, args: readonly string[]): Promise<number> {
  const server = fork(script, args)
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    server.once('message', message => resolve(message as { port: number }))
    server.once('exit', code => reject(new Error(`the server ended with ${code}`)))
  })
  return port
}

/** To be called by a server that listens. */
export function serves(port: number): void {
  process.on('disconnect', () => process.exit(0))
  process.send?.({ port })
}

/** Measures a peer and ends the process. */
export async function measureSync(peer: SyncPeer, path: string, busiest: string): Promise<never> {
  const given = readRows(path)
  const start = performance.now()
  let first = 0
  const rows = await peer.replicate(() => {
    first ||= performance.now() - start
  })
  const seconds = (performance.now() - start) / 1000
  if (rows !== given.length) throw new Error(`${rows} of ${given.length} rows came`)
  const say = (result: Omit<Result, 'peer' | 'rows'>) =>
    console.log(JSON.stringify({ peer: peer.name, rows, ...result }))
  const rate = rows / seconds
  say({
    id: 'P1',
    name: 'first sync over a socket',
    median: rate,
    p99: rate,
    unit: 'rows/s',
    note: peer.notes.sync,
  })
  say({ id: 'P1', name: 'first rows usable', median: first, p99: first, unit: 'ms' })

  const expected = given
    .flatMap(({ type, doc }) => (type === 'item' && doc.customerId === busiest ? [Number(doc.at)] : []))
    .sort((one, other) => other - one)
    .slice(0, 100)
    .join()
  const times: number[] = []
  for (let n = 0; n < 100; n++) {
    const begin = performance.now()
    const page = await peer.newest(busiest)
    times.push(performance.now() - begin)
    if (page.map(({ at }) => at).join() !== expected) throw new Error('not the newest 100')
  }
  say({
    id: 'P3',
    name: 'newest 100 of the busiest customer',
    ...quantiles(times),
    unit: 'ms',
    note: peer.notes.newest,
  })
  process.exit(0)
}
