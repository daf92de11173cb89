import { key } from '#shared/model/row.ts'
import type { Down } from '#shared/protocol/down.ts'
import { memoryVault } from '../../server/auth/memory-vault.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import type { BlobStore } from '../../server/blobs/blob-store.ts'
import type { ReceiveHost } from '../../server/channels/channel.ts'
import type { Random } from '../../server/demo/random.ts'
import { after } from '../../server/effects/after.ts'
import { deliverJob } from '../../server/effects/deliver.ts'
import { fileJob } from '../../server/effects/file.ts'
import { afterRestore } from '../../server/effects/restored.ts'
import { scrubJob } from '../../server/effects/scrub.ts'
import { transcriptJob } from '../../server/effects/transcript.ts'
import { wakeJob } from '../../server/effects/wake.ts'
import { receiveHost } from '../../server/inbound/deliver.ts'
import type { NewJob, Store } from '../../server/store/store.ts'
import type { Log } from '../../server/sync/ground.ts'
import type { After } from '../../server/sync/run.ts'
import type { Session, SessionLimits, SessionSocket } from '../../server/sync/session.ts'
import { createSessions, type Sessions } from '../../server/sync/sessions.ts'
import { Customers } from './customers.ts'
import type { Database } from './database.ts'
import { type Life, seenFrom } from './life.ts'
import type { Doors } from './network.ts'
import type { PostOffice } from './post-office.ts'
import { Rights } from './rights.ts'
import type { VirtualTime } from './virtual-time.ts'
import { inboxOf, type Seat } from './workspace.ts'

/** Keys are derived from it slowly, and a story has many hubs. */
const secrets = secretsFrom(Buffer.alloc(32, 7))

/** Small windows and pages, so that a short story meets every edge of them. */
const limits: SessionLimits = {
  window: 2,
  pullRows: 7,
  firstPageRows: 4,
  pageRows: 6,
  itemsPerConversation: 3,
  olderItems: 4,
  waiting: 64,
}
/** Before each further attempt to send. Milliseconds. */
const RETRY_AFTER = [1_000, 4_000, 10_000]

/** Where a deliberate fault is put in. */
export interface HubSeams {
  /** What a run of the hub sees as its store. */
  store?(store: Store, hub: SimulatedHub): Store
  after?(after: After): After
  socket?(socket: SessionSocket): SessionSocket
  restored?(store: Store, now: number): Promise<unknown>
  /** The hub has been killed. */
  killed?(hub: SimulatedHub): Promise<void>
}

export interface HubGround {
  time: VirtualTime
  random: Random
  database: Database
  office: PostOffice
  seats: readonly Seat[]
  seams: HubSeams
}

interface Running extends Life {
  sessions: Sessions
  door: ReceiveHost
  handlers: Record<NewJob['kind'], (job: NewJob) => Promise<void>>
  /** Jobs with their handler. */
  busy: Set<string>
}

/** The real sync code, send job, wake job and inbound code of a hub, on a database that outlives it. */
export class SimulatedHub implements Doors {
  /** Errors that our own code reported; there must be none. */
  readonly errors: string[] = []
  readonly rights: Rights
  readonly customers: Customers
  /** How often the database was taken back. */
  restores = 0
  readonly #ground: HubGround
  /** Whether the database of this story takes its time. */
  readonly #slow: boolean
  #running: Running | undefined
  #made = 0

  constructor(ground: HubGround) {
    this.#ground = ground
    this.#slow = ground.random.next() < 0.3
    this.rights = new Rights(ground.time)
    this.customers = new Customers(
      ground.time,
      ground.random,
      inbound => this.#running?.door.deliver(inbound) ?? null,
    )
  }

  get database(): Database {
    return this.#ground.database
  }

  get store(): Store {
    return this.#ground.database.store
  }

  get now(): number {
    return this.#ground.time.now
  }

