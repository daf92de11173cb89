import type { BenchHub } from './hub.ts'

/**
 * Runs `work` and tells how long it took and how much processor time it cost hub and PostgreSQL; the second is what is left
 * of a figure on a machine that has other work to do.
 */
export async function measured(
  hub: BenchHub,
  work: () => Promise<unknown>,
): Promise<{ seconds: number; cost(count: number, what: string): string }> {
  const before = await hub.usage()
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  const after = await hub.usage()
  const each = (used: number, count: number) => `${((used / count) * 1e6).toFixed(0)} µs`
  return {
    seconds,
    cost: (count, what) =>
      `processor time a ${what}: hub ${each(after.hub - before.hub, count)}, PostgreSQL ${each(after.postgres - before.postgres, count)}`,
  }
}
