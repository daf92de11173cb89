import { type ChildProcess, fork } from 'node:child_process'
import type { Ticket } from './hub.ts'

/** Many light desks in a process of their own, all live; see light-desks.ts. `disconnect` ends it. */
export async function startCrowd(url: string, tickets: readonly Ticket[]): Promise<ChildProcess> {
  const crowd = fork(new URL('light-desks.ts', import.meta.url), { serialization: 'advanced' })
  await new Promise((resolve, reject) => {
    crowd.once('message', resolve)
    crowd.once('exit', code => reject(new Error(`the other desks ended with ${code}`)))
    crowd.send({ url, tickets })
  })
  return crowd
}
