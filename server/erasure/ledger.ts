/**
 * Who was erased, outside the database and its backups (I9): a file of lines, only ever added to, and on the platter before an erasure
 * is answered. A hub whose database was put back from a backup reads here whom it must erase again.
 */
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Id } from '#shared/model/base.ts'
import { Erasure } from '#shared/model/erasure.ts'
import { secretKeyPath } from '../auth/secrets.ts'

export interface Ledger {
  /** Every erasure, each once. A line that a crash cut off, or that is damaged, is passed over. */
  all(): Promise<Erasure[]>
  /** Durable when it answers. Rejects when the disk does not take it. */
  add(erasures: readonly Erasure[]): Promise<void>
}

/**
 * @param path the file; made when it is not there
 * @param copy the same once more, where no backup of the data folder reaches; done without where that cannot be written
 */
export function fileLedger(path: string, copy: string): Ledger {
  return {
    async all() {
      const found = new Map<string, Erasure>()
      for (const text of [await textOf(path), await textOf(copy).catch(() => '')])
        for (const line of text.split('\n')) {
          const erasure = read(line)
          if (erasure) found.set(`${erasure.id} ${erasure.seal}`, erasure)
        }
      return [...found.values()]
    },
    async add(erasures) {
      // A line begins by itself, whatever a crash left before it.
      const lines = erasures.map(erasure => `\n${JSON.stringify(erasure)}\n`).join('')
      await append(path, lines)
      await append(copy, lines).catch(() => undefined)
    },
  }
}

/** Of a hub's data folder, and once more beside the hub's key. */
export const ledgerOf = (data: string, workspaceId: Id, env: NodeJS.ProcessEnv): Ledger =>
  fileLedger(
    join(data, 'erasures.ndjson'),
    secretKeyPath(workspaceId, env).replace(/\.key$/, '.erasures.ndjson'),
  )

/** For tests and simulation: a ledger that outlives its hub. */
export function memoryLedger(kept: Erasure[] = []): Ledger {
  return {
    all: async () => [...kept],
    add: async erasures => void kept.push(...erasures),
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

function read(line: string): Erasure | undefined {
  try {
    return Erasure.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

async function append(path: string, lines: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(lines)
    await file.sync()
  } finally {
    await file.close()
  }
}
