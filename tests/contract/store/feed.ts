import { describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { customer, readMark, tag } from '../store-rows.ts'
import { device, type Ground, matter, start, words } from './ground.ts'

export function feed(at: Ground): void {
  const { put, change, pull, firstSync } = at
  describe('the feed', () => {
    test('a row is found in its stream, whole, with its first rev', async () => {
      await put(tx => tx.put('tag', tag('t1', '退款')))
      const answer = await pull(start('workspace', 'inbox:i1'))
      expect(answer.rows).toEqual([{ type: 'tag', id: 't1', rev: 1, doc: { id: 't1', name: '退款' } }])
      expect(answer.joins).toEqual([{ stream: 'workspace', type: 'tag', id: 't1' }])
      expect(answer.cursors).toEqual([{ stream: 'workspace', epoch: 1, version: 1 }])
      expect(answer.remaining).toBe(0)
    })

    test('S2: a late desk gets the latest state once, however often a row changed', async () => {
      for (const name of ['one', 'two', 'three']) {
        await change([key('tag', 't1')], tx => tx.put('tag', tag('t1', name)))
      }
      const answer = await pull(start('workspace'))
      expect(answer.rows).toEqual([{ type: 'tag', id: 't1', rev: 3, doc: { id: 't1', name: 'three' } }])
    })

    test('S2: a desk that is up to date gets nothing', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      const { cursors } = await pull(start('workspace'))
      const again = await pull(cursors)
      expect(again).toMatchObject({ rows: [], joins: [], leaves: [], cursors: [], remaining: 0 })
    })

    test('S3: concurrent transactions are seen in the order of their commits, none skipped', async () => {
      const seen: string[] = []
      let cursors = start('workspace')
      let writing = true
      const reader = (async () => {
        for (let last = false; !last; ) {
          last = !writing
          const answer = await pull(cursors, 7)
          seen.push(...answer.rows.map(({ id }) => id))
          if (answer.cursors.length > 0) cursors = answer.cursors
          if (answer.remaining > 0) last = false
        }
      })()
      const wanted = Array.from({ length: 60 }, (_, index) => `t${index}`)
      await Promise.all(
        wanted.map((id, index) =>
          at.store.write(async tx => {
            if (index % 3 === 0) await tx.named('nobody')
            tx.put('tag', tag(id))
            tx.put('tag', tag(`${id}b`))
          }),
        ),
      )
      writing = false
      await reader
      expect(seen.toSorted()).toEqual(wanted.flatMap(id => [id, `${id}b`]).toSorted())
    })

    test('S4: what is removed leaves a tombstone', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      const { cursors } = await pull(start('workspace'))
      await change([key('tag', 't1')], tx => tx.remove('tag', 't1'))
      expect(await pull(cursors)).toMatchObject({
        rows: [],
        leaves: [{ stream: 'workspace', type: 'tag', id: 't1' }],
      })
      expect(await at.store.read('tag', ['t1'])).toEqual([])
    })

    test('a row made again after its removal goes on from its rev, so that no desk takes it for older', async () => {
      const mark = key('readMark', 'm1')
      await put(tx => tx.put('readMark', readMark('m1', 'a1')))
      await change([mark], tx => tx.put('readMark', readMark('m1', 'a1', 2)))
      await change([mark], tx => tx.remove('readMark', 'm1'))
      await change([mark], tx => tx.put('readMark', readMark('m1', 'a1', 3)))
      const { rows, leaves } = await pull(start('agent:a1'))
      expect(leaves).toEqual([])
      expect(rows).toMatchObject([{ id: 'm1', doc: { seq: 3 } }])
      expect(rows[0]?.rev).toBeGreaterThan(2)
    })

    test('a row made and removed in one transaction never was', async () => {
      await put(tx => {
        tx.put('tag', tag('t1'))
        tx.remove('tag', 't1')
      })
      expect(await pull(start('workspace'))).toMatchObject({ rows: [], leaves: [] })
    })

    test('S4: after a purge a cursor below it must resync, and says so', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      await change([key('tag', 't1')], tx => tx.remove('tag', 't1'))
      await at.store.purge('workspace', 2)
      expect(await at.store.heads(['workspace'])).toEqual([
        { stream: 'workspace', epoch: 1, version: 2, purgedThrough: 2 },
      ])
      expect(await pull([{ stream: 'workspace', epoch: 1, version: 1 }])).toMatchObject({
        leaves: [],
        cursors: [],
        resync: ['workspace'],
      })
      expect(await pull([{ stream: 'workspace', epoch: 1, version: 2 }])).toMatchObject({ resync: [] })
    })

    test('a purge keeps the rows that are there', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      await at.store.purge('workspace', 1)
      expect((await pull([{ stream: 'workspace', epoch: 1, version: 1 }])).resync).toEqual([])
      expect((await firstSync({ stream: 'workspace' })).flatMap(page => words(page.rows))).toEqual(['tag:t1'])
    })

    test('S5: new epochs make every cursor resync and every device count anew', async () => {
      await put(tx => {
        tx.put('tag', tag('t1'))
        tx.putDevice({ ...device, lastN: 7, confirmed: 5 })
      })
      await at.store.renewEpochs()
      expect((await pull([{ stream: 'workspace', epoch: 1, version: 1 }])).resync).toEqual(['workspace'])
      expect(await at.store.heads(['workspace', 'inbox:new'])).toMatchObject([{ epoch: 2 }, { epoch: 2 }])
      expect(await at.store.write(tx => tx.device('d1'))).toEqual({ ...device, epoch: 2 })
    })

    test('S5: two restores of one backup do not begin the same epoch', async () => {
      await put(tx => {
        tx.put('tag', tag('t1'))
        tx.putDevice(device)
      })
      await at.store.renewEpochs(5000)
      expect(await at.store.heads(['workspace', 'inbox:new'])).toMatchObject([
        { epoch: 5000 },
        { epoch: 5000 },
      ])
      expect(await at.store.write(tx => tx.device('d1'))).toEqual({ ...device, epoch: 5000 })
      await at.store.renewEpochs(5000)
      expect(await at.store.heads(['workspace'])).toMatchObject([{ epoch: 5001 }])
    })

    test('pulling in small steps gives everything, in order of version within a stream', async () => {
      await put(tx => {
        for (let index = 0; index < 10; index++) tx.put('tag', tag(`t${index}`))
      })
      await put(matter('c1', 'i1', 5))
      const got: string[] = []
      let cursors = start('workspace', 'inbox:i1')
      const remaining: number[] = []
      for (let more = true; more; ) {
        const answer = await pull(cursors, 4)
        got.push(...words(answer.rows))
        remaining.push(answer.remaining)
        cursors = cursors.map(
          cursor => answer.cursors.find(({ stream }) => stream === cursor.stream) ?? cursor,
        )
        more = answer.remaining > 0
      }
      expect(remaining).toEqual([14, 10, 6, 2, 0])
      expect(new Set(got).size).toBe(18)
      expect(got.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => `tag:t${index}`))
    })

    test('heads of streams that nobody wrote to stand at zero, in the order asked for', async () => {
      await put(tx => tx.put('tag', tag('t1')))
      expect(await at.store.heads(['inbox:none', 'workspace'])).toEqual([
        { stream: 'inbox:none', epoch: 1, version: 0, purgedThrough: 0 },
        { stream: 'workspace', epoch: 1, version: 1, purgedThrough: 0 },
      ])
    })

    test('characters that databases dislike survive', async () => {
      const name = 'NUL \u0000, half \ud83d, whole 🧵, quote \' " \\ {,} 一线'
      await put(tx => tx.put('customer', customer('k1', { note: name })))
      expect((await at.store.read('customer', ['k1']))[0]?.note).toBe(name)
    })
  })
}
