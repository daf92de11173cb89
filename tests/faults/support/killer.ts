/**
 * Ends this process by SIGKILL so many microseconds after a moment, from a thread of its own: in the middle of a statement of
 * SQLite just as well as between two.
 */
import { Worker } from 'node:worker_threads'

const thread = `
const { workerData } = require('node:worker_threads')
const word = new Int32Array(workerData)
Atomics.wait(word, 0, 0)
const end = process.hrtime.bigint() + BigInt(word[0] - 1) * 1000n
while (process.hrtime.bigint() < end);
process.kill(process.pid, 'SIGKILL')
`

/** Resolves with the trigger when the thread waits for it. */
export async function readyToKill(): Promise<(microseconds: number) => void> {
  const memory = new SharedArrayBuffer(4)
  const word = new Int32Array(memory)
  const worker = new Worker(thread, { eval: true, workerData: memory })
  await new Promise(resolve => worker.once('online', resolve))
  worker.unref()
  return microseconds => {
    Atomics.store(word, 0, microseconds + 1)
    Atomics.notify(word, 0)
  }
}
