/** What the hub makes of a table: over HTTP, on the store in memory and on PostgreSQL. */
import { uuidv7 } from 'uuidv7'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Doc, key } from '#shared/model/row.ts'
import { conversationWith, customerWith, identityWith } from '#shared/model/testing.ts'
import type { ImportReport } from '#shared/protocol/import.ts'
import { memoryStaging } from '../../server/import/memory.ts'
import { postgresStaging } from '../../server/import/postgres.ts'
import { addressName } from '../../server/inbound/names.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { Store, Transaction } from '../../server/store/store.ts'
import { seedSmall, startHub } from '../core/ground.ts'
import { password } from '../hub/memory-hub.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { personAt, row } from './importer.ts'

const mail = (address: string) => ({ channel: 'email' as const, address })
const report = (more: Partial<ImportReport>): ImportReport => ({
  added: 0,
  changed: 0,
  left: 0,
  wrong: 0,
  ...more,
})

const byName = async (store: Store, name: string): Promise<Doc<'customer'> | undefined> =>
  (await store.all('customer')).find(each => each.name === name)

async function seed(tx: Transaction): Promise<void> {
  await seedSmall(tx)
  tx.name(addressName('email', 'maria@customer.example'), key('identity', 'identity'))
}

/** The same hub over HTTP, on each of the stores. */
const grounds = {
  async memory() {
    const staging = memoryStaging()
    return { ...(await startHub({ seed, deps: { staging } })), staging }
  },
  PostgreSQL: async () => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const opened = await database.open()
    const store = await postgresStore({
      database: opened,
      jobs: { insert: async () => undefined, committed: () => undefined },
    })
    onTestFinished(() => store.close())
    const deps = { store, staging: postgresStaging(opened.kysely) }
    await store.write(seed)
    return { ...(await startHub({ deps })), ...deps }
  },
}

