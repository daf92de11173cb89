// The demonstration workspace of a checkout: a hub of its own in .skein/hub, filled when it is new, and an agent to sign in as.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { readIfThere, writePrivately } from '../../electron/key/private-file.ts'
import { root } from './bundles.ts'
import { type Child, runChild, runUntilReady, runWith } from './child.ts'

export const usualFolder = join(root, '.skein')
const cli = join(root, 'build/bin/skein-hub.mjs')
const seedScript = join(root, 'build/scripts/seed.ts')
const pastScript = join(root, 'build/scripts/seed-past.ts')

const Account = z.object({ email: z.email(), password: z.string().min(1) })
export type Account = z.infer<typeof Account>

const Ready = z.object({ ready: z.literal(true), url: z.string(), smtp: z.number() })
const Seeded = z.object({ email: z.email() })

export interface Demonstration {
  url: string
  /** The port that takes mail. */
  smtp: number
  /** The agent whose desk is opened. */
  account: Account
  hub: Child
}

/**
 * Desks remember their hub's address: it comes back at the port it had, if that is still free.
 * @throws Busy when another start uses the folder
 */
export const startDemonstration = async (folder: string): Promise<Demonstration> => {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755) // PostgreSQL runs as a user of its own when we are root, and must reach its folder
  await takeFolder(folder)
  const account = (await knownAccount(folder)) ?? (await setUp(folder))
  const portFile = join(folder, 'port')
  const port = await freeOr0(Number((await readIfThere(portFile)) ?? 0))
  const data = join(folder, 'hub')
  const serve = [cli, 'serve', '--data', data, '--port', String(port), '--smtp-port', '0', '--demo']
  const { child, ready } = await runUntilReady(process.execPath, serve, line => Ready.safeParse(line).data)
  await writePrivately(portFile, new URL(ready.url).port)
  // The long past arrives while people already work; the desk shows it come.
  const past = runChild(process.execPath, [pastScript, data])
  const stop = async (): Promise<void> => {
    await past.stop()
    await child.stop()
  }
  return { url: ready.url, smtp: ready.smtp, account, hub: { ...child, stop } }
}

/** A sentence for the person. */
export class Busy extends Error {}

const takeFolder = async (folder: string): Promise<void> => {
  const file = join(folder, 'process')
  const other = Number((await readIfThere(file)) ?? 0)
  if (other !== process.pid && isAlive(other))
    throw new Busy(`Skein runs here already (process ${other}): stop it first.`)
  await writePrivately(file, String(process.pid))
}

const isAlive = (pid: number): boolean => {
  if (pid === 0) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const freeOr0 = (port: number): Promise<number> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(0))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)))
  })

const accountFile = (folder: string): string => join(folder, 'account.json')

const knownAccount = async (folder: string): Promise<Account | undefined> => {
  const text = await readIfThere(accountFile(folder))
  return text === undefined ? undefined : Account.parse(JSON.parse(text))
}

/** The account file is written last: a start that was cut short begins again from nothing. */
const setUp = async (folder: string): Promise<Account> => {
  const data = join(folder, 'hub')
  console.error(
    'The first start: setting up a hub with its own database and filling it with a demonstration workspace.',
  )
  if (existsSync(data)) await rm(data, { recursive: true })
  // Made up here: what is only shown still has a password that nobody else knows.
  const password = randomBytes(18).toString('base64url')
  const init = [cli, 'init', '--data', data, '--admin', 'admin@skein.example', '--password-stdin']
  await runWith(process.execPath, init, `${password}\n`)
  const printed = await runWith(
    process.execPath,
    [seedScript, '--data', data, '--password-stdin'],
    `${password}\n`,
  )
  const account = { email: lastJson(printed, Seeded).email, password }
  await writePrivately(accountFile(folder), JSON.stringify(account))
  return account
}

const lastJson = <T>(text: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(text.trim().split('\n').at(-1) ?? ''))
