import { describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import type { Transaction } from '../../../server/store/store.ts'
import { conversation, customer, identity } from '../store-rows.ts'
import { type Ground, matter, start, words } from './ground.ts'

export function everybody(at: Ground): void {
  const { put, change, pull, firstSync } = at
  describe('those whom everybody knows', () => {
    const listed = (id: string) => (tx: Transaction) => {
      tx.put('customer', customer(id, { listed: true }))
      tx.put('identity', { ...identity(`${id}-i`, id), listed: true })
    }

    test('S1: are in the stream of customers without a conversation, and stay there when one comes and goes', async () => {
      await put(listed('c'))
      const known = await pull(start('customers'))
      expect(words(known.rows)).toEqual(['customer:c', 'identity:c-i'])
      const thread = conversation('t', { inboxId: 'i1', customerId: 'c', identityId: 'c-i' })
      await put(tx => tx.put('conversation', thread))
      expect(words((await pull(start('inbox:i1'))).rows)).toEqual([
        'customer:c',
        'identity:c-i',
        'conversation:t',
      ])
      await change([key('conversation', 't')], tx => tx.remove('conversation', 't'))
      expect(await pull(known.cursors)).toMatchObject({ leaves: [] })
      expect((await firstSync({ stream: 'customers' })).flatMap(page => words(page.rows))).toEqual([
        'customer:c',
        'identity:c-i',
      ])
    })

    test('S26: whom one of them is merged into is known as long as they are one', async () => {
      await put(listed('c'), matter('m', 'i1'))
      await change([key('customer', 'c')], tx =>
        tx.put('customer', customer('c', { listed: true, mergedInto: 'm-customer' })),
      )
      const merged = await pull(start('customers'))
      expect(words(merged.rows)).toContain('customer:m-customer')
      await change([key('customer', 'c')], tx => tx.put('customer', customer('c', { listed: true })))
      expect(await pull(merged.cursors)).toMatchObject({
        leaves: [{ stream: 'customers', type: 'customer', id: 'm-customer' }],
      })
    })
  })
}
