/** The hub as its administrator runs it: the command, a process of its own, its own PostgreSQL in its data folder. */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Session } from '#shared/protocol/http.ts'
import { type Program, startProgram } from '../e2e/support/process.ts'
import { Desk, password } from './hub.ts'

const cli = 'build/bin/skein-hub.mjs'
const Ready = z.object({ ready: z.literal(true), url: z.string(), smtp: z.number() })

export class HubProgram {
  readonly folder: string
  #program: Program<z.infer<typeof Ready>> | undefined
  readonly #desks: Desk[] = []

  private constructor(folder: string) {
    this.folder = folder
  }

  static async make(): Promise<HubProgram> {
    const folder = await mkdtemp(join(tmpdir(), 'skein-command-'))
    await chmod(folder, 0o755) // PostgreSQL runs as another user when we are root
    return new HubProgram(folder)
  }

  get data(): string {
    return join(this.folder, 'data')
  }
  get url(): string {
    return this.#program!.ready.url
  }
  get smtp(): number {
    return this.#program!.ready.smtp
  }
  get #env(): Record<string, string> {
    return {
      HOME: join(this.folder, 'home'),
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      SKEIN_SECRET_KEY: '',
      DATABASE_URL: '',
    }
  }

  async command(words: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [cli, ...words, '--data', this.data], {
      env: { ...process.env, ...this.#env },
    })
    let [out, err] = ['', '']
    child.stdout.on('data', data => (out += data))
    child.stderr.on('data', data => (err += data))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    const code = await new Promise<number | null>(resolve => child.once('close', resolve))
    return { code, out, err }
  }

  /** A command that must succeed; answers what it printed. */
  async run(words: string[], input = ''): Promise<string> {
    const { code, out, err } = await this.command(words, input)
    if (code !== 0) throw new Error(`${words.join(' ')}: ${err}`)
    return out
  }

  async start(): Promise<void> {
    this.#program = await startProgram({
      command: [cli, 'serve', '--data', this.data, '--port', '0', '--smtp-port', '0'],
      env: this.#env,
      ready: Ready,
    })
  }

  async kill(): Promise<void> {
    await this.#program?.stop('SIGKILL')
    this.#program = undefined
  }

  async desk(email: string): Promise<Desk> {
    const response = await fetch(`${this.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password, device: { id: null, name: 'test', platform: 'linux' } }),
    })
    const desk = new Desk(this.url, (await response.json()) as Session)
    this.#desks.push(desk)
    desk.hello()
    await desk.live()
    return desk
  }

  async secretKeyFile(): Promise<string> {
    const folder = join(this.folder, 'config', 'skein-hub')
    const [name] = await readdir(folder)
    return join(folder, name!)
  }

  /** Files of the data folder that hold these bytes. */
  async filesWith(words: string): Promise<string[]> {
    const entries = await readdir(this.data, { recursive: true, withFileTypes: true })
    const found = []
    for (const entry of entries) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      if ((await readFile(path)).includes(words)) found.push(path)
    }
    return found
  }

  async remove(): Promise<void> {
    for (const desk of this.#desks) desk.close()
    if (!this.#program) await this.start().catch(() => undefined) // so that its PostgreSQL is stopped, too
    await this.#program?.stop('SIGTERM')
    await rm(this.folder, { recursive: true, force: true })
  }
}
