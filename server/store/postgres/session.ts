import pg from 'pg'
import type { Statement } from './statements.ts'

/**
 * One connection, for the time of one transaction. What is asked without waiting goes down the wire together (the pool's
 * connections are pipelined), and the database works it off in that order: a round trip saved is time and locks saved.
 */
export class Session {
  private readonly client: pg.PoolClient
  /** Sent, and not waited for before the commit. */
  private readonly posted: Promise<unknown>[] = []
  /** The first error of the database: after it nothing of this transaction can be kept, whoever caught it. */
  broken: unknown

  constructor(client: pg.PoolClient) {
    this.client = client
  }

  // biome-ignore lint/suspicious/noExplicitAny: each caller names the columns of its own statement
  async run<T extends pg.QueryResultRow = any>(statement: Statement, values: unknown[]): Promise<T[]> {
    return (await this.send(() => this.client.query<T>({ ...statement, values }))).rows
  }

  say(text: string, values?: unknown[]): Promise<pg.QueryResult> {
    return this.send(() => this.client.query(text, values))
  }

  /** Sends a statement whose answer says nothing but whether it worked; if not, the commit behind it does not happen. */
  post(statement: Statement, values: unknown[]): void {
    this.after(this.run(statement, values))
  }

  /** Begins without waiting: the first statements go along. */
  begin(mode: Mode): void {
    this.after(this.say(BEGIN[mode]))
  }

  /** Rejects with the first error of anything posted; the database has then rolled back (a commit behind an error does). */
  async commit(): Promise<void> {
    const committed = this.say('commit')
    await Promise.allSettled([...this.posted, committed])
    if (this.broken !== undefined) throw this.broken
    const { command } = await committed
    if (command !== 'COMMIT') throw new Error(`the commit was answered with ${command}`)
  }

  private after(answer: Promise<unknown>): void {
    answer.catch(() => undefined) // kept in `broken`
    this.posted.push(answer)
  }

  private async send<T>(query: () => Promise<T>): Promise<T> {
    if (this.broken !== undefined) throw this.broken
    try {
      return await query()
    } catch (error) {
      // Behind the first error everything fails, and only says that something did.
      this.broken ??= error
      throw this.broken
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
    session.begin(mode)
    try {
      const answer = await work(session)
      await session.commit()
      return answer
    } catch (error) {
      // What is no word of the database is the connection's end, or its silence: nobody is there to roll back.
      if (session.broken !== undefined && !(session.broken instanceof pg.DatabaseError)) lost = session.broken
      else
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
