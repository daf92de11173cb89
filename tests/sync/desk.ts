import { type Doc, type Row, type RowType, rowTypes } from '#shared/model/row.ts'
import { type MutationArgs, type MutationName, mutationNamed } from '#shared/mutations/index.ts'
import { ok } from '#shared/protocol/fault.ts'
import { FaultError } from '../../electron/core/fault-error.ts'
import type { Ground } from '../../electron/core/ground.ts'
import { createReplica, type Replica } from '../../electron/core/replica/replica.ts'
import { type Connection, createConnection } from '../../electron/core/sync/connection.ts'
import type { Dial } from '../../electron/core/sync/link.ts'
import { mutate } from '../../electron/core/sync/mutate.ts'
import type { Random } from '../../server/demo/random.ts'
import { giveBack, takeDatabase } from './databases.ts'
import type { Line } from './network.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Seat } from './workspace.ts'

/** Where a deliberate fault is put in. */
export interface DeskSeams {
  dial?(dial: Dial, desk: SimulatedDesk): Dial
  /** The replica has just been made; whatever is built into its database stays there. */
  replica?(replica: Replica): void
}

/** A change made by hand, as this desk remembers it apart from its replica. */
export interface Made {
  name: MutationName
  /** Of those that replace each other while they are unsent: which. */
  word: string | null
  /** The hub's answer has come. */
  answered: boolean
  /** The hub was taken back to a backup that does not have it, after it had answered: given up, by S5. */
  forgiven: boolean
}

/** A desk: the real replica (SQLite in memory) and the real connection, on a simulated line, with a clock that is wrong. */
export class SimulatedDesk {
  readonly seat: Seat
  readonly line: Line
  /** What a person did here and the desk accepted. */
  readonly made = new Map<string, Made>()
  readonly damage: unknown[] = []
  /** The desk's clock minus true time. Milliseconds. */
  skew: number
  replica: Replica
  readonly #seams: DeskSeams
  readonly #database = takeDatabase()
  readonly #ground: Ground
  #connection: Connection
  #made = 0

  constructor(seat: Seat, time: VirtualTime, random: Random, line: Line, seams: DeskSeams) {
    this.seat = seat
    this.line = line
    this.#seams = seams
    this.skew = random.between(-600_000, 600_000)
    this.#ground = {
      now: () => time.now + this.skew,
      newId: () => `${seat.deviceId}-made-${++this.#made}`,
      random: () => random.next(),
      after: time.after,
      soon: run => void time.after(0, run),
    }
    this.replica = this.#open()
    const { agentId, deviceId } = seat
    const email = `${agentId}@skein.example`
    const hubUrl = 'http://hub.example'
    this.replica.transaction(() => {
      this.replica.settings.set('owner', { hubUrl, agentId, email })
      this.replica.settings.set('session', {
        agentId,
        deviceId,
        accessToken: 'token',
        accessExpiresAt: Number.MAX_SAFE_INTEGER,
        refreshToken: 'token',
        hubUrl,
        email,
      })
    })
    seams.replica?.(this.replica)
    this.#connection = this.#connect()
  }

  #open(): Replica {
    this.#database.started()
    return createReplica(this.#database.db)
  }

  #connect(): Connection {
    const { replica } = this
    const connection = createConnection({
      replica,
      ground: this.#ground,
      dial: this.#seams.dial?.(this.#heard, this) ?? this.#heard,
      tokens: {
        fresh: async () => ok(replica.settings.get('session')!),
        spoilt() {},
        giveUp() {},
      },
      changed() {},
      // As the desk does: the words of what was refused go on as a draft.
      applied: ({ refused }) => {
        if (refused.length > 0) connection.push()
        if (this.#ground.random() < 0.2) replica.indexSome(3)
      },
      presence() {},
      ended() {},
      damaged: error => this.damage.push(error),
    })
    connection.start()
    return connection
  }

  /** Notes which of this desk's changes have been answered. */
  readonly #heard: Dial = (to, listener) =>
    this.line.dial(to, {
      ...listener,
      message: (name, payload) => {
        if (name === 'patch')
          for (const { id } of (payload as { acknowledged: { id: string }[] }).acknowledged) {
            const made = this.made.get(id)
            if (made) made.answered = true
          }
        listener.message(name, payload)
      },
    })

  /** As when its process is killed and started again: only what SQLite holds is left. */
  restart(): void {
    this.#connection.stop()
    const { db } = this.replica
    if (db.inTransaction) db.exec('rollback')
    this.replica = this.#open()
    this.#connection = this.#connect()
  }

  /** Does what a desk does when nobody waits for it. */
  tidy(): void {
    while (this.replica.indexSome(100) > 0);
    this.replica.settle()
  }

  wake(): void {
    this.#connection.wake()
  }

  get connection(): Connection {
    return this.#connection
  }

  /** Makes a change by hand. Answers false when the desk itself refused it. */
  act<N extends MutationName>(name: N, args: MutationArgs<N>): boolean {
    try {
      const { mutationId } = mutate(
        this.replica,
        { name, args },
        {
          newId: () => `${this.seat.deviceId}-did-${++this.#made}`,
          hubNow: () => this.#connection.hubNow(),
          live: () => this.#connection.standing.phase === 'live',
        },
      )
      const word = mutationNamed(name)?.coalesce?.(args) ?? null
      this.made.set(mutationId, { name, word, answered: false, forgiven: false })
    } catch (error) {
      if (error instanceof FaultError) return false
      throw error
    }
    this.#connection.push()
    return true
  }

  /** A number that no other act of this desk has. */
  next(): number {
    return ++this.#made
  }

  get waiting(): string[] {
    return this.column<string>('select id from outbox order by seq')
  }

  /** Changes that left the outbox without an answer, other than by a later one that replaces them. */
  get vanished(): string[] {
    const waiting = new Set(this.waiting)
    const made = [...this.made]
    return made.flatMap(([id, { name, word, answered }], index) => {
      const replaced = word !== null && made.slice(index + 1).some(([, later]) => later.word === word)
      return answered || waiting.has(id) || replaced ? [] : [`${name} ${id}`]
    })
  }

  /** The first column of a question to this desk's database. */
  column<T>(sql: string, ...values: unknown[]): T[] {
    return this.#database.ask(sql, values).map(row => row[0] as T)
  }

  /** The first two columns. */
  pairs<A, B>(sql: string): [A, B][] {
    return this.#database.ask(sql, []) as [A, B][]
  }

  get<T extends RowType>(type: T, id: string): Doc<T> | undefined {
    return this.replica.tables.get(type, id)
  }

  get now(): number {
    return this.#connection.hubNow()
  }

  /** Every row the desk shows. */
  rows(): Row[] {
    return rowTypes.flatMap(type =>
      this.#database
        .ask(`select id, rev, doc from ${type}`, [])
        .map(([id, rev, doc]) => ({ type, id, rev, doc: JSON.parse(doc as string) }) as Row),
    )
  }

  stop(): void {
    this.#connection.stop()
  }

  /** After it was stopped, and whatever was under way has ended. */
  close(): void {
    const { db } = this.replica
    if (db.inTransaction) db.exec('rollback')
    giveBack(this.#database, this.#seams.replica !== undefined || this.damage.length > 0)
  }
}
