import { describe, expect, test } from 'vitest'
import type { Device } from '../../../server/store/store.ts'
import { tag } from '../store-rows.ts'
import { device, type Ground, start } from './ground.ts'

export function devices(at: Ground): void {
  const { put, pull } = at
  describe('devices and outcomes', () => {
    const done = (n: number) => ({ n, id: `m${n}`, outcome: { kind: 'done' as const } })

    test('a device is kept as it was put', async () => {
      await put(tx => tx.putDevice(device))
      await at.store.write(async tx => {
        const loaded = (await tx.device('d1')) as Device
        expect(loaded).toEqual(device)
        tx.putDevice({ ...loaded, lastN: 3, revoked: true })
        expect(await tx.device('d1')).toEqual({ ...device, lastN: 3, revoked: true })
      })
      expect(await at.store.write(tx => tx.device('d1'))).toEqual({ ...device, lastN: 3, revoked: true })
      expect(await at.store.write(tx => tx.device('d2'))).toBeUndefined()
    })

    test('S12: two transactions of one device do not overtake each other', async () => {
      await put(tx => tx.putDevice(device))
      const count = (): Promise<void> =>
        at.store.write(async tx => {
          const mine = (await tx.device('d1')) as Device
          tx.putOutcome('d1', 1, done(mine.lastN + 1))
          tx.putDevice({ ...mine, lastN: mine.lastN + 1 })
        })
      await Promise.all([count(), count(), count(), count()])
      const outcomes = await at.store.write(tx => tx.outcomes('d1', 1, 2))
      expect(outcomes).toEqual([done(2), done(3), done(4)])
    })

    test('S12: an outcome is known by number and by mutation until it is forgotten', async () => {
      const held = {
        n: 2,
        id: 'm2',
        outcome: { kind: 'held' as const, reasons: [{ kind: 'reassigned' as const, agentId: null }] },
      }
      await at.store.write(async tx => {
        tx.putDevice(device)
        tx.putOutcome('d1', 1, done(1))
        tx.putOutcome('d1', 1, held)
        expect(await tx.outcomes('d1', 1, 1)).toEqual([done(1), held])
        expect(await tx.outcomeOf('m2')).toEqual(held.outcome)
      })
      await at.store.write(async tx => {
        expect(await tx.outcomeOf('m2')).toEqual(held.outcome)
        expect(await tx.outcomeOf('m9')).toBeUndefined()
        tx.forgetOutcomes('d1', 1, 1)
      })
      await at.store.write(async tx => {
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
      const first = await at.store.pull({ ...request, limit: 2 })
      expect(first).toMatchObject({ remaining: 1, acknowledged: [] })
      const last = await at.store.pull({ ...request, cursors: first.cursors, limit: 2 })
      expect(last).toMatchObject({ remaining: 0, acknowledged: [done(2), done(3)] })
      const other = { ...request, device: { id: 'd2', epoch: 1, confirmed: 0 }, limit: 9 }
      expect((await at.store.pull(other)).acknowledged).toEqual([])
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
}
