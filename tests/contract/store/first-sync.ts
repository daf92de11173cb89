import { describe, expect, test } from 'vitest'
import { type Doc, key } from '#shared/model/row.ts'
import { tag } from '../store-rows.ts'
import { type Ground, matter, start, words } from './ground.ts'

export function firstSync(at: Ground): void {
  const { put, change, pull, firstSync } = at
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
      let page = await at.store.page({ ...request, token: null })
      await change([key('conversation', 'c0')], tx =>
        tx.put('conversation', {
          ...(tx.get('conversation', 'c0') as Doc<'conversation'>),
          activityAt: 1000,
        }),
      )
      const got = words(page.rows)
      while (page.token !== null) {
        page = await at.store.page({ ...request, token: page.token })
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
      expect(pages.map(({ rows }) => words(rows))).toEqual([['tag:t1', 'tag:t2', 'tag:t3'], ['workspace:w']])
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
        expect((await at.store.page({ ...request, stream: 'inbox:i1' })).rows).toHaveLength(4)
      }
    })

    test('older items come newest first', async () => {
      await put(matter('c1', 'i1', 9))
      expect(words(await at.store.olderItems('c1', 6, 3))).toEqual(['item:c1-5', 'item:c1-4', 'item:c1-3'])
      expect(await at.store.olderItems('c1', 1, 3)).toEqual([])
    })
  })
}
