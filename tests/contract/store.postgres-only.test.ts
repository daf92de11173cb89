import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { key } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Database } from '../../server/db/connection.ts'
import { faultOf } from '../../server/db/trouble.ts'
import { type PgBossJobs, pgBossJobs } from '../../server/jobs/pg-boss.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { Store } from '../../server/store/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { conversation, customer, identity, tag } from './store-rows.ts'

/** What only a store with real concurrency and a real connection can get wrong. */
describe('the PostgreSQL store', () => {
  let made: TestDatabase
  let database: Database
  let jobs: PgBossJobs
  let store: Store
  beforeEach(async () => {
    made = await createTestDatabase()
    database = await made.open()
    jobs = await pgBossJobs({ database })
    store = await postgresStore({ database, jobs: jobs.table })
  })
  afterEach(async () => {
    await store.close()
    await jobs.stop()
    await made.drop()
  })

  const event = { name: 'e', agentId: null, deviceId: null, mutationId: null, at: 1, keys: [], facts: {} }

  test('S3: two transactions that wait for each other are both done, one of them at a second try', async () => {
    await store.write(async tx => {
      tx.put('tag', tag('t1', '0'))
      tx.put('tag', tag('t2', '0'))
    })
    let attempts = 0
    const reached = { t1: Promise.withResolvers<void>(), t2: Promise.withResolvers<void>() }
    const cross = (first: 't1' | 't2', second: 't1' | 't2'): Promise<void> =>
      store.write(async tx => {
        attempts += 1
        await tx.load([key('tag', first)])
        reached[first].resolve()
        await reached[second].promise
        await tx.load([key('tag', second)])
        for (const id of ['t1', 't2'] as const) {
          tx.put('tag', tag(id, `${tx.get('tag', id)?.name}${first}`))
        }
      })
    await Promise.all([cross('t1', 't2'), cross('t2', 't1')])
    expect(attempts).toBeGreaterThanOrEqual(3)
    const [one, two] = await store.read('tag', ['t1', 't2'])
    expect(one?.name).toMatch(/^0(t1t2|t2t1)$/)
    expect(two?.name).toBe(one?.name)
  })

  test('S12: an error of the database within an attempt ends the transaction, whoever catches it', async () => {
    const spoilt = store.write(async tx => {
      tx.put('tag', tag('t1'))
      await tx
        .attempt(async () => {
          await tx.load([key('tag', 'an id with \u0000, which no text of a database holds')])
          return true
        })
        .catch(() => undefined)
      return 'done'
    })
    await expect(spoilt).rejects.toThrow(/invalid byte sequence/)
    expect(await store.all('tag')).toEqual([])
  })

  test('a row looked for in vain by two at once is made by one and then found by the other', async () => {
    const looked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const find = (index: number): Promise<string> =>
      store.write(async tx => {
        await tx.load([key('tag', 't1')])
        looked[index]?.resolve()
        await Promise.all(looked.map(({ promise }) => promise))
        const found = tx.get('tag', 't1')
        tx.put('tag', tag('t1', `${found?.name ?? ''}${index}`))
        return found ? 'found' : 'made'
      })
    expect((await Promise.all([find(0), find(1)])).toSorted()).toEqual(['found', 'made'])
    expect((await store.read('tag', ['t1']))[0]?.name).toMatch(/^(01|10)$/)
  })

  test('I5: of a conversation that leaves an inbox and another of the same customer that comes, the customer stays', async () => {
    const ids = { customerId: 'k1', identityId: 'd1' }
    for (let round = 0; round < 10; round++) {
      const [leaver, comer] = [`leaver${round}`, `comer${round}`]
      const inbox = `i${round}`
      await store.write(async tx => {
        await tx.load([key('customer', 'k1'), key('identity', 'd1')])
        if (round === 0) {
          tx.put('customer', customer('k1'))
          tx.put('identity', identity('d1', 'k1'))
        }
        tx.put('conversation', conversation(leaver, { inboxId: inbox, ...ids }))
      })
      await Promise.all([
        store.write(async tx => {
          await tx.load([key('conversation', leaver)])
          tx.put('conversation', conversation(leaver, { inboxId: 'away', ...ids }))
        }),
        store.write(async tx => {
          tx.put('conversation', conversation(comer, { inboxId: inbox, ...ids }))
        }),
      ])
      const stream: Stream = `inbox:${inbox}`
      const { rows } = await store.pull({
        device: { id: 'd', epoch: 1, confirmed: 0 },
        cursors: [{ stream, epoch: 1, version: 0 }],
        limit: 100,
      })
      expect(rows.map(({ id }) => id)).toEqual(['k1', 'd1', comer])
    }
  })

  test('I8: events can be neither changed nor deleted, and a forged one is found', async () => {
    await store.write(async tx => {
      for (const name of ['one', 'two', 'three']) tx.event({ ...event, name })
    })
    expect(await store.events(0, 10)).toHaveLength(3)
    const forbidden = [
      `update event set name = 'changed'`,
      `update event set number = 7, hash = 'x' where number = 1`,
      'delete from event',
      'truncate event',
    ]
    for (const statement of forbidden) {
      await expect(database.pool.query(statement)).rejects.toThrow('events are append-only')
    }
    await store.write(async tx => tx.event({ ...event, name: 'unsealed' }))
    await expect(
      database.pool.query(`update event set name = 'changed', number = 4, hash = 'x' where number is null`),
    ).rejects.toThrow('events are append-only')
    expect(await store.brokenEvent()).toBeNull()

    // Somebody with the database's own rights can do it all the same: then the chain says where.
    await database.pool.query('alter table event disable trigger keep_event')
    await database.pool.query(`update event set agent_id = 'somebody' where name = 'two'`)
    expect(await store.brokenEvent()).toBe(2)
  })

  test('S16: an event that commits late gets a number no reader has passed', async () => {
    const middle = Promise.withResolvers<void>()
    const late = store.write(async tx => {
      tx.event({ ...event, name: 'late' })
      await middle.promise
    })
    await store.write(async tx => tx.event({ ...event, name: 'early' }))
    const first = await store.events(0, 10)
    expect(first.map(({ name }) => name)).toEqual(['early'])
    middle.resolve()
    await late
    expect((await store.events(1, 10)).map(({ name }) => name)).toEqual(['late'])
  })

  test('S30: another hub hears of a commit, also after its connection was cut', async () => {
    const other = await postgresStore({ database: await made.open(), jobs: jobs.table })
    const heard: Stream[] = []
    other.onCommit(streams => heard.push(...streams))
    await store.write(async tx => tx.put('tag', tag('t1')))
    await vi.waitFor(() => expect(heard).toEqual(['workspace']), 10_000)

    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query ilike 'listen%'`,
    )
    let name = 0
    await vi.waitFor(async () => {
      await store.write(async tx => tx.put('tag', tag(`again${name++}`)))
      expect(heard.length).toBeGreaterThan(1)
    }, 20_000)
    await other.close()
  })

  test('S24: what hubs say to each other arrives in order, also after the connection was cut, and is kept nowhere', async () => {
    const other = await postgresStore({ database: await made.open(), jobs: jobs.table })
    const [here, there]: [string[], string[]] = [[], []]
    store.onTold(words => here.push(words))
    other.onTold(words => there.push(words))
    for (let n = 0; n < 50; n += 1) store.tellHubs(`${n} ${'x'.repeat(6_900)}`)
    await vi.waitFor(() => expect(there).toHaveLength(50), 10_000)
    expect(there.map(words => Number.parseInt(words, 10))).toEqual(Array.from({ length: 50 }, (_, n) => n))
    expect(here).toEqual([])
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and (query ilike 'listen%' or query ilike '%pg_notify%') and pid <> pg_backend_pid()`,
    )
    await vi.waitFor(() => {
      other.tellHubs('again')
      expect(here).toContain('again')
    }, 20_000)
    const stop = store.onTold(() => expect.unreachable())
    stop()
    other.tellHubs('more')
    await vi.waitFor(() => expect(here).toContain('more'), 10_000)
    await other.close()
  })

  test('a connection that breaks during a transaction is an error, and the next transaction works', async () => {
    const broken = store.write(async tx => {
      tx.put('tag', tag('t1'))
      await tx.lock('held')
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and query ilike '%pg_advisory_xact_lock%' and pid <> pg_backend_pid()`,
      )
      await tx.named('n')
    })
    await expect(broken.catch(error => faultOf(error))).resolves.toMatchObject({ kind: 'hub-busy' })
    expect(await store.all('tag')).toEqual([])
    await store.write(async tx => tx.put('tag', tag('t2')))
    expect(await store.all('tag')).toEqual([tag('t2')])
  })

  test('the queries of first sync and of the feed use their indexes', async () => {
    await database.pool.query('set enable_seqscan = off')
    const plans = {
      row_listing: `select id from "row" where type = 'conversation' and doc is not null and home = 'inbox:i'
        and (open, activity_at) >= (false, 5::bigint) and (open, activity_at, id) < (true, 9::bigint, 'x')
        order by open desc, activity_at desc, id desc limit 10`,
      row_items: `select doc from "row" where type = 'item' and doc is not null and parent_id = 'c' order by seq desc limit 5`,
      feed_version: `select * from feed where stream = 's' and version > 5 order by version limit 5`,
    }
    const client = await database.pool.connect()
    await client.query('set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off')
    for (const [index, query] of Object.entries(plans)) {
      const { rows } = await client.query<Record<string, string>>(`explain ${query}`)
      const plan = rows.map(row => row['QUERY PLAN']).join('\n')
      expect(plan).toContain(index)
      expect(plan).not.toContain('Sort')
    }
    client.release(true)
  })
})
