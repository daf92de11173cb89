import type pg from 'pg'
import type { Statement } from './statements.ts'

/** One connection, for the time of one transaction. */
export class Session {
  private readonly client: pg.PoolClient
  /** The first error of the database: after it nothing of this transaction can be kept, whoever caught it. */
  broken: unknown

  constructor(client: pg.PoolClient) {
    this.client = client
  }

  // biome-ignore lint/suspicious/noExplicitAny: each caller names the columns of its own statement
  async run<T extends pg.QueryResultRow = any>(statement: Statement, values: unknown[]): Promise<T[]> {
    if (this.broken !== undefined) throw this.broken
    try {
      const { rows } = await this.client.query<T>({ ...statement, values })
      return rows
    } catch (error) {
      this.broken = error
      throw error
    }
  }

  async say(text: string, values?: unknown[]): Promise<pg.QueryResult> {
    if (this.broken !== undefined) throw this.broken
    try {
      return await this.client.query(text, values)
    } catch (error) {
      this.broken = error
      throw error
    }
  }
}

export type Mode = 'write' | 'snapshot'

const BEGIN: Record<Mode, string> = {
  write: 'begin',
  snapshot: 'begin isolation level repeatable read read only',
}

/** Runs `work` in a transaction. A connection that may be in an unknown state is not used again. */
export async function inTransaction<T>(
  pool: pg.Pool,
  mode: Mode,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let lost: unknown
  const onError = (error: unknown): void => {
    lost = error
  }
  client.on('error', onError)
  try {
    const session = new Session(client)
    await session.say(BEGIN[mode])
    try {
      const answer = await work(session)
      if (session.broken !== undefined) throw session.broken
      await session.say('commit')
      return answer
    } catch (error) {
      await client.query('rollback').catch(problem => {
        lost = problem
      })
      throw session.broken ?? error
    }
  } finally {
    client.off('error', onError)
    client.release(lost !== undefined)
  }
}
