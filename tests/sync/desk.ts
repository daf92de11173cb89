import Sqlite from 'better-sqlite3'
import { type Doc, type Row, type RowType, rowTypes } from '#shared/model/row.ts'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import type { Verdict } from '#shared/mutations/mutation.ts'
import { ok } from '#shared/protocol/fault.ts'
import type { Ground } from '../../electron/core/ground.ts'
import { migrate } from '../../electron/core/replica/migrations/index.ts'
import { createReplica, type Replica } from '../../electron/core/replica/replica.ts'
import { type Connection, createConnection } from '../../electron/core/sync/connection.ts'
import { enqueue } from '../../electron/core/sync/rebase.ts'
import type { Random } from '../../server/demo/random.ts'
import type { Line } from './network.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A desk: the real replica (SQLite in memory) and the real connection, on a simulated line, with a clock that is wrong. */
export class SimulatedDesk {
  readonly agentId: string
  readonly line: Line
  /** Ids of the mutations this desk has accepted and not itself replaced. */
  readonly accepted = new Set<string>()
  readonly damage: unknown[] = []
  replica: Replica
  #connection: Connection
  readonly #db = new Sqlite(':memory:')
  readonly #ground: Ground
  #made = 0

  constructor(agentId: string, time: VirtualTime, random: Random, line: Line) {
    this.agentId = agentId
    this.line = line
    const skew = random.between(-600_000, 600_000)
    this.#ground = {
      now: () => time.now + skew,
      newId: () => `${agentId}-made-${++this.#made}`,
      random: () => random.next(),
      after: time.after,
      soon: run => void setImmediate(run),
    }
    migrate(this.#db)
    this.replica = createReplica(this.#db)
    this.replica.transaction(() =>
      this.replica.settings.set('session', {
        agentId,
        deviceId: `${agentId}-desk`,
        accessToken: 'token',
        accessExpiresAt: Number.MAX_SAFE_INTEGER,
        refreshToken: 'token',
        hubUrl: 'http://hub.example',
        email: `${agentId}@skein.example`,
      }),
    )
    this.#connection = this.#connect()
  }

  #connect(): Connection {
    const { replica } = this
    const connection = createConnection({
      replica,
      ground: this.#ground,
      dial: this.line.dial,
      tokens: {
        fresh: async () => ok(replica.settings.get('session')!),
        spoilt() {},
      },
      changed() {},
      applied() {},
      presence() {},
      ended() {},
      damaged: error => this.damage.push(error),
    })
    connection.start()
    return connection
  }

  /** As when its process is killed and started again: only what SQLite holds is left. */
  restart(): void {
    this.#connection.stop()
    this.replica = createReplica(this.#db)
    this.#connection = this.#connect()
  }

  wake(): void {
    this.#connection.wake()
  }

  get connection(): Connection {
    return this.#connection
  }

  /** Makes a change by hand. Undefined when the desk itself refused it. */
  act<N extends MutationName>(
    name: N,
    args: MutationArgs<N>,
    id = `${this.agentId}-did-${++this.#made}`,
  ): string | undefined {
    const before = this.#outbox()
    const verdict = this.#enqueue(name, args, id)
    if (verdict?.kind === 'refused') return undefined
    const after = this.#outbox()
    for (const gone of before) if (!after.has(gone)) this.accepted.delete(gone)
    this.accepted.add(id)
    this.#connection.push()
    return id
  }

  #enqueue(name: string, args: unknown, id: string): Verdict {
    let verdict: Verdict
    try {
      this.replica.transaction(() => {
        verdict = enqueue(this.replica, {
          id,
          agentId: this.agentId,
          name,
          args,
          at: this.#connection.hubNow(),
        })
        if (verdict?.kind === 'refused') throw new Refused()
      })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
    return verdict
  }

  #outbox(): Set<string> {
    return new Set(this.#db.prepare<[], string>('select id from outbox').pluck().all())
  }

  get waiting(): string[] {
    return [...this.#outbox()]
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
      (
        this.#db.prepare(`select id, rev, doc from ${type}`).all() as {
          id: string
          rev: number
          doc: string
        }[]
      ).map(({ id, rev, doc }) => ({ type, id, rev, doc: JSON.parse(doc) }) as Row),
    )
  }

  close(): void {
    this.#connection.stop()
    this.#db.close()
  }
}

class Refused extends Error {}
