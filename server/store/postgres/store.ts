import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Doc, Key, Row, RowType } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Database } from '../../db/connection.ts'
import { codeOf } from '../../db/trouble.ts'
import type { Changes } from '../changes.ts'
import type { FeedWrite } from '../settle.ts'
import type { Head, NewJob, Pull, PullRequest, Store, Transaction } from '../store.ts'
import { brokenEvent, eventsAfter } from './events.ts'
import { explained, flush, Overtaken, spill } from './flush.ts'
import { Hints } from './hints.ts'
import { Notices } from './notices.ts'
import { page } from './page.ts'
import { pullTogether } from './pull.ts'
import { inTransaction, type Session } from './session.ts'
import * as statements from './statements.ts'
import { Talk } from './talk.ts'
import { Together } from './together.ts'
import { namedAllBy, transactionOn } from './transaction.ts'
import { kept } from './words.ts'

/** Where a transaction's jobs go: into the same database, with the same commit (S17). */
export interface JobTable {
  insert(
    jobs: readonly NewJob[],
    run: (text: string, values?: unknown[]) => Promise<pg.QueryResult>,
  ): Promise<void>
  /** After the commit, so that what is due need not wait for the next look. */
  committed(jobs: readonly NewJob[]): void
}

export interface PostgresStoreOptions {
  database: Database
  jobs: JobTable
}

/** Desks that lack no more than so many rows of a stream are answered together. */
const TOGETHER = { rows: 50, lanes: 2, requests: 64 }
/** Desks that were long away: so many at a time, each by itself. */
const ALONE = 4
const MOST_ATTEMPTS = 12
const REPEATABLE = new Set(['40001', '40P01'])

/** The store on PostgreSQL. Closing it leaves the database open: whoever opened that closes it. */
export async function postgresStore({ database, jobs }: PostgresStoreOptions): Promise<Store> {
  const { pool } = database
  const hints = new Hints()
  const talk = new Talk()
  const notices = new Notices(database.url, [hints, talk])
  await notices.open()

  const snapshot = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
    inTransaction(pool, 'snapshot', work)
  const query = async <T extends pg.QueryResultRow>(statement: statements.Statement, values: unknown[]) =>
    (await pool.query<T>({ ...statement, values })).rows

  const pulls = new Together<PullRequest, Pull | 'more'>(
    requests => pullTogether(query, requests, TOGETHER.rows),
    TOGETHER.lanes,
    TOGETHER.requests,
  )
  const alone = new Together<PullRequest, Pull | 'more'>(
    requests => pullTogether(query, requests, requests[0]?.limit ?? 0),
    ALONE,
    1,
  )
  async function pull(request: PullRequest): Promise<Pull> {
    const answer = request.limit > TOGETHER.rows ? await pulls.ask(request) : 'more'
    return answer === 'more' ? ((await alone.ask(request)) as Pull) : answer
  }

  const existing = (keys: readonly Key[]) =>
    query<Key>(statements.rows, [keys.map(({ type }) => type), keys.map(({ id }) => id)])

  async function once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let streams: Stream[] = []
    let made: NewJob[] = []
    let written: Changes | undefined
    const answer = await inTransaction(pool, 'write', async session => {
      const spilled: FeedWrite[] = []
      const { tx, changes, end } = transactionOn(session, async soFar => {
        spilled.push(...(await spill(soFar, session)))
      })
      written = changes
      const value = await work(tx)
      end()
      made = changes.jobs
      if (made.length > 0) await jobs.insert(made, (text, values) => session.say(text, values))
      streams = await flush(changes, session, spilled)
      return value
    }).catch(async error => {
      throw written ? await explained(error, written, existing) : error
    })
    if (made.length > 0) jobs.committed(made)
    if (streams.length > 0) {
      hints.committed(streams)
      void notices.send()
    }
    return answer
  }

  return {
    write: work => repeated(() => once(work)),
    pull,
    page: request => snapshot(session => page(session, request)),
    olderItems: (conversationId, beforeSeq, limit) =>
      query<Row>(statements.olderItems, [conversationId, beforeSeq, limit]),
    heads: streams => query<Head>(statements.heads, [streams]),
    async read<T extends RowType>(type: T, ids: readonly string[]) {
      if (ids.length === 0) return []
      const rows = await query<Row>(statements.rows, [ids.map(() => type), ids])
      return rows.map(({ doc }) => doc as Doc<T>)
    },
    async readWithin<T extends RowType>(type: T, ids: readonly string[], streams: readonly Stream[]) {
      if (ids.length === 0) return []
      const rows = await query<Row>(statements.rowsWithin, [ids.map(() => type), ids, streams])
      return rows.map(({ doc }) => doc as Doc<T>)
    },
    async all<T extends RowType>(type: T, after = '', limit?: number) {
      const rows = await query<{ doc: Doc<T> }>(statements.all, [type, after, limit ?? null])
      return rows.map(({ doc }) => doc)
    },
    named: name => query<Key>(statements.named, [kept(name)]),
    namedAll: names => namedAllBy(values => query(statements.namedAll, values), names),
    events: (after, limit) => eventsAfter(pool, after, limit),
    brokenEvent: () => brokenEvent(pool),
    purge: (stream, through) =>
      repeated(async () => {
        await query(statements.purge, [stream, through])
      }),
    renewEpochs: (atLeast = 0) =>
      inTransaction(pool, 'write', async session => {
        for (const text of statements.renewEpochs) await session.say(text, [atLeast])
      }),
    async ping() {
      await pool.query('select 1')
    },
    onCommit: listener => hints.listen(listener),
    tellHubs(words) {
      talk.say(words)
      void notices.send()
    },
    onTold: listener => talk.listen(listener),
    close: () => notices.close(),
  }
}

/** Runs a transaction until it meets nobody: those that deadlocked, or were overtaken, are run again (S3). */
async function repeated<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction()
    } catch (error) {
      const again = error instanceof Overtaken || REPEATABLE.has(codeOf(error))
      if (!again || attempt === MOST_ATTEMPTS) throw error
      // Longer from time to time, so that those who met do not meet again.
      await pause(attempt * 3)
    }
  }
}
