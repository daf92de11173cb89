import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Story } from './story.ts'

/** What is to be played. */
export interface Order {
  runs: number
  seed: number
  /** Only the run, and its shrinking, that this path of fast-check names. */
  path?: string | undefined
  /** No further story is begun after so many seconds. */
  seconds?: number | undefined
  postgres?: boolean | undefined
}

export interface Report {
  /** Stories played to their end. */
  runs: number
  seconds: number
  /** Processor time of all processes; seconds. */
  processor: number
  failures: Failure[]
}

export interface Failure {
  /** In sentences. */
  story: string
  /** The same as data, for tests/sync/regressions.test.ts. */
  data: Story
  error: string
  /** The command that plays it again. */
  replay: string
}

/** Plays an order in so many processes; each has its part of the runs, and a seed of its own: the first the order's, then counting up. */
export async function simulate(order: Order & { workers: number }): Promise<Report> {
  const { workers, runs, seed } = order
  const begun = performance.now()
  const parts = Array.from({ length: workers }, (_, index) => ({
    ...order,
    seed: seed + index,
    runs: Math.floor(runs / workers) + (index < runs % workers ? 1 : 0),
  }))
  const reports = await Promise.all(parts.filter(part => part.runs > 0).map(inProcess))
  return {
    runs: reports.reduce((sum, report) => sum + report.runs, 0),
    seconds: (performance.now() - begun) / 1000,
    processor: reports.reduce((sum, report) => sum + report.processor, 0),
    failures: reports.flatMap(({ failures }) => failures),
  }
}

function inProcess(order: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    let report: Report | undefined
    const worker = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [], {
      execArgv: ['--max-old-space-size=1500'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    worker.on('message', message => {
      report = message as Report
    })
    worker.on('error', reject)
    worker.on('exit', code =>
      report ? resolve(report) : reject(new Error(`a worker of the simulation ended with ${code}`)),
    )
    worker.send(order)
  })
}
