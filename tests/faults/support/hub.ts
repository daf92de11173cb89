/** Hubs as their administrator runs them: the command, processes of their own, on one database that survives them. */

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { Role } from '#shared/model/agent.ts'
import type { Doc, RowType } from '#shared/model/row.ts'
import { addAgent } from '../../../server/admin/people.ts'
import { smtpRouteFromUrl } from '../../../server/channels/email/settings.ts'
import { saveSettings } from '../../../server/inbound/accounts.ts'
import { addInbox } from '../../../server/inboxes/rows.ts'
import { type Ground, openGround, secretsOf } from '../../../server/main.ts'
import type { Transaction } from '../../../server/store/store.ts'
import { type Child, startChild } from './children.ts'
import { password } from './desk.ts'

const cli = join(import.meta.dirname, '../../../server/admin/cli.ts')

/** One hub process and where it is reached; the same ports at every start, so that desks find it again. */
export class HubProcess {
  readonly #data: string
  readonly #env: Record<string, string>
  readonly #ports: { web: number; smtp: number }
  #child: Child | undefined
  #log = ''

  constructor(data: string, env: Record<string, string>, ports: { web: number; smtp: number }) {
    this.#data = data
    this.#env = env
    this.#ports = ports
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.web}`
  }
  get port(): number {
    return this.#ports.web
  }
  get smtp(): number {
    return this.#ports.smtp
  }
  get pid(): number | undefined {
    return this.#child?.process.pid
  }
  get running(): boolean {
    return this.#child !== undefined
  }
  /** What all processes of this hub wrote. */
  log(): string {
    return (this.#log + (this.#child?.log() ?? '')).slice(-20_000)
  }

  /** @throws with the hub's own words when it ends before it serves */
  async start(): Promise<void> {
    const { web, smtp } = this.#ports
    const words = ['serve', '--data', this.#data, '--port', String(web), '--smtp-port', String(smtp)]
    let ready: () => void
    const served = new Promise<void>(resolve => {
      ready = resolve
    })
    const child = startChild(cli, words, this.#env, line => line.includes('"ready":true') && ready())
    this.#child = child
    const early = child.ended.then(({ code, signal }) => {
      throw new Error(`the hub ended with ${code ?? signal} before it served\n${child.log()}`)
    })
    early.catch(() => undefined)
    await Promise.race([served, early])
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.process.kill(signal)
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = undefined
    await child?.kill(signal)
    this.#log = this.log() + (child?.log() ?? '')
  }
}

export interface Site {
  folder: string
  data: string
  env: Record<string, string>
  inboxId: string
  /** The database, open beside the hubs: to fill it and to look at what is there. */
  readonly ground: Ground
  /** The data folder while nothing runs on it, then the database again. */
  whileClosed(work: () => Promise<void>): Promise<void>
  /** Runs a command of the hub to its end. */
  command(words: readonly string[]): Promise<{ code: number | null; out: string; err: string }>
  /** A hub on this site's data; not started. */
  hub(over?: { env?: Record<string, string>; data?: string }): Promise<HubProcess>
  all<T extends RowType>(type: T): Promise<Doc<T>[]>
  remove(): Promise<void>
}

export interface SiteOptions {
  /** The way out for replies. */
  smtp: string
  agents: Record<string, Role>
  seed?(tx: Transaction, inboxId: string): void
}

/** Ways to remove what is still there, for a run that is ended from outside. */
export const openSites = new Set<() => Promise<void>>()

/** Everything a hub needs, made without running its command for each part. Not for a test of those commands. */
export async function makeSite({ smtp, agents, seed }: SiteOptions): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'skein-faults-'))
  await chmod(folder, 0o755) // PostgreSQL runs as another user when we are root
  const data = join(folder, 'data')
  const env = {
    HOME: join(folder, 'home'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    SKEIN_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATABASE_URL: '',
  }
  let ground = await openGround(data, { ...process.env, ...env })
  const workspaceId = uuidv7()
  const secrets = await secretsOf(workspaceId, true, env)
  const inboxId = uuidv7()
  await ground.store.write(async tx =>
    tx.put('workspace', { id: workspaceId, name: 'Faults', lockAfterDays: 14, windowDays: 90 }),
  )
  await saveSettings({ vault: ground.vault, secrets }, inboxId, { smtp: smtpRouteFromUrl(smtp) })
  await addInbox(ground, {
    id: inboxId,
    channel: 'email',
    name: 'Support',
    address: 'support@skein.example',
    signature: '',
    holdOfflineAfterMinutes: 240,
    active: true,
  })
  for (const [name, role] of Object.entries(agents))
    await addAgent(ground, { email: `${name}@skein.example`, name, role, password, inboxIds: [inboxId] })
  if (seed) await ground.store.write(async tx => seed(tx, inboxId))

  const hubs: HubProcess[] = []
  const remove = async (): Promise<void> => {
    openSites.delete(remove)
    for (const hub of hubs) await hub.stop('SIGKILL')
    await ground.close()
    await rm(folder, { recursive: true, force: true })
  }
  openSites.add(remove)
  return {
    folder,
    data,
    env,
    inboxId,
    get ground() {
      return ground
    },
    async whileClosed(work) {
      await ground.close()
      await work()
      ground = await openGround(data, { ...process.env, ...env })
    },
    async command(words) {
      let out = ''
      const child = startChild(cli, [...words, '--data', data], env, line => {
        out += `${line}\n`
      })
      const { code } = await child.ended
      return { code, out, err: child.log() }
    },
    async hub(over = {}) {
      const ports = { web: await freePort(), smtp: await freePort() }
      const hub = new HubProcess(over.data ?? data, { ...env, ...over.env }, ports)
      hubs.push(hub)
      return hub
    },
    async all(type) {
      const found = []
      for (let after: string | undefined; ; ) {
        const page = await ground.store.all(type, after, 1000)
        found.push(...page)
        if (page.length < 1000) return found
        after = page.at(-1)!.id
      }
    },
    remove,
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
