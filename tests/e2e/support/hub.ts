import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { type Program, run, startProgram } from './process.ts'

const cli = 'build/bin/skein-hub.mjs'
const Ready = z.object({ ready: z.literal(true), url: z.string(), smtp: z.number() })

const Status = z.object({
  jobs: z.array(z.object({ kind: z.string(), waiting: z.number(), active: z.number() })),
})

export const password = 'correct horse 电池 staple'

/** A workspace of people and one mailbox, made by the administrator's commands, of which each test gets a copy. */
export interface Workspace {
  folder: string
  /** Port of the customers' mail server, which the mailbox sends to. */
  customersPort: number
  remove(): Promise<void>
}

/** The commands take as long as many a test: they are run once a worker. */
export async function makeWorkspace(
  customersPort: number,
  agents: readonly { email: string; name: string; role: string }[],
): Promise<Workspace> {
  const folder = await roomFor('workspace')
  const hub = new TestHub(folder)
  const smtp = `smtp://127.0.0.1:${customersPort}`
  await hub.command(['init', '--admin', 'admin@skein.example', '--password-stdin'], password)
  await hub.command(['inbox', 'add', 'email', '--address', 'support@skein.example', '--smtp', smtp])
  for (const { email, name, role } of agents)
    await hub.command(['agent', 'add', email, '--name', name, '--role', role, '--password-stdin'], password)
  return { folder, customersPort, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A folder that PostgreSQL, which does not run as root, can reach. */
async function roomFor(what: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `skein-${what}-`))
  await chmod(folder, 0o755)
  return folder
}

/** With owners: the database belongs to its own account. */
async function copy(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') await cp(from, to, { recursive: true })
  else await promisify(execFile)('cp', ['-a', `${from}/.`, to])
}

/** The real hub as its administrator runs it: own data folder, own PostgreSQL, own ports. */
export class TestHub {
  readonly data: string
  #program: Program<z.infer<typeof Ready>> | undefined
  #ports: { url: string; port: number; smtp: number } | undefined
  readonly #env: Record<string, string>

  constructor(folder: string) {
    this.data = join(folder, 'data')
    const home = join(folder, 'home')
    // Other systems of a test are on this machine; without its owner's word the hub would not ask them.
    this.#env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), SKEIN_CONNECT_ALLOW: '127.0.0.1' }
  }

  /** A hub of its own on a copy of the workspace. */
  static async of(workspace: Workspace): Promise<TestHub> {
    const folder = await roomFor('hub')
    await copy(workspace.folder, folder)
    const hub = new TestHub(folder)
    await hub.start()
    return hub
  }

  get url(): string {
    return this.#ports!.url
  }
  get smtp(): number {
    return this.#ports!.smtp
  }
  /** The process that serves. */
  get pid(): number {
    return this.#program!.process.pid!
  }
  get running(): boolean {
    return this.#program !== undefined
  }
  log(): string {
    return this.#program?.log() ?? ''
  }

  /** Starts serving, on the same ports as before, so that desks find it again. */
  async start(): Promise<void> {
    const port = String(this.#ports?.port ?? 0)
    const smtp = String(this.#ports?.smtp ?? 0)
    this.#program = await startProgram({
      command: [cli, 'serve', '--data', this.data, '--port', port, '--smtp-port', smtp],
      env: this.#env,
      ready: Ready,
    })
    const { url, smtp: smtpPort } = this.#program.ready
    this.#ports = { url, port: Number(new URL(url).port), smtp: smtpPort }
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#program?.stop(signal)
    this.#program = undefined
  }

  /** A `skein-hub` command on this hub's data. */
  command([name, ...rest]: string[], input = ''): Promise<string> {
    return run([cli, name!, ...rest, '--data', this.data], input, this.#env)
  }

  /** Jobs that the hub still has to do. */
  async waitingJobs(): Promise<number> {
    const status = Status.parse(JSON.parse(await this.command(['status', '--json'])))
    return status.jobs.reduce((sum, { waiting, active }) => sum + waiting + active, 0)
  }

  async remove(): Promise<void> {
    if (!this.running) await this.start() // so that its PostgreSQL is stopped, too
    await this.stop()
    await rm(join(this.data, '..'), { recursive: true, force: true })
  }
}
