/** Processor time of processes, by /proc: what is left of a figure on a machine that has other work to do. Linux only. */
import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second; 100 on every Linux that Node runs on. */
const TICKS = 100

/** Seconds of processor time of a process and of all it started, those that have ended included. */
export function processorSeconds(pid: number): number {
  const all = readdirSync('/proc').flatMap(name => (/^\d+$/u.test(name) ? (statOf(Number(name)) ?? []) : []))
  const family = new Set([pid])
  for (let grown = true; grown; ) {
    grown = false
    for (const { pid: one, parent } of all)
      if (family.has(parent) && !family.has(one)) {
        family.add(one)
        grown = true
      }
  }
  return all.reduce((sum, one) => sum + (family.has(one.pid) ? one.ticks : 0), 0) / TICKS
}

/** proc_pid_stat(5): fields 4 (ppid), 14 to 17 (utime, stime, and both of children waited for). */
function statOf(pid: number): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { pid, parent: Number(fields[1]), ticks }
  } catch {
    return undefined
  }
}
