import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '../../server/db/connection.ts'
import { migrate } from '../../server/db/migrate.ts'
import { migrations } from '../../server/db/migrations/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

describe('migrations', () => {
  let made: TestDatabase
  let database: Database
  beforeEach(async () => {
    made = await createTestDatabase()
    database = await made.open()
  })
  afterEach(() => made.drop())

  const empty = async (): Promise<void> => {
    await sql`drop schema public cascade`.execute(database.kysely)
    await sql`create schema public`.execute(database.kysely)
  }

  test('are recorded in order, and not run again', async () => {
    await migrate(database.kysely)
    const { rows } = await database.pool.query<{ name: string }>('select name from migration order by name')
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name))
  })

  test('run once when two hubs start together on an empty database', async () => {
    await empty()
    const [one, two] = await Promise.all([connect(made.url, 2), connect(made.url, 2)])
    const { rows } = await one.pool.query('select name from migration')
    expect(rows).toHaveLength(migrations.length)
    await Promise.all([one.close(), two.close()])
  })

  test('refuse a database that a newer hub has used, in a sentence, and change nothing', async () => {
    await database.pool.query(`insert into migration (name) values ('9999-from-the-future')`)
    await expect(connect(made.url, 2)).rejects.toMatchObject({
      message: expect.stringContaining('9999-from-the-future'),
      fault: { kind: 'hub-too-old' },
    })
    const { rows } = await database.pool.query('select name from migration')
    expect(rows).toHaveLength(migrations.length + 1)
  })

  test('that fail half-way leave the step before', async () => {
    await empty()
    const broken = {
      name: '0002-broken',
      async up(db: Parameters<(typeof migrations)[0]['up']>[0]) {
        await sql`create table half (id int)`.execute(db)
        await sql`create table half (id int)`.execute(db)
      },
    }
    const steps = [migrations[0] as (typeof migrations)[0], broken]
    await expect(migrate(database.kysely, steps)).rejects.toThrow(/already exists/)
    const { rows } = await database.pool.query(`select name from migration`)
    expect(rows).toEqual([{ name: migrations[0]?.name }])
    await expect(database.pool.query('select from half')).rejects.toThrow(/does not exist/)
  })
})
