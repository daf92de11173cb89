/**
 * The statements of the store find rows by index, whatever PostgreSQL knows of the tables and whatever is asked. A prepared
 * statement gets a generic plan after some uses, made without its arguments; before that one for its arguments; and a table
 * that grew since the last look at its statistics, or never had any, is taken to be small. Each of these has turned a look-up
 * into a reading of the whole table.
 */
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as statements from '../../server/store/postgres/statements.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

/** These grow with the workspace; `stream`, `device` and `hub_state` stay small enough to be read whole. */
const large = ['row', 'feed', 'outcome', 'row_name', 'event']
const STREAMS = 2000
const DEVICES = 10

const fill = [
  ...large.map(table => `alter table "${table}" set (autovacuum_enabled = off)`),
  `insert into stream select 'inbox:' || n, 1, 1000, 0 from generate_series(0, ${STREAMS - 1}) n`,
  `insert into "row" (type, id, rev, doc, streams, parent_id, seq)
   select 'item', 'i' || n, 1, '{}', array['inbox:' || n % 20], 'c' || n / 10, n % 10 from generate_series(0, 19999) n`,
  `insert into "row" (type, id, rev, doc, streams, home, parent_id, identity_id, open, activity_at, seq)
   select 'conversation', 'c' || n, 1, '{}', array['inbox:' || n % 20], 'inbox:' || n % 20, 'k' || n, 'd' || n, true, n, 10
   from generate_series(0, 1999) n`,
  `insert into feed
   select streams[1], type, id, row_number() over (partition by streams[1] order by type, id), false from "row"`,
  `insert into outcome select 'd' || n % ${DEVICES}, 1, n / ${DEVICES}, 'm' || n, '{}' from generate_series(0, 9999) n`,
  `insert into row_name select 'n' || n, 'item', 'i' || n from generate_series(0, 9999) n`,
  `insert into event (name, at, keys, facts, number, hash)
   select 'e', n, '[]', '{}', nullif(n, 10000), nullif('h' || n, 'h10000') from generate_series(1, 10000) n`,
]

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: PlanNode[]
}

function nodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodes)]
}

async function planOf(client: pg.PoolClient, text: string, values?: unknown[]): Promise<PlanNode[]> {
  const explain = values ? 'explain (format json)' : 'explain (generic_plan, format json)'
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`${explain} ${text}`, values)
  return nodes(rows[0]!['QUERY PLAN'][0].Plan)
}

const readWhole = (plan: readonly PlanNode[]): string[] =>
  plan
    .filter(node => node['Node Type'] === 'Seq Scan' && large.includes(node['Relation Name'] ?? ''))
    .map(node => node['Relation Name'] as string)

const indexes = (plan: readonly PlanNode[]): (string | undefined)[] => plan.map(node => node['Index Name'])

/** The arguments of a pull by so many cursors and devices. */
const pullOf = (count: number): unknown[] => {
  const each = <T>(value: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => value(n))
  return [
    each(n => `inbox:${n % STREAMS}`),
    each(() => 1),
    each(() => 990),
    51,
    each(n => `d${n % DEVICES}`),
    each(() => 1),
    each(() => 1),
  ]
}

describe.for(['never looked at', 'looked at when they were empty', 'known'])(
  'of tables that are %s',
  state => {
    let made: TestDatabase
    let client: pg.PoolClient
    beforeAll(async () => {
      made = await createTestDatabase()
      client = await (await made.open()).pool.connect()
      if (state === 'looked at when they were empty') await client.query('analyze')
      for (const statement of fill) await client.query(statement)
      if (state === 'known') await client.query('analyze')
    })
    afterAll(async () => {
      client.release(true)
      await made.drop()
    })

    test('the pull that desks share reads none whole when planned for any arguments', async () => {
      const plan = await planOf(client, statements.news.text)
      expect(readWhole(plan)).toEqual([])
      expect(indexes(plan)).toEqual(expect.arrayContaining(['feed_version', 'row_pkey', 'outcome_pkey']))
    })

    test('the pull that desks share reads none whole when planned for one cursor or a thousand', async () => {
      for (const count of [1, 10, 100, 1000]) {
        const plan = await planOf(client, statements.news.text, pullOf(count))
        expect({ count, whole: readWhole(plan) }).toEqual({ count, whole: [] })
        expect(indexes(plan)).toEqual(expect.arrayContaining(['feed_version', 'row_pkey', 'outcome_pkey']))
      }
    })

    test('every statement reads none whole when planned for any arguments', async () => {
      const all = Object.values(statements).filter(each => typeof each === 'object' && 'text' in each)
      for (const { name, text } of all)
        expect({ name, whole: readWhole(await planOf(client, text)) }).toEqual({ name, whole: [] })
      expect(all.length).toBeGreaterThan(20)
    })

    test('a table that is read whole would be seen', async () => {
      await client.query('begin')
      await client.query('drop index feed_version')
      await client.query('set local enable_bitmapscan = off')
      await client.query('set local enable_indexscan = off')
      expect(readWhole(await planOf(client, statements.news.text))).toContain('feed')
      await client.query('rollback')
    })
  },
)
