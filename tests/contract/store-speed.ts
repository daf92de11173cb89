// How fast the store on PostgreSQL is, on a durable server of its own: node tests/contract/store-speed.ts [CONVERSATIONS]
// Figures for P1 (what the hub reads) and P6 (what it writes); the whole way to a desk is measured by tests/bench.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { type Doc, key } from '#shared/model/row.ts'
import { connect } from '../../server/db/connection.ts'
import { startServer } from '../../server/db/server.ts'
import { pgBossJobs } from '../../server/jobs/pg-boss.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { Transaction } from '../../server/store/store.ts'
import { conversation, customer, identity, item } from './store-rows.ts'

const wanted = Number(process.argv[2] ?? 5000)
const ITEMS = 18
const text =
  '您好，我上周订购的商品还没有收到，请帮我查询。The parcel has not arrived yet, nothing for days. '.repeat(4)

const folder = mkdtempSync(join(tmpdir(), 'skein-speed-'))
chmodSync(folder, 0o711)
const server = await startServer({ folder: join(folder, 'postgres') })
const database = await connect(server.url)
const jobs = await pgBossJobs({ database })
const store = await postgresStore({ database, jobs: jobs.table })

async function timed(what: string, work: () => Promise<number>): Promise<void> {
  const from = performance.now()
  const count = await work()
  const took = performance.now() - from
  const rate = Math.round((count / took) * 1000)
  console.log(
    JSON.stringify({ what, count, milliseconds: Math.round(took), perSecond: rate, load: loadavg()[0] }),
  )
}

const all: Doc<'conversation'>[] = []
function matter(tx: Transaction, at: number): void {
  const ids = { inboxId: 'i1', customerId: uuidv7(), identityId: uuidv7() }
  const status = at % 5 ? ('closed' as const) : ('open' as const)
  const doc = conversation(uuidv7(), { ...ids, lastSeq: ITEMS, activityAt: 1e12 + at, status })
  tx.put('customer', customer(ids.customerId))
  tx.put('identity', identity(ids.identityId, ids.customerId))
  tx.put('conversation', doc)
  for (let seq = 1; seq <= ITEMS; seq++) tx.put('item', item(uuidv7(), doc, seq, { text }))
  all.push(doc)
}

const told = { name: 'reply.send', agentId: 'a', deviceId: 'd', mutationId: 'm', at: 1, facts: {} }
function change(tx: Transaction, id: string): void {
  const doc = tx.get('conversation', id) as Doc<'conversation'>
  tx.put('conversation', { ...doc, lastSeq: doc.lastSeq + 1 })
  tx.put('item', item(uuidv7(), doc, doc.lastSeq + 1, { text }))
  tx.event({ ...told, keys: [key('conversation', id)] })
}

await timed('rows put, 50 conversations a transaction', async () => {
  for (let from = 0; from < wanted; from += 50) {
    await store.write(async tx => {
      for (let at = from; at < from + 50; at++) matter(tx, at)
    })
  }
  return wanted * (ITEMS + 3)
})
await database.pool.query('vacuum analyze')

await timed('P1 rows in pages of first sync', async () => {
  let rows = 0
  let token: string | null = null
  do {
    const request = {
      stream: 'inbox:i1' as const,
      limit: 2000,
      activeSince: 0,
      itemsPerConversation: 50,
      token,
    }
    const page: Awaited<ReturnType<typeof store.page>> = await store.page(request)
    rows += page.rows.length
    token = page.token
  } while (token !== null)
  return rows
})

await timed('P1 rows pulled from version 0', async () => {
  let rows = 0
  let cursors = [{ stream: 'inbox:i1' as const, epoch: 1, version: 0 }]
  for (let more = true; more; ) {
    const answer = await store.pull({ device: { id: 'd', epoch: 1, confirmed: 0 }, cursors, limit: 2000 })
    rows += answer.rows.length
    more = answer.remaining > 0
    cursors = answer.cursors as typeof cursors
  }
  return rows
})

await timed('P6 changes, 200 a transaction (conversation, item, event, outcome each)', async () => {
  let n = 0
  while (n < 10_000) {
    const chosen = Array.from({ length: 200 }, (_, index) => all[(n + index) % all.length]?.id as string)
    await store.write(async tx => {
      await tx.device('d')
      await tx.load(chosen.map(id => key('conversation', id)))
      for (const [index, id] of chosen.entries()) {
        await tx.attempt(async () => {
          change(tx, id)
          return true
        })
        tx.putOutcome('d', 1, { n: n + index + 1, id: uuidv7(), outcome: { kind: 'done' } })
      }
    })
    n += 200
  }
  return n
})

for (const lanes of [1, 8]) {
  await timed(`changes one by one, ${lanes} at a time, one inbox`, async () => {
    const lane = async (offset: number): Promise<void> => {
      for (let turn = 0; turn < 400 / lanes; turn++) {
        const id = all[(offset * 997 + turn * 13) % all.length]?.id as string
        await store.write(async tx => {
          await tx.load([key('conversation', id)])
          change(tx, id)
        })
      }
    }
    await Promise.all(Array.from({ length: lanes }, (_, offset) => lane(offset)))
    return 400
  })
}

await timed('P7 pulls of the newest change', async () => {
  const [head] = await store.heads(['inbox:i1'])
  const cursors = [{ stream: 'inbox:i1' as const, epoch: 1, version: (head?.version ?? 2) - 2 }]
  for (let turn = 0; turn < 300; turn++) {
    await store.pull({ device: { id: 'd2', epoch: 1, confirmed: 0 }, cursors, limit: 1000 })
  }
  return 300
})

await timed('events sealed', async () => {
  const { rows } = await database.pool.query<{ count: number }>('select count(*) from event')
  await store.events(0, 1)
  return rows[0]?.count ?? 0
})

await store.close()
await jobs.stop()
await database.close()
await server.stop(true)
rmSync(folder, { recursive: true, force: true })
