import { describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import type { NewJob } from '../../../server/store/store.ts'
import { event, type Ground } from './ground.ts'

export function events(at: Ground): void {
  const { put } = at
  describe('events and jobs', () => {
    test('S16, I8: events are numbered without gaps and chained', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          at.store
            .write(async tx => {
              tx.event(event(`e${index}`))
              if (index % 5 === 4) throw new Error('no')
            })
            .catch(() => undefined),
        ),
      )
      const events = await at.store.events(0, 100)
      expect(events.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
      expect(new Set(events.map(({ hash }) => hash)).size).toBe(16)
      expect(events.map(({ name }) => name).toSorted()).not.toContain('e4')
      expect(await at.store.events(14, 1)).toEqual([events[14]])
      await put(tx => tx.event(event('later')))
      expect(await at.store.events(16, 10)).toMatchObject([
        { number: 17, name: 'later', keys: [key('tag', 't1')], facts: { size: 3, ok: true, why: null } },
      ])
      expect(await at.store.brokenEvent()).toBeNull()
    })

    test('S17: a job exists exactly if its transaction commits; a later one replaces it', async () => {
      const job = (at: number): NewJob => ({ kind: 'deliver', key: 'item-1', at })
      await put(tx => tx.job(job(1000)))
      const broken = at.store.write(async tx => {
        tx.job(job(2000))
        throw new Error('no')
      })
      await expect(broken).rejects.toThrow('no')
      expect(await at.jobs()).toEqual([job(1000)])
      await put(tx => {
        tx.job(job(3000))
        tx.job(job(4000))
        tx.job({ kind: 'wake', key: 'item-1', at: 5000 })
      })
      expect(await at.jobs()).toEqual([job(4000), { kind: 'wake', key: 'item-1', at: 5000 }])
    })
  })
}
