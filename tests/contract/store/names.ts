import { describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { tag } from '../store-rows.ts'
import { type Ground, words } from './ground.ts'

export function names(at: Ground): void {
  const { put, change } = at
  describe('names', () => {
    test('a row is found by any of its names, in and after its transaction', async () => {
      await at.store.write(async tx => {
        tx.put('tag', tag('t1'))
        tx.name('mail:i1:<a@b>', key('tag', 't1'))
        tx.name('mail:i1:<a@b>', key('tag', 't1'))
        tx.name('hash:i1:ff', key('tag', 't1'))
        expect(await tx.named('hash:i1:ff')).toEqual([key('tag', 't1')])
      })
      await put(
        tx => tx.put('tag', tag('t2')),
        tx => tx.name('mail:i1:<a@b>', key('tag', 't2')),
      )
      expect(words(await at.store.named('mail:i1:<a@b>')).toSorted()).toEqual(['tag:t1', 'tag:t2'])
      expect(await at.store.named('hash:i1:ff')).toEqual([key('tag', 't1')])
      expect(await at.store.named('nobody')).toEqual([])
    })

    test('S19: two deliveries of one mail at once make one row', async () => {
      const deliver = (id: string): Promise<boolean> =>
        at.store.write(async tx => {
          await tx.lock('mail:i1:<a@b>')
          if ((await tx.named('mail:i1:<a@b>')).length > 0) return false
          tx.put('tag', tag(id))
          tx.name('mail:i1:<a@b>', key('tag', id))
          return true
        })
      const made = await Promise.all(['t1', 't2', 't3', 't4', 't5'].map(deliver))
      expect(made.filter(Boolean)).toHaveLength(1)
      expect(await at.store.all('tag')).toHaveLength(1)
    })

    test('names are of any length and of any characters', async () => {
      const long = `subject:i1:${'退款'.repeat(1000)}`
      const strange = ['nul \u0000', 'half \ud83d', 'half \ud83e', `${long}1`, `${long}2`, "quote ' \\ \n"]
      for (const [index, name] of strange.entries()) {
        await at.store.write(async tx => {
          await tx.lock(name)
          tx.put('tag', tag(`t${index}`))
          tx.name(name, key('tag', `t${index}`))
        })
      }
      for (const [index, name] of strange.entries()) {
        expect(await at.store.named(name)).toEqual([key('tag', `t${index}`)])
        expect(await at.store.write(tx => tx.named(name))).toEqual([key('tag', `t${index}`)])
      }
    })

    test('a removed row has no names', async () => {
      await put(
        tx => tx.put('tag', tag('t1')),
        tx => tx.name('n', key('tag', 't1')),
      )
      await change([key('tag', 't1')], tx => tx.remove('tag', 't1'))
      expect(await at.store.named('n')).toEqual([])
    })
  })
}