  async start(): Promise<void> {
    if (this.#running) return
    await this.rights.read(this.store)
    const { time, office, database, seams } = this.#ground
    const life = { alive: true }
    const seen = seenFrom(this.store, life, () => this.#moment())
    const store = seams.store?.(seen, this) ?? seen
    const now = (): number => time.now
    const log = this.#log(life)
    const channel = office.channel(() => life.alive)
    const deps = {
      store,
      now,
      log,
      newId: () => `hub-${++this.#made}`,
      channels: new Map([['email', channel]]),
      vault: memoryVault(),
      secrets,
      blobs: {} as BlobStore,
    }
    const running: Running = Object.assign(life, {
      sessions: createSessions({
        store,
        now,
        newId: deps.newId,
        after: seams.after?.(after) ?? after,
        log,
        scheduler: {
          after: (milliseconds: number, run: () => void) =>
            time.after(milliseconds, () => life.alive && run()),
        },
        limits,
      }),
      door: receiveHost(deps, channel),
      handlers: {
        deliver: deliverJob({ ...deps, retryAfter: RETRY_AFTER }),
        wake: wakeJob(deps),
        file: fileJob(deps),
        transcript: transcriptJob(deps),
        scrub: scrubJob(deps),
      },
      busy: new Set<string>(),
    })
    this.#running = running
    database.jobs.onPut = job => this.#later(running, job)
    for (const job of database.jobs.all()) this.#later(running, job)
  }

  /** As when the process is killed: connections and everything in memory are gone, what was committed stays. */
  async kill(): Promise<void> {
    const dying = this.#running
    if (!dying) return
    this.#end(dying)
    await this.#ground.seams.killed?.(this)
  }

  /** Stopped by its administrator: every desk is told goodbye. */
  stop(): void {
    if (this.#running) this.#end(this.#running)
  }

  #end(running: Running): void {
    this.#running = undefined
    running.alive = false
    this.database.jobs.onPut = undefined
    void running.sessions.close()
  }

  /** The database is taken back to its backup and the hub started anew (S5). False: there is no backup. */
  async restore(): Promise<boolean> {
    await this.kill()
    if (!(await this.database.restore())) {
      await this.start()
      return false
    }
    this.restores += 1
    const { seams, time } = this.#ground
    await (seams.restored ?? afterRestore)(this.store, time.now)
    await this.start()
    return true
  }

  open(deviceId: string, socket: SessionSocket): Session | null {
    const seat = this.#ground.seats.find(each => each.deviceId === deviceId)
    if (!seat || !this.#running) return null
    const { seams } = this.#ground
    const watched: SessionSocket = {
      send: <N extends keyof Down>(name: N, message: Down[N]) => {
        if (name === 'patch') this.rights.watch(seat, message as Down['patch'])
        socket.send(name, message)
      },
      close: () => socket.close(),
    }
    return this.#running.sessions.open(seat, seams.socket?.(watched) ?? watched)
  }

  gone(session: Session): void {
    this.#running?.sessions.gone(session)
  }

  customerWrites(conversationId: string): void {
    this.customers.write(conversationId, inboxOf(conversationId))
  }

  /** Gives or takes inboxes, at the administrator's command line. */
  async grant(agentId: string, inboxIds: string[]): Promise<void> {
    await this.store.write(async tx => {
      await tx.load([key('agent', agentId)])
      const found = tx.get('agent', agentId)
      if (found) tx.put('agent', { ...found, inboxIds })
    })
    await this.rights.read(this.store)
  }

  /** Drops what the feed of a stream remembers of rows that are gone (S4). */
  async purge(stream: `inbox:${string}` | 'workspace'): Promise<void> {
    const [head] = await this.store.heads([stream])
    if (head) await this.store.purge(stream, head.version)
  }

  /** What is still being worked on, in words. */
  get unfinished(): string[] {
    return [
      ...this.database.jobs
        .all()
        .filter(({ kind, at }) => kind === 'deliver' || at <= this.#ground.time.now)
        .map(({ kind, key: id }) => `${kind} ${id}`),
      ...this.customers.waiting.map(mail => `${mail} is not taken in`),
    ]
  }

  /** When the last of its deliveries is planned for; 0: none. True time. */
  get lastDue(): number {
    const planned = this.database.jobs.all().filter(({ kind }) => kind === 'deliver')
    return Math.max(0, ...planned.map(({ at }) => at))
  }

  #later(running: Running, job: NewJob): void {
    const { time, random } = this.#ground
    const due = Math.max(0, job.at - time.now)
    time.after(due + random.between(1, 30), () => void this.#work(running, job))
  }

  async #work(running: Running, job: NewJob): Promise<void> {
    const word = `${job.kind} ${job.key}`
    const { jobs } = this.database
    if (!running.alive || running.busy.has(word) || !jobs.all().includes(job)) return
    running.busy.add(word)
    try {
      await running.handlers[job.kind](job)
    } catch (error) {
      this.errors.push(`job ${word}: ${error instanceof Error ? error.stack : String(error)}`)
    }
    running.busy.delete(word)
    jobs.finish(job)
    const next = jobs.all().find(each => `${each.kind} ${each.key}` === word)
    if (next) this.#later(running, next)
  }

  #moment(): Promise<void> | undefined {
    const { time, random } = this.#ground
    if (!this.#slow) return undefined
    return time.pause(random.next() < 0.05 ? random.between(10, 40) : random.between(0, 4))
  }

  #log(life: Life): Log {
    return {
      info() {},
      warn() {},
      error: (facts, message) => {
        if (life.alive) this.errors.push(`${message} ${JSON.stringify(facts)}`)
      },
    }
  }
}
