import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Program, run, startProgram } from './process.ts'

const cli = 'build/bin/skein-hub.mjs'
const Ready = z.object({ ready: z.literal(true), url: z.string(), smtp: z.number() })

const Status = z.object({
  jobs: z.array(z.object({ kind: z.string(), waiting: z.number(), active: z.number() })),
})

export const password = 'correct horse 电池 staple'

/** The real hub as its administrator runs it: own data folder, own PostgreSQL, own ports. */
export class TestHub {
  readonly data: string
  #program: Program<z.infer<typeof Ready>> | undefined
  #ports: { url: string; port: number; smtp: number } | undefined
  readonly #env: Record<string, string>

  private constructor(data: string, home: string) {
    this.data = data
    // Other systems of a test are on this machine; without its owner's word the hub would not ask them.
    this.#env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), SKEIN_CONNECT_ALLOW: '127.0.0.1' }
  }

  static async create(
    smtpOut: string,
    agents: { email: string; name: string; role: string }[],
  ): Promise<TestHub> {
    const folder = await mkdtemp(join(tmpdir(), 'skein-hub-'))
    // PostgreSQL does not run as root; its own user must be able to reach the folder.
    await chmod(folder, 0o755)
    const hub = new TestHub(join(folder, 'data'), join(folder, 'home'))
    await hub.command(['init', '--admin', 'admin@skein.example', '--password-stdin'], password)
    await hub.command(['inbox', 'add', 'email', '--address', 'support@skein.example', '--smtp', smtpOut])
    for (const { email, name, role } of agents)
      await hub.command(['agent', 'add', email, '--name', name, '--role', role, '--password-stdin'], password)
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
