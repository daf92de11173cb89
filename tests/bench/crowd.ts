import { fork } from 'node:child_process'
import type { Ticket } from './hub.ts'

export interface Crowd {
  /** Messages that all of them have had. */
  messages(): Promise<number>
  close(): void
}

/** Many light desks in a process of their own, all live; see light-desks.ts. */
export async function startCrowd(url: string, tickets: readonly Ticket[]): Promise<Crowd> {
  const process = fork(new URL('light-desks.ts', import.meta.url), { serialization: 'advanced' })
  const ask = <T>(what: 'messages' | { url: string; tickets: readonly Ticket[] }): Promise<T> =>
    new Promise((resolve, reject) => {
      process.once('message', value => resolve(value as T))
      process.once('exit', code => reject(new Error(`the other desks ended with ${code}`)))
      process.send(what)
    })
  await ask({ url, tickets })
  return { messages: () => ask<number>('messages'), close: () => process.disconnect() }
}
