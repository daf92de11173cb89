import { describe, expect, test } from 'vitest'
import { type Key, key, keyOf } from '#shared/model/row.ts'
import { customer, identity, tag } from '../store-rows.ts'
import { type Ground, start, words } from './ground.ts'

export function large(at: Ground): void {
  const { pull } = at
  describe('a very large transaction', () => {
    test('S7: hands over piece by piece what nobody sees before its end, and is all or nothing', async () => {
      const write = (fail: boolean): Promise<void> =>
        at.store.write(async tx => {
          for (const id of ['t1', 't2', 't3']) {
            tx.put('tag', tag(id))
            tx.name(`name ${id}`, key('tag', id))
            await tx.spill()
            expect((await at.store.heads(['workspace']))[0]?.version).toBe(0)
          }
          tx.put('tag', tag('t4'))
          if (fail) throw new Error('no')
        })
      await expect(write(true)).rejects.toThrow('no')
      expect(await at.store.all('tag')).toEqual([])
      await write(false)
      expect(words((await pull(start('workspace'))).rows)).toEqual(['tag:t1', 'tag:t2', 'tag:t3', 'tag:t4'])
      expect(await at.store.namedAll(['name t1', 'name t3', 'nobody'])).toEqual(
        new Map([
          ['name t1', [key('tag', 't1')]],
          ['name t3', [key('tag', 't3')]],
        ]),
      )
    })

    test('an address is one identity’s: of two who give it to somebody new one finds the other', async () => {
      const name = 'address:email:new@example.com'
      const take = (id: string): Promise<Key[]> =>
        at.store.write(async tx => {
          const there = await tx.named(name)
          if (there.length > 0) return there
          tx.put('customer', customer(id, { listed: true }))
          tx.put('identity', { ...identity(`${id}-i`, id), listed: true })
          tx.name(name, key('identity', `${id}-i`))
          await tx.spill()
          return [key('identity', `${id}-i`)]
        })
      const took = await Promise.all(['a', 'b', 'c'].map(take))
      expect(new Set(took.flat().map(keyOf)).size).toBe(1)
      expect(await at.store.all('customer')).toHaveLength(1)
    })
  })
}
