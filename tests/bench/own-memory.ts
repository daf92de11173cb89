import { readFileSync } from 'node:fs'

/** Memory of a process that it shares with nobody, in bytes. Linux. */
export const ownMemory = (pid: number | 'self'): number =>
  1024 * Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
