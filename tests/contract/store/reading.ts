import { describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import { tag } from '../store-rows.ts'
import { type Ground, matter } from './ground.ts'

export function reading(at: Ground): void {
  const { put } = at
  describe('reading', () => {
    test('rows are read in the order asked for, and all of a noun by id in pages', async () => {
      await put(tx => {
        for (const id of ['b', 'c', 'a']) tx.put('tag', tag(id))
      })
      expect(await at.store.read('tag', ['c', 'none', 'a'])).toEqual([tag('c'), tag('a')])
      expect(await at.store.all('tag')).toEqual([tag('a'), tag('b'), tag('c')])
      expect(await at.store.all('tag', 'a', 1)).toEqual([tag('b')])
    })

    test('I5: of a customer and their identities only those are read that are in somebody’s streams', async () => {
      await put(matter('c1', 'i1'), matter('c2', 'i2'))
      const ids = ['c1-identity', 'none', 'c2-identity']
      const within = async (streams: Stream[]) =>
        (await at.store.readWithin('identity', ids, streams)).map(({ id }) => id)
      expect(await within(['workspace', 'inbox:i1'])).toEqual(['c1-identity'])
      expect(await within(['inbox:i2', 'inbox:i1'])).toEqual(['c1-identity', 'c2-identity'])
      expect(await within([])).toEqual([])
      await at.store.write(async tx => {
        await tx.load([key('conversation', 'c1'), key('item', 'c1-1')])
        tx.remove('item', 'c1-1')
        tx.remove('conversation', 'c1')
      })
      expect(await within(['inbox:i1'])).toEqual([])
    })

    test('S30: a commit is hinted at, with the streams that moved', async () => {
      const hints: Stream[] = []
      const stop = at.store.onCommit(streams => hints.push(...streams))
      await put(matter('c1', 'i1'), tx => tx.put('tag', tag('t1')))
      expect(hints.toSorted()).toEqual(['inbox:i1', 'workspace'])
      stop()
      await put(tx => tx.put('tag', tag('t2')))
      expect(hints).toHaveLength(2)
    })
  })
}
