import { readdirSync, readFileSync } from 'node:fs'

/** Programs put to sleep and woken: SIGSTOP and SIGCONT for a process and all its children, as a closed lid does to a machine. */

interface Process {
  pid: number
  parent: number
  command: string
}

const processes = (): Process[] =>
  readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name stands in brackets and may hold anything.
      const [, parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      return [{ pid: Number(name), parent: Number(parent), command }]
    } catch {
      return []
    }
  })

const family = (pid: number, all: readonly Process[]): number[] => [
  pid,
  ...all.filter(({ parent }) => parent === pid).flatMap(child => family(child.pid, all)),
]

/** Those whose command line names this folder, and their children. */
export function peopleOf(folder: string): number[] {
  const all = processes()
  const heads = all.filter(({ command }) => command.includes(folder))
  return [...new Set(heads.flatMap(({ pid }) => family(pid, all)))]
}

/** Puts them to sleep. @returns wakes them */
export function putToSleep(pids: readonly number[]): () => void {
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  return () => {
    for (const pid of pids)
      try {
        process.kill(pid, 'SIGCONT')
      } catch {
        // It ended meanwhile.
      }
  }
}
