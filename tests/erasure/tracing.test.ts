/** Where an erasure looks for somebody: both stores answer alike. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { key, keyOf } from '#shared/model/row.ts'
import { memoryStore } from '../../server/store/memory/store.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { Store } from '../../server/store/store.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { seedMarked, words } from './marked.ts'

const stores: Record<string, () => Promise<Store>> = {
  'in-memory': async () => memoryStore(),
  async PostgreSQL() {
    const made = await createTestDatabase()
    const jobs = { insert: async () => undefined, committed() {} }
    const store = await postgresStore({ database: await made.open(), jobs })
    onTestFinished(async () => {
      await store.close()
      await made.drop()
    })
    return store
  },
}
const draft = {
  ...{ id: 'bo.m1.reply', agentId: 'bo', conversationId: 'm1', kind: 'reply' as const, text: '' },
  ...{ cc: [`Zi <${words.address}>`], attachments: [], heldItemId: null, updatedAt: 1 },
}
const sha256 = 'ab'.repeat(32)

describe.each(Object.entries(stores))('the %s store', (_name, open) => {
  let store: Store
  beforeEach(async () => {
    store = await open()
    await store.write(seedMarked)
    await store.write(async tx => {
      tx.put('draft', draft)
      tx.put('draft', { ...draft, id: 'bo.o1.reply', conversationId: 'o1' })
      tx.put('readMark', { id: 'ann.k1.read', agentId: 'ann', conversationId: 'k1', seq: 1 })
      await tx.load([key('item', 'o1-3')])
      const item = tx.get('item', 'o1-3')!
      const file = { sha256, name: 'x', type: 'x', size: 1, contentId: null }
      tx.put('item', { ...item, attachments: [file] })
      tx.name('upload:bo:x', key('agent', 'bo'))
    })
  })

  test('I9: everything of a customer is found: channels, conversations, entries, drafts, read marks', async () => {
    const own = await store.write(tx => tx.tracing.belongings(['zi']))
    const mail = ['m1', 'm2'].flatMap(id => [`conversation:${id}`, ...[1, 2, 3].map(n => `item:${id}-${n}`)])
    expect(own.map(keyOf).sort()).toEqual(
      [
        ...mail,
        ...['conversation:k1', 'item:k1-1', 'identity:zi-mail', 'identity:zi-chat'],
        ...['draft:bo.m1.reply', 'readMark:ann.k1.read'],
      ].sort(),
    )
  })

  test('I9: names of entries, mentions in any case, and files are found; a name that is taken away is gone', async () => {
    const { names, mentions, files } = await store.write(async tx => ({
      names: await tx.tracing.namesOf([key('item', 'm1-1')]),
      mentions: await tx.tracing.mentioning([words.address.toUpperCase()], []),
      files: await tx.tracing.mentioning([], [sha256]),
    }))
    expect(names).toEqual(['inbound:one:m1-1@customer.example'])
    expect(mentions.map(keyOf)).toEqual(expect.arrayContaining(['item:o1-1', 'draft:bo.o1.reply']))
    expect(mentions.map(keyOf)).not.toContain('item:o1-3')
    expect(files.map(keyOf)).toEqual(['item:o1-3'])
    await store.write(tx => tx.tracing.unname(['upload:bo:x']))
    expect(await store.named('upload:bo:x')).toEqual([])
  })
})
