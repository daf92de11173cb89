import { describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { RowExists, type Transaction } from '../../../server/store/store.ts'
import { tag } from '../store-rows.ts'
import { device, event, type Ground, matter, start, words } from './ground.ts'

export function transactions(at: Ground): void {
  const { put, pull } = at
  describe('a transaction', () => {
    test('that throws changes nothing', async () => {
      const broken = at.store.write(async tx => {
        tx.put('tag', tag('t1'))
        tx.putDevice(device)
        tx.name('n', key('tag', 't1'))
        throw new Error('no')
      })
      await expect(broken).rejects.toThrow('no')
      expect(await at.store.all('tag')).toEqual([])
      expect(await at.store.named('n')).toEqual([])
      expect(await at.store.write(tx => tx.device('d1'))).toBeUndefined()
    })

    test('refuses to look at a row it has not loaded', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      await expect(at.store.write(async tx => tx.get('tag', 't1'))).rejects.toThrow('tag:t1 was not loaded')
    })

    test('knows loaded rows, absent rows, its own rows and their streams', async () => {
      await put(matter('c1', 'i1'))
      await at.store.write(async tx => {
        await tx.load([key('conversation', 'c1'), key('customer', 'c1-customer'), key('tag', 'none')])
        expect(tx.get('tag', 'none')).toBeUndefined()
        expect(tx.streamsOf(key('tag', 'none'))).toEqual([])
        expect(tx.streamsOf(key('conversation', 'c1'))).toEqual(['inbox:i1'])
        expect(tx.streamsOf(key('customer', 'c1-customer'))).toEqual(['inbox:i1'])
        tx.put('tag', tag('t2'))
        expect(tx.get('tag', 't2')).toEqual(tag('t2'))
        expect(tx.streamsOf(key('tag', 't2'))).toEqual(['workspace'])
      })
    })

    test('refuses a doc that its noun does not allow, and an id that is no word', async () => {
      await expect(put(tx => tx.put('tag', tag('t1', '')))).rejects.toThrow()
      for (const id of ['', 'nul\u0000', 'line\n', 'half\ud83d', 'x'.repeat(121)]) {
        await expect(put(tx => tx.put('tag', tag(id, 'name')))).rejects.toThrow()
      }
      expect(await at.store.all('tag')).toEqual([])
    })

    test('cannot make a row that is there already without looking', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      const again = put(tx => tx.put('tag', tag('t1', 'mine now')))
      await expect(again).rejects.toThrow(RowExists)
      expect(await at.store.read('tag', ['t1'])).toEqual([tag('t1')])
    })

    test('S12: an attempt that answers false or throws takes back all it did, and nothing else', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      await at.store.write(async tx => {
        await tx.load([key('tag', 't1')])
        tx.put('tag', tag('t2'))
        const spoil = (): void => {
          tx.put('tag', tag('t1', 'spoilt'))
          tx.put('tag', tag('t3'))
          tx.remove('tag', 't2')
          tx.name('n', key('tag', 't3'))
          tx.event(event('spoilt'))
          tx.job({ kind: 'wake', key: 't3', at: 1 })
        }
        const refused = await tx.attempt(async () => {
          spoil()
          return false
        })
        expect(refused).toBe(false)
        const thrown = tx.attempt(async () => {
          spoil()
          throw new Error('bug')
        })
        await expect(thrown).rejects.toThrow('bug')
        expect(tx.get('tag', 't1')).toEqual(tag('t1'))
        expect(
          await tx.attempt(async () => {
            tx.put('tag', tag('t4'))
            return true
          }),
        ).toBe(true)
      })
      expect(words((await pull(start('workspace'))).rows)).toEqual(['tag:t1', 'tag:t2', 'tag:t4'])
      expect(await at.store.named('n')).toEqual([])
      expect(await at.store.events(0, 10)).toEqual([])
      expect(await at.jobs()).toEqual([])
    })

    test('runs again after a deadlock with another, and both are done', async () => {
      await put(
        tx => tx.put('tag', tag('t1', '0')),
        tx => tx.put('tag', tag('t2', '0')),
      )
      const append = async (tx: Transaction, id: string, letter: string): Promise<void> => {
        await tx.load([key('tag', id)])
        tx.put('tag', tag(id, `${tx.get('tag', id)?.name}${letter}`))
      }
      // Each takes its first row and lets the other go ahead before it takes the second: crossed, if they can be.
      const cross = (first: string, second: string, letter: string): Promise<void> =>
        at.store.write(async tx => {
          await append(tx, first, letter)
          await new Promise(resolve => setImmediate(resolve))
          await append(tx, second, letter)
        })
      await Promise.all(
        ['a', 'b', 'c', 'd', 'e', 'f'].map((letter, index) =>
          index % 2 ? cross('t1', 't2', letter) : cross('t2', 't1', letter),
        ),
      )
      for (const { name } of await at.store.read('tag', ['t1', 't2'])) {
        expect([...name].toSorted().join('')).toBe('0abcdef')
      }
    })
  })
}
