import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Doc, type Key, key, keyOf } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Cursor } from '#shared/protocol/common.ts'
import {
  type Device,
  type NewJob,
  type Page,
  type PageRequest,
  type Pull,
  RowExists,
  type Store,
  type Transaction,
} from '../../server/store/store.ts'
import { conversation, customer, identity, item, readMark, tag } from './store-rows.ts'

/** A store under test, empty. */
export interface Subject {
  store: Store
  /** The jobs that wait. */
  jobs(): Promise<NewJob[]>
  close(): Promise<void>
}

const device: Device = {
  id: 'd1',
  agentId: 'a1',
  name: 'Laptop',
  platform: 'linux',
  epoch: 1,
  lastN: 0,
  confirmed: 0,
  revoked: false,
}

/** Every store passes this (quality.md, contract). Numbers of rules are those of shared/protocol/SPEC.md. */
export function storeContract(name: string, open: () => Promise<Subject>): void {
  describe(`the ${name} store`, () => {
    let subject: Subject
    let store: Store
    beforeEach(async () => {
      subject = await open()
      store = subject.store
    })
    afterEach(() => subject.close())

    const put = (...work: ((tx: Transaction) => void)[]): Promise<void> =>
      store.write(async tx => {
        for (const step of work) step(tx)
      })
    const change = (keys: Key[], work: (tx: Transaction) => void): Promise<void> =>
      store.write(async tx => {
        await tx.load(keys)
        work(tx)
      })
    const start = (...streams: Stream[]): Cursor[] =>
      streams.map(stream => ({ stream, epoch: 1, version: 0 }))
    const pull = (cursors: Cursor[], limit = 1000): Promise<Pull> =>
      store.pull({ device: { id: 'd1', epoch: 1, confirmed: 0 }, cursors, limit })
    const words = (keys: readonly Key[]): string[] => keys.map(keyOf)

    /** A customer with an identity and a conversation in an inbox, with items. */
    const matter = (id: string, inboxId: string, items = 1, more: Partial<Doc<'conversation'>> = {}) => {
      const ids = { inboxId, customerId: `${id}-customer`, identityId: `${id}-identity` }
      const doc = conversation(id, { ...ids, lastSeq: items, ...more })
      return (tx: Transaction): void => {
        tx.put('customer', customer(doc.customerId))
        tx.put('identity', identity(doc.identityId, doc.customerId))
        tx.put('conversation', doc)
        for (let seq = 1; seq <= items; seq++) tx.put('item', item(`${id}-${seq}`, doc, seq))
      }
    }

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
            store.write(async tx => {
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
        expect(await store.read('tag', ['t1'])).toEqual([])
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
        await store.purge('workspace', 2)
        expect(await store.heads(['workspace'])).toEqual([
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
        await store.purge('workspace', 1)
        expect((await pull([{ stream: 'workspace', epoch: 1, version: 1 }])).resync).toEqual([])
        expect((await firstSync({ stream: 'workspace' })).flatMap(page => words(page.rows))).toEqual([
          'tag:t1',
        ])
      })

      test('S5: new epochs make every cursor resync and every device count anew', async () => {
        await put(tx => {
          tx.put('tag', tag('t1'))
          tx.putDevice({ ...device, lastN: 7, confirmed: 5 })
        })
        await store.renewEpochs()
        expect((await pull([{ stream: 'workspace', epoch: 1, version: 1 }])).resync).toEqual(['workspace'])
        expect(await store.heads(['workspace', 'inbox:new'])).toMatchObject([{ epoch: 2 }, { epoch: 2 }])
        expect(await store.write(tx => tx.device('d1'))).toEqual({ ...device, epoch: 2 })
      })

      test('S5: two restores of one backup do not begin the same epoch', async () => {
        await put(tx => {
          tx.put('tag', tag('t1'))
          tx.putDevice(device)
        })
        await store.renewEpochs(5000)
        expect(await store.heads(['workspace', 'inbox:new'])).toMatchObject([
          { epoch: 5000 },
          { epoch: 5000 },
        ])
        expect(await store.write(tx => tx.device('d1'))).toEqual({ ...device, epoch: 5000 })
        await store.renewEpochs(5000)
        expect(await store.heads(['workspace'])).toMatchObject([{ epoch: 5001 }])
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
        expect(await store.heads(['inbox:none', 'workspace'])).toEqual([
          { stream: 'inbox:none', epoch: 1, version: 0, purgedThrough: 0 },
          { stream: 'workspace', epoch: 1, version: 1, purgedThrough: 0 },
        ])
      })

      test('characters that databases dislike survive', async () => {
        const name = 'NUL \u0000, half \ud83d, whole 🧵, quote \' " \\ {,} 一线'
        await put(tx => tx.put('customer', customer('k1', { note: name })))
        expect((await store.read('customer', ['k1']))[0]?.note).toBe(name)
      })
    })

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
        expect(words(second.rows)).toEqual([
          'customer:c1-customer',
          'identity:c1-identity',
          'conversation:c2',
        ])
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
        await store.write(async tx => {
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
        const heads = await store.heads(['inbox:i1'])
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
        expect((await store.heads(['inbox:i1']))[0]?.version).toBe(0)
      })
    })

    describe('a transaction', () => {
      test('that throws changes nothing', async () => {
        const broken = store.write(async tx => {
          tx.put('tag', tag('t1'))
          tx.putDevice(device)
          tx.name('n', key('tag', 't1'))
          throw new Error('no')
        })
        await expect(broken).rejects.toThrow('no')
        expect(await store.all('tag')).toEqual([])
        expect(await store.named('n')).toEqual([])
        expect(await store.write(tx => tx.device('d1'))).toBeUndefined()
      })

      test('refuses to look at a row it has not loaded', async () => {
        await put(tx => tx.put('tag', tag('t1')))
        await expect(store.write(async tx => tx.get('tag', 't1'))).rejects.toThrow('tag:t1 was not loaded')
      })

      test('knows loaded rows, absent rows, its own rows and their streams', async () => {
        await put(matter('c1', 'i1'))
        await store.write(async tx => {
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
        expect(await store.all('tag')).toEqual([])
      })

      test('cannot make a row that is there already without looking', async () => {
        await put(tx => tx.put('tag', tag('t1')))
        const again = put(tx => tx.put('tag', tag('t1', 'mine now')))
        await expect(again).rejects.toThrow(RowExists)
        expect(await store.read('tag', ['t1'])).toEqual([tag('t1')])
      })

      test('S12: an attempt that answers false or throws takes back all it did, and nothing else', async () => {
        await put(tx => tx.put('tag', tag('t1')))
        await store.write(async tx => {
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
        expect(await store.named('n')).toEqual([])
        expect(await store.events(0, 10)).toEqual([])
        expect(await subject.jobs()).toEqual([])
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
          store.write(async tx => {
            await append(tx, first, letter)
            await new Promise(resolve => setImmediate(resolve))
            await append(tx, second, letter)
          })
        await Promise.all(
          ['a', 'b', 'c', 'd', 'e', 'f'].map((letter, index) =>
            index % 2 ? cross('t1', 't2', letter) : cross('t2', 't1', letter),
          ),
        )
        for (const { name } of await store.read('tag', ['t1', 't2'])) {
          expect([...name].toSorted().join('')).toBe('0abcdef')
        }
      })
    })

    describe('names', () => {
      test('a row is found by any of its names, in and after its transaction', async () => {
        await store.write(async tx => {
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
        expect(words(await store.named('mail:i1:<a@b>')).toSorted()).toEqual(['tag:t1', 'tag:t2'])
        expect(await store.named('hash:i1:ff')).toEqual([key('tag', 't1')])
        expect(await store.named('nobody')).toEqual([])
      })

      test('S19: two deliveries of one mail at once make one row', async () => {
        const deliver = (id: string): Promise<boolean> =>
          store.write(async tx => {
            await tx.lock('mail:i1:<a@b>')
            if ((await tx.named('mail:i1:<a@b>')).length > 0) return false
            tx.put('tag', tag(id))
            tx.name('mail:i1:<a@b>', key('tag', id))
            return true
          })
        const made = await Promise.all(['t1', 't2', 't3', 't4', 't5'].map(deliver))
        expect(made.filter(Boolean)).toHaveLength(1)
        expect(await store.all('tag')).toHaveLength(1)
      })

      test('names are of any length and of any characters', async () => {
        const long = `subject:i1:${'退款'.repeat(1000)}`
        const strange = ['nul \u0000', 'half \ud83d', 'half \ud83e', `${long}1`, `${long}2`, "quote ' \\ \n"]
        for (const [index, name] of strange.entries()) {
          await store.write(async tx => {
            await tx.lock(name)
            tx.put('tag', tag(`t${index}`))
            tx.name(name, key('tag', `t${index}`))
          })
        }
        for (const [index, name] of strange.entries()) {
          expect(await store.named(name)).toEqual([key('tag', `t${index}`)])
          expect(await store.write(tx => tx.named(name))).toEqual([key('tag', `t${index}`)])
        }
      })

      test('a removed row has no names', async () => {
        await put(
          tx => tx.put('tag', tag('t1')),
          tx => tx.name('n', key('tag', 't1')),
        )
        await change([key('tag', 't1')], tx => tx.remove('tag', 't1'))
        expect(await store.named('n')).toEqual([])
      })
    })

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

    describe('a very large transaction', () => {
      test('S7: hands over piece by piece what nobody sees before its end, and is all or nothing', async () => {
        const write = (fail: boolean): Promise<void> =>
          store.write(async tx => {
            for (const id of ['t1', 't2', 't3']) {
              tx.put('tag', tag(id))
              tx.name(`name ${id}`, key('tag', id))
              await tx.spill()
              expect((await store.heads(['workspace']))[0]?.version).toBe(0)
            }
            tx.put('tag', tag('t4'))
            if (fail) throw new Error('no')
          })
        await expect(write(true)).rejects.toThrow('no')
        expect(await store.all('tag')).toEqual([])
        await write(false)
        expect(words((await pull(start('workspace'))).rows)).toEqual(['tag:t1', 'tag:t2', 'tag:t3', 'tag:t4'])
        expect(await store.namedAll(['name t1', 'name t3', 'nobody'])).toEqual(
          new Map([
            ['name t1', [key('tag', 't1')]],
            ['name t3', [key('tag', 't3')]],
          ]),
        )
      })

      test('an address is one identity’s: of two who give it to somebody new one finds the other', async () => {
        const name = 'address:email:new@example.com'
        const take = (id: string): Promise<Key[]> =>
          store.write(async tx => {
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
        expect(await store.all('customer')).toHaveLength(1)
      })
    })

    describe('devices and outcomes', () => {
      const done = (n: number) => ({ n, id: `m${n}`, outcome: { kind: 'done' as const } })

      test('a device is kept as it was put', async () => {
        await put(tx => tx.putDevice(device))
        await store.write(async tx => {
          const loaded = (await tx.device('d1')) as Device
          expect(loaded).toEqual(device)
          tx.putDevice({ ...loaded, lastN: 3, revoked: true })
          expect(await tx.device('d1')).toEqual({ ...device, lastN: 3, revoked: true })
        })
        expect(await store.write(tx => tx.device('d1'))).toEqual({ ...device, lastN: 3, revoked: true })
        expect(await store.write(tx => tx.device('d2'))).toBeUndefined()
      })

      test('S12: two transactions of one device do not overtake each other', async () => {
        await put(tx => tx.putDevice(device))
        const count = (): Promise<void> =>
          store.write(async tx => {
            const mine = (await tx.device('d1')) as Device
            tx.putOutcome('d1', 1, done(mine.lastN + 1))
            tx.putDevice({ ...mine, lastN: mine.lastN + 1 })
          })
        await Promise.all([count(), count(), count(), count()])
        const outcomes = await store.write(tx => tx.outcomes('d1', 1, 2))
        expect(outcomes).toEqual([done(2), done(3), done(4)])
      })

      test('S12: an outcome is known by number and by mutation until it is forgotten', async () => {
        const held = {
          n: 2,
          id: 'm2',
          outcome: { kind: 'held' as const, reasons: [{ kind: 'reassigned' as const, agentId: null }] },
        }
        await store.write(async tx => {
          tx.putDevice(device)
          tx.putOutcome('d1', 1, done(1))
          tx.putOutcome('d1', 1, held)
          expect(await tx.outcomes('d1', 1, 1)).toEqual([done(1), held])
          expect(await tx.outcomeOf('m2')).toEqual(held.outcome)
        })
        await store.write(async tx => {
          expect(await tx.outcomeOf('m2')).toEqual(held.outcome)
          expect(await tx.outcomeOf('m9')).toBeUndefined()
          tx.forgetOutcomes('d1', 1, 1)
        })
        await store.write(async tx => {
          expect(await tx.outcomes('d1', 1, 1)).toEqual([held])
          expect(await tx.outcomeOf('m1')).toBeUndefined()
          expect(await tx.outcomes('d1', 2, 1)).toEqual([])
        })
      })

      test('S7: outcomes come with the last batch only, and only those not confirmed', async () => {
        await put(tx => {
          tx.putDevice(device)
          for (let n = 1; n <= 3; n++) {
            tx.put('tag', tag(`t${n}`))
            tx.putOutcome('d1', 1, done(n))
          }
        })
        const request = { device: { id: 'd1', epoch: 1, confirmed: 1 }, cursors: start('workspace') }
        const first = await store.pull({ ...request, limit: 2 })
        expect(first).toMatchObject({ remaining: 1, acknowledged: [] })
        const last = await store.pull({ ...request, cursors: first.cursors, limit: 2 })
        expect(last).toMatchObject({ remaining: 0, acknowledged: [done(2), done(3)] })
        const other = { ...request, device: { id: 'd2', epoch: 1, confirmed: 0 }, limit: 9 }
        expect((await store.pull(other)).acknowledged).toEqual([])
      })

      test('S7: no outcome overtakes a stream that must resync first', async () => {
        await put(tx => {
          tx.putDevice(device)
          tx.put('tag', tag('t1'))
          tx.putOutcome('d1', 1, done(1))
        })
        const answer = await pull([{ stream: 'workspace', epoch: 9, version: 0 }])
        expect(answer).toMatchObject({ resync: ['workspace'], acknowledged: [] })
      })
    })

    describe('first sync', () => {
      test('S6: open conversations first, then by last activity, nothing older than the window', async () => {
        await put(matter('old-open', 'i1', 1, { activityAt: 5 }))
        await put(matter('closed-new', 'i1', 1, { activityAt: 90, status: 'closed' }))
        await put(matter('closed-old', 'i1', 1, { activityAt: 10, status: 'closed' }))
        await put(matter('snoozed', 'i1', 1, { activityAt: 70, status: 'snoozed' }))
        await put(matter('elsewhere', 'i2', 1, { activityAt: 99 }))
        const pages = await firstSync({ stream: 'inbox:i1', activeSince: 50, limit: 1 })
        const order = pages.flatMap(page => page.rows.filter(({ type }) => type === 'conversation'))
        expect(order.map(({ id }) => id)).toEqual(['snoozed', 'old-open', 'closed-new'])
        expect(pages).toHaveLength(3)
        expect(pages[0]?.expected).toBe(12)
      })

      test('S6: every page is of whole conversations with their company, and says how far back it goes', async () => {
        await put(matter('c1', 'i1', 5, { activityAt: 2 }))
        await put(matter('c2', 'i1', 2, { activityAt: 1 }))
        const [first, second, ...rest] = await firstSync({
          stream: 'inbox:i1',
          itemsPerConversation: 3,
          limit: 6,
        })
        expect(rest).toEqual([])
        expect(words(first?.rows ?? [])).toEqual([
          'customer:c1-customer',
          'identity:c1-identity',
          'conversation:c1',
          'item:c1-3',
          'item:c1-4',
          'item:c1-5',
        ])
        expect(words(first?.joins ?? [])).toEqual(words(first?.rows ?? []))
        expect(first?.coverage).toEqual([{ conversationId: 'c1', fromSeq: 3 }])
        expect(second?.coverage).toEqual([{ conversationId: 'c2', fromSeq: 1 }])
      })

      test('S6: pages go on from a token, even on another day, and together are the whole stream', async () => {
        for (let index = 0; index < 25; index++) {
          await put(matter(`c${index}`, 'i1', index % 4, { activityAt: index % 3 }))
        }
        const pages = await firstSync({ stream: 'inbox:i1', limit: 9 })
        const got = pages.flatMap(({ rows }) => words(rows))
        const feed = await pull(start('inbox:i1'), 10_000)
        expect(got.toSorted()).toEqual(words(feed.rows).toSorted())
        expect(pages.length).toBeGreaterThan(5)
      })

      test('S6: a conversation that jumps ahead of the pages meanwhile is not lost', async () => {
        for (let index = 0; index < 6; index++) await put(matter(`c${index}`, 'i1', 1, { activityAt: index }))
        const request = { stream: 'inbox:i1' as const, activeSince: 0, itemsPerConversation: 5, limit: 4 }
        let page = await store.page({ ...request, token: null })
        await change([key('conversation', 'c0')], tx =>
          tx.put('conversation', {
            ...(tx.get('conversation', 'c0') as Doc<'conversation'>),
            activityAt: 1000,
          }),
        )
        const got = words(page.rows)
        while (page.token !== null) {
          page = await store.page({ ...request, token: page.token })
          got.push(...words(page.rows))
        }
        for (let index = 0; index < 6; index++) {
          expect(got).toContain(`conversation:c${index}`)
          expect(got).toContain(`customer:c${index}-customer`)
          expect(got).toContain(`item:c${index}-1`)
        }
      })

      test('streams without conversations come by type and id', async () => {
        await put(tx => {
          for (const id of ['t3', 't1', 't2']) tx.put('tag', tag(id))
          tx.put('workspace', { id: 'w', name: 'W', lockAfterDays: 30, windowDays: 90 })
        })
        const pages = await firstSync({ stream: 'workspace', limit: 3 })
        expect(pages.map(({ rows }) => words(rows))).toEqual([
          ['tag:t1', 'tag:t2', 'tag:t3'],
          ['workspace:w'],
        ])
        expect(pages[0]?.expected).toBe(4)
      })

      test('an empty stream is one empty page', async () => {
        for (const stream of ['inbox:none', 'agent:none', 'workspace'] as const) {
          const [page, ...rest] = await firstSync({ stream })
          expect(rest).toEqual([])
          expect(page).toMatchObject({ rows: [], joins: [], coverage: [], token: null, expected: 0 })
        }
      })

      test('a token that makes no sense starts over', async () => {
        await put(matter('c1', 'i1'))
        for (const token of ['nonsense', 'l.1.2', `r.1.tag.${'x'.repeat(100)}`, 'c.x.y.z']) {
          const request = { activeSince: 0, itemsPerConversation: 5, limit: 10, token }
          expect((await store.page({ ...request, stream: 'inbox:i1' })).rows).toHaveLength(4)
        }
      })

      test('older items come newest first', async () => {
        await put(matter('c1', 'i1', 9))
        expect(words(await store.olderItems('c1', 6, 3))).toEqual(['item:c1-5', 'item:c1-4', 'item:c1-3'])
        expect(await store.olderItems('c1', 1, 3)).toEqual([])
      })
    })

    describe('events and jobs', () => {
      test('S16, I8: events are numbered without gaps and chained', async () => {
        await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            store
              .write(async tx => {
                tx.event(event(`e${index}`))
                if (index % 5 === 4) throw new Error('no')
              })
              .catch(() => undefined),
          ),
        )
        const events = await store.events(0, 100)
        expect(events.map(({ number }) => number)).toEqual(
          Array.from({ length: 16 }, (_, index) => index + 1),
        )
        expect(new Set(events.map(({ hash }) => hash)).size).toBe(16)
        expect(events.map(({ name }) => name).toSorted()).not.toContain('e4')
        expect(await store.events(14, 1)).toEqual([events[14]])
        await put(tx => tx.event(event('later')))
        expect(await store.events(16, 10)).toMatchObject([
          { number: 17, name: 'later', keys: [key('tag', 't1')], facts: { size: 3, ok: true, why: null } },
        ])
        expect(await store.brokenEvent()).toBeNull()
      })

      test('S17: a job exists exactly if its transaction commits; a later one replaces it', async () => {
        const job = (at: number): NewJob => ({ kind: 'deliver', key: 'item-1', at })
        await put(tx => tx.job(job(1000)))
        const broken = store.write(async tx => {
          tx.job(job(2000))
          throw new Error('no')
        })
        await expect(broken).rejects.toThrow('no')
        expect(await subject.jobs()).toEqual([job(1000)])
        await put(tx => {
          tx.job(job(3000))
          tx.job(job(4000))
          tx.job({ kind: 'wake', key: 'item-1', at: 5000 })
        })
        expect(await subject.jobs()).toEqual([job(4000), { kind: 'wake', key: 'item-1', at: 5000 }])
      })
    })

    describe('reading', () => {
      test('rows are read in the order asked for, and all of a noun by id in pages', async () => {
        await put(tx => {
          for (const id of ['b', 'c', 'a']) tx.put('tag', tag(id))
        })
        expect(await store.read('tag', ['c', 'none', 'a'])).toEqual([tag('c'), tag('a')])
        expect(await store.all('tag')).toEqual([tag('a'), tag('b'), tag('c')])
        expect(await store.all('tag', 'a', 1)).toEqual([tag('b')])
      })

      test('I5: of a customer and their identities only those are read that are in somebody’s streams', async () => {
        await put(matter('c1', 'i1'), matter('c2', 'i2'))
        const ids = ['c1-identity', 'none', 'c2-identity']
        const within = async (streams: Stream[]) =>
          (await store.readWithin('identity', ids, streams)).map(({ id }) => id)
        expect(await within(['workspace', 'inbox:i1'])).toEqual(['c1-identity'])
        expect(await within(['inbox:i2', 'inbox:i1'])).toEqual(['c1-identity', 'c2-identity'])
        expect(await within([])).toEqual([])
        await store.write(async tx => {
          await tx.load([key('conversation', 'c1'), key('item', 'c1-1')])
          tx.remove('item', 'c1-1')
          tx.remove('conversation', 'c1')
        })
        expect(await within(['inbox:i1'])).toEqual([])
      })

      test('S30: a commit is hinted at, with the streams that moved', async () => {
        const hints: Stream[] = []
        const stop = store.onCommit(streams => hints.push(...streams))
        await put(matter('c1', 'i1'), tx => tx.put('tag', tag('t1')))
        expect(hints.toSorted()).toEqual(['inbox:i1', 'workspace'])
        stop()
        await put(tx => tx.put('tag', tag('t2')))
        expect(hints).toHaveLength(2)
      })
    })

    async function firstSync(request: Partial<PageRequest> & { stream: Stream }): Promise<Page[]> {
      const pages: Page[] = []
      let token: string | null = null
      do {
        const whole = { limit: 100, activeSince: 0, itemsPerConversation: 50, ...request, token }
        const page: Page = await store.page(whole)
        pages.push(page)
        token = page.token
      } while (token !== null)
      return pages
    }
  })
}

const event = (name: string) => ({
  name,
  agentId: 'a1',
  deviceId: null,
  mutationId: null,
  at: 1,
  keys: [key('tag', 't1')],
  facts: { size: 3, ok: true, why: null },
})