describe.each(Object.entries(grounds))('an import, on %s', (_, start) => {
  test('is nobody’s until its commit, then everybody’s, and done once', async () => {
    const hub = await start()
    const sue = await personAt(hub.url, 'sue', password)
    const rows = Array.from({ length: 1200 }, (_, index) => row(index + 2, { tags: ['Fair 2026', 'refund'] }))
    const id = await sue.begin(rows)
    expect((await sue.ask(`/${id}`)).state).toEqual({ rows: 1200, done: null })
    const checked = await sue.ask(`/${id}/check`, {})
    expect(sue.end(checked)).toEqual({ t: 'report', report: report({ added: 1200 }) })
    expect(await hub.store.all('customer')).toHaveLength(1)
    expect((await hub.store.heads(['customers']))[0]?.version).toBe(0)

    const done = { t: 'done', report: report({ added: 1200 }) }
    expect(sue.end(await sue.ask(`/${id}/commit`, { part: false }))).toEqual(done)
    expect(sue.end(await sue.ask(`/${id}/commit`, { part: false }))).toEqual(done)
    expect((await sue.ask(`/${id}`)).state?.done).toEqual(report({ added: 1200 }))
    expect(await hub.store.all('customer')).toHaveLength(1201)
    // The tag that was there, and the new one.
    expect((await hub.store.all('tag')).map(({ name }) => name).toSorted()).toEqual(['Fair 2026', 'refund'])
    const [event] = (await hub.store.events(0, 100)).filter(({ name }) => name === 'customers.imported')
    expect(event).toMatchObject({ agentId: 'sue', facts: { import: id, added: 1200 } })
    expect(JSON.stringify(event)).not.toContain('person')
  })

  test('finds who is known by an address or an id, changes what the row says, and leaves the rest', async () => {
    const hub = await start()
    const sue = await personAt(hub.url, 'sue', password)
    const id = await sue.begin([
      row(2, {
        set: { company: 'Acme' },
        note: 'Met at the fair',
        addresses: [mail('maria@customer.example'), { channel: 'phone', address: '+8613800138000' }],
      }),
      row(3),
    ])
    const committed = await sue.ask(`/${id}/commit`, { part: false })
    expect(sue.end(committed)).toEqual({ t: 'done', report: report({ added: 1, changed: 1 }) })
    const maria = await byName(hub.store, 'Maria 玛丽亚')
    expect(maria).toMatchObject({ company: 'Acme', note: 'Met at the fair', tier: 'gold' })
    expect(maria?.edited?.company?.agentId).toBe('sue')
    const numbers = (await hub.store.all('identity')).filter(({ channel }) => channel === 'phone')
    expect(numbers).toMatchObject([{ customerId: 'customer', address: '+8613800138000' }])

    // The same table again, by the id and the number: nothing is left to do.
    const again = await sue.begin([
      row(2, { customerId: 'customer', set: { company: 'Acme' }, note: 'Met at the fair', addresses: [] }),
      row(3),
    ])
    expect(sue.end(await sue.ask(`/${again}/check`, {}))).toMatchObject({ report: report({ left: 2 }) })
    const left = await sue.begin([row(2, { customerId: 'customer', set: { tier: 'none' } })], 'leave')
    expect(sue.end(await sue.ask(`/${left}/commit`, { part: false }))).toMatchObject({
      report: report({ left: 1 }),
    })
    expect(await byName(hub.store, 'Maria 玛丽亚')).toMatchObject({ tier: 'gold' })
  })

  test('guesses nobody: rows that mean two customers, or one twice, are wrong; all or nothing, or without them', async () => {
    const hub = await start()
    const sue = await personAt(hub.url, 'sue', password)
    await sue.ask(`/${await sue.begin([row(3)])}/commit`, { part: false })
    const id = await sue.begin([
      row(2, { addresses: [mail('maria@customer.example'), mail('person3@import.example')] }),
      row(4),
      row(5, { addresses: [mail('person4@import.example')] }),
      row(6, { customerId: 'nobody' }),
      row(7),
    ])
    const wrong = [
      { row: 2, kind: 'two-customers' },
      { row: 5, kind: 'twice', other: 4 },
      { row: 6, kind: 'no-such-customer' },
    ]
    const refused = await sue.ask(`/${id}/commit`, { part: false })
    expect(sue.end(refused)).toEqual({ t: 'report', report: report({ added: 2, wrong: 3 }) })
    expect(sue.problems(refused)).toEqual(wrong)
    expect(await hub.store.all('customer')).toHaveLength(2)
    const part = await sue.ask(`/${id}/commit`, { part: true })
    expect(sue.end(part)).toEqual({ t: 'done', report: report({ added: 2, wrong: 3 }) })
    expect(await hub.store.all('customer')).toHaveLength(4)
  })

  test('I5: whoever only others may see is not found, nor made a second time', async () => {
    const hub = await start()
    const hidden = { customerId: 'hidden', identityId: 'hidden-i' }
    await hub.store.write(async tx => {
      await tx.load([key('agent', 'sue')])
      tx.put('agent', { ...tx.get('agent', 'sue')!, inboxIds: ['two'] })
      tx.put('customer', customerWith({ id: 'hidden' }))
      tx.put('identity', identityWith({ id: 'hidden-i', customerId: 'hidden', address: 'hidden@x.example' }))
      tx.name(addressName('email', 'hidden@x.example'), key('identity', 'hidden-i'))
      tx.put('conversation', conversationWith({ id: 'hidden-c', inboxId: 'one', ...hidden }))
    })
    const sue = await personAt(hub.url, 'sue', password)
    const id = await sue.begin([
      row(2, { addresses: [mail('hidden@x.example')] }),
      row(3, { customerId: 'hidden', addresses: [] }),
      row(4),
    ])
    const checked = await sue.ask(`/${id}/check`, {})
    expect(sue.problems(checked)).toEqual([
      { row: 2, kind: 'not-yours' },
      { row: 3, kind: 'no-such-customer' },
    ])
    await sue.ask(`/${id}/commit`, { part: true })
    expect((await hub.store.read('customer', ['hidden']))[0]).toMatchObject({ tier: '' })
    expect(await hub.store.named(addressName('email', 'hidden@x.example'))).toHaveLength(1)
  })

  test('I9: rows that wait are forgotten with whoever is erased, and sent again', async () => {
    const hub = await start()
    const sue = await personAt(hub.url, 'sue', password)
    const id = await sue.begin([row(2), row(3)])
    await hub.staging.emptyAll()
    expect((await sue.ask(`/${id}`)).state).toEqual({ rows: 0, done: null })
    expect(await sue.ask(`/${id}/commit`, { part: true })).toMatchObject({ kind: 'invalid' })
    await sue.ask(`/${id}/rows`, { from: 0, rows: [row(2), row(3)] })
    expect(sue.end(await sue.ask(`/${id}/commit`, { part: false }))).toMatchObject({ t: 'done' })
  })

  test('is for those who lead, each their own, with values that fit, in order', async () => {
    const hub = await start()
    const [ann, sue] = [await personAt(hub.url, 'ann', password), await personAt(hub.url, 'sue', password)]
    expect(await ann.ask('', { id: uuidv7(), rows: 1, existing: 'leave' })).toMatchObject({
      kind: 'forbidden',
    })
    const id = uuidv7()
    await sue.ask('', { id, rows: 2, existing: 'leave' })
    expect(await ann.ask(`/${id}`)).toMatchObject({ kind: 'forbidden' })
    const send = (from: number, rows: unknown[]) => sue.ask(`/${id}/rows`, { from, rows })
    expect((await send(1, [row(3)])).state).toMatchObject({ rows: 0 })
    expect((await send(0, [row(2)])).state).toMatchObject({ rows: 1 })
    expect((await send(0, [row(9)])).state).toMatchObject({ rows: 1 })
    expect(await sue.ask(`/${id}/commit`, { part: true })).toMatchObject({ kind: 'invalid' })
    for (const bad of [{ set: { nothing: 'x' } }, { set: { timeZone: 5 } }, { addresses: [mail('no')] }])
      expect(await send(1, [row(3, bad as never)])).toMatchObject({ kind: 'invalid' })
    expect((await sue.ask(`/${id}`, undefined, 'DELETE')).status).toBe(204)
    expect(await sue.ask(`/${id}`)).toMatchObject({ kind: 'not-found' })
  })
})
