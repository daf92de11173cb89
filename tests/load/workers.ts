// The light desks of a load run, in a process of their own. Told by its parent what to do; see run.ts.
import type { Ticket } from '../bench/hub.ts'
import { seeded } from '../bench/random.ts'
import { Worker } from './worker.ts'

export type Told =
  | {
      do: 'start'
      url: string
      seed: number
      writes: number
      breaks: number
      desks: { ticket: Ticket; talk: string }[]
    }
  | { do: 'count' | 'drain' | 'facts' }

export interface Count {
  done: number
  breaks: number
  patches: number
  wrong: number
  waiting: number
}

export interface Facts {
  done: { conversationId: string; items: string[] }[]
  wrong: string[]
  cursors: { stream: string; version: number }[]
}

/** Of so many desks one reads slowly. */
const SLOW_OF = 20
/** Desks started in one breath, and milliseconds between two. */
const AT_ONCE = 25
const BREATH = 500

const workers: { worker: Worker; talk: string }[] = []

process.on('message', async (told: Told) => {
  process.send!((await answer(told)) ?? 'done')
})
process.once('disconnect', () => process.exit(0))

async function answer(told: Told): Promise<Count | Facts | undefined> {
  const all = workers.map(({ worker }) => worker)
  const sum = (of: (worker: Worker) => number) => all.reduce((total, worker) => total + of(worker), 0)
  switch (told.do) {
    case 'start':
      for (const [index, { ticket, talk }] of told.desks.entries()) {
        const random = seeded(told.seed + index)
        const { url, writes, breaks } = told
        const slow = index % SLOW_OF === 0
        const worker = new Worker({ url, ticket, conversationId: talk, random, writes, breaks, slow })
        worker.start()
        workers.push({ worker, talk })
        if (index % AT_ONCE === 0) await new Promise(resolve => setTimeout(resolve, BREATH))
      }
      return undefined
    case 'count':
      return {
        done: sum(worker => worker.done.length),
        breaks: sum(worker => worker.breaks),
        patches: sum(worker => worker.patches),
        wrong: sum(worker => worker.wrong.length),
        waiting: sum(worker => worker.waiting),
      }
    case 'drain':
      await Promise.all(all.map(worker => worker.drain()))
      return undefined
    case 'facts':
      return {
        done: workers.map(({ worker, talk }) => ({ conversationId: talk, items: worker.done })),
        wrong: all.flatMap(({ wrong }) => wrong),
        cursors: all.flatMap(({ cursors }) => [...cursors.values()]),
      }
  }
}
