import { describe, expect, test } from 'vitest'
import { type Doc, key } from '#shared/model/row.ts'
import { conversation, customer } from '../store-rows.ts'
import { type Ground, matter, start, words } from './ground.ts'

export function membership(at: Ground): void {
  const { put, change, pull } = at
  describe('membership', () => {
    test('S1: customer and identity travel with their conversation, before it', async () => {
      await put(matter('c1', 'i1'))
      const { rows, joins } = await pull(start('inbox:i1'))
      expect(words(rows)).toEqual([
        'customer:c1-customer',
        'identity:c1-identity',
        'conversation:c1',
        'item:c1-1',
      ])
      expect(joins.every(({ stream }) => stream === 'inbox:i1')).toBe(true)
      expect(joins).toHaveLength(4)
    })

    test('S1: a customer known in one inbox joins the next, and then changes in both', async () => {
      await put(matter('c1', 'i1'))
      const next = conversation('c2', {
        inboxId: 'i2',
        customerId: 'c1-customer',
        identityId: 'c1-identity',
      })
      await put(tx => tx.put('conversation', next))
      const second = await pull(start('inbox:i2'))
      expect(words(second.rows)).toEqual(['customer:c1-customer', 'identity:c1-identity', 'conversation:c2'])
      await change([key('customer', 'c1-customer')], tx =>
        tx.put('customer', customer('c1-customer', { name: '王芳' })),
      )
      const both = await pull(start('inbox:i1', 'inbox:i2'))
      expect(both.rows.filter(({ type }) => type === 'customer')).toMatchObject([
        { rev: 2, doc: { name: '王芳' } },
      ])
      expect(both.joins.filter(({ type }) => type === 'customer')).toHaveLength(2)
    })

    test('S26: whom a customer was merged into travels along, and leaves when unmerged', async () => {
      await put(matter('c1', 'i1'), tx => tx.put('customer', customer('k2')))
      expect(words((await pull(start('inbox:i1'))).rows)).not.toContain('customer:k2')
      const merge = (mergedInto: string | null) =>
        change([key('customer', 'c1-customer')], tx =>
          tx.put('customer', customer('c1-customer', { mergedInto })),
        )
      await merge('k2')
      const merged = await pull(start('inbox:i1'))
      expect(words(merged.rows)).toContain('customer:k2')
      await merge(null)
      const unmerged = await pull(merged.cursors)
      expect(unmerged.leaves).toEqual([{ stream: 'inbox:i1', type: 'customer', id: 'k2' }])
    })

    test('I5: a conversation that moves leaves its old inbox, with its company unless that has a reason to stay', async () => {
      await put(matter('c1', 'i1'))
      await put(matter('c2', 'i1'))
      const shared = { customerId: 'c2-customer', identityId: 'c2-identity' }
      await put(tx => tx.put('conversation', conversation('c3', { inboxId: 'i1', ...shared })))
      const { cursors } = await pull(start('inbox:i1'))
      await at.store.write(async tx => {
        await tx.load(['c1', 'c2'].flatMap(id => [key('conversation', id), key('item', `${id}-1`)]))
        for (const id of ['c1', 'c2']) {
          const doc = tx.get('conversation', id) as Doc<'conversation'>
          const inner = tx.get('item', `${id}-1`) as Doc<'item'>
          tx.put('conversation', { ...doc, inboxId: 'i2' })
          tx.put('item', { ...inner, inboxId: 'i2' })
        }
      })
      const old = await pull(cursors)
      expect(words(old.leaves).toSorted()).toEqual([
        'conversation:c1',
        'conversation:c2',
        'customer:c1-customer',
        'identity:c1-identity',
        'item:c1-1',
        'item:c2-1',
      ])
      expect(old.rows).toEqual([])
      const moved = await pull(start('inbox:i2'))
      expect(words(moved.rows)).toHaveLength(8)
      expect(moved.leaves).toEqual([])
    })

    test('S6: a conversation that changes brings its company even to a desk that never had it', async () => {
      await put(matter('c1', 'i1', 3))
      const heads = await at.store.heads(['inbox:i1'])
      await change([key('item', 'c1-3')], tx => {
        tx.put('item', { ...(tx.get('item', 'c1-3') as Doc<'item'>), text: 'changed' })
      })
      const { rows, joins } = await pull(heads)
      expect(words(rows)).toEqual([
        'customer:c1-customer',
        'identity:c1-identity',
        'conversation:c1',
        'item:c1-3',
      ])
      expect(words(joins).toSorted()).toEqual(words(rows).toSorted())
    })

    test('a conversation with a customer nobody knows is a bug and changes nothing', async () => {
      const stray = conversation('c1', { inboxId: 'i1', customerId: 'none', identityId: 'none' })
      await expect(put(tx => tx.put('conversation', stray))).rejects.toThrow(/customer:none/)
      expect((await at.store.heads(['inbox:i1']))[0]?.version).toBe(0)
    })
  })
}
