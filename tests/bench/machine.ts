import { cpus, loadavg, platform, release, totalmem } from 'node:os'

/** The machine, in one line: figures of two machines are not comparable. */
export function machine(): string {
  const all = cpus()
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  return `${all.length} x ${all[0]?.model.trim() || 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}, Node ${process.versions.node}, load ${load}`
}
