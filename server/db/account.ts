import { execFile } from 'node:child_process'
import { chownSync, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseTrouble } from './trouble.ts'

const run = promisify(execFile)

/** PostgreSQL refuses to run as root. Started by root, it runs as this account; otherwise as whoever started the hub. */
export interface Account {
  uid: number
  gid: number
}

export async function accountForDatabase(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const known = await lookUp()
  if (known) return known
  try {
    await run('groupadd', ['--force', '--system', 'postgres'])
    await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'])
  } catch (error) {
    // Another hub may have made it at the same moment.
    if (!(await lookUp())) {
      const sentence =
        'PostgreSQL does not run as root, and the account "postgres" could not be made. Make it, or start the hub as another user.'
      throw new DatabaseTrouble(sentence, 'internal', error)
    }
  }
  const made = await lookUp()
  if (!made) throw new DatabaseTrouble('The account "postgres" was made but is not there.', 'internal')
  return made
}

async function lookUp(): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}

/** Whether an account may pass through every folder above a path. A clone in /root usually lets nobody through. */
export function canReach(path: string, { uid, gid }: Account): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid: owner, gid: group } = statSync(folder)
      const pass = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
      if (!(mode & pass)) return false
    }
    if (folder === dirname(folder)) return true
  }
}

export function give(path: string, account: Account | null): void {
  if (account) chownSync(path, account.uid, account.gid)
}
