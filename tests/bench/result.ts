/** One figure of one bench, as `npm run bench -- --json` writes it. */
export interface Result {
  /** The row of the table of targets: P1 to P10. */
  id: string
  name: string
  /** Whose figure it is, when it is not ours. */
  peer?: string
  median: number
  p99: number
  unit: 'ms' | 'rows/s' | 'changes/s' | 'messages/s' | '%' | 'kB' | 'MB' | ''
  rows?: number
  /** What one must know to read the figure. */
  note?: string
}

/** What a bench gets from `run.ts`, as the one JSON argument of its process. */
export interface BenchOptions {
  full: boolean
  /** Items of the shared replica. */
  items: number
  /** A replica filled with them, for those that ask for one. */
  replica: string | null
}

export const readOptions = (): BenchOptions => JSON.parse(process.argv[2] ?? '{}') as BenchOptions

/** Hands a result to `run.ts`. */
export function report(result: Result): void {
  if (process.send) process.send(result)
  else console.log(JSON.stringify(result))
}

export function quantiles(values: readonly number[]): { median: number; p99: number } {
  const sorted = [...values].sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
  return { median: at(0.5), p99: at(0.99) }
}

/** Milliseconds of one run of `work`. */
export function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

export async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
