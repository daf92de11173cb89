import { describe, expect, test } from 'vitest'
import { laterNouns, type Row } from '#shared/model/row.ts'
import type { SentRow } from '../store/json-text.ts'
import { emptyPatch, parts, understood, unknownTo } from './patch.ts'
import { conversation, message } from './testing.ts'

const item = (seq: number, length: number): Row => {
  const doc = message(`i${seq}`, conversation('c', 'one'), seq, { text: 'x'.repeat(length) })
  return { type: 'item', id: doc.id, rev: 1, doc }
}
const body = (rows: Row[]) => ({
  ...emptyPatch,
  rows,
  joins: rows.map(({ type, id }) => ({ stream: 'inbox:one' as const, type, id })),
  cursors: [{ stream: 'inbox:one' as const, epoch: 1, version: 9 }],
  acknowledged: [{ n: 1, id: 'm', outcome: { kind: 'done' as const } }],
})

describe('cutting a patch', () => {
  test('a small one stays whole', () => {
    const whole = body([item(1, 10), item(2, 10)])
    expect([...parts(whole)]).toEqual([whole])
  })

  test('S7: a large one is cut, and what says "you have it" goes with the last part', () => {
    const rows = [1, 2, 3, 4, 5].map(seq => item(seq, 600_000))
    const all = [...parts(body(rows))]
    expect(all.length).toBeGreaterThan(2)
    expect(all.flatMap(part => part.rows)).toEqual(rows)
    expect(all.flatMap(part => part.joins.map(({ id }) => id))).toEqual(rows.map(({ id }) => id))
    for (const part of all.slice(0, -1)) {
      expect([part.cursors, part.acknowledged]).toEqual([[], []])
      expect(part.remaining).toBeGreaterThan(0)
    }
    expect(all.at(-1)).toMatchObject({ cursors: [{ version: 9 }], acknowledged: [{ n: 1 }], remaining: 0 })
  })
})

test('a desk gets no row, no join and no tombstone of a noun that it does not know (S14)', () => {
  const at = (type: 'macro' | 'tag' | 'erasure', id: string) => ({ stream: 'workspace' as const, type, id })
  const row = (type: 'macro' | 'tag' | 'erasure', id: string) =>
    ({ type, id, rev: 1, doc: { id } }) as unknown as SentRow
  const body = {
    ...emptyPatch,
    rows: [row('macro', 'm'), row('tag', 't'), row('erasure', 'e')],
    joins: [at('macro', 'm'), at('tag', 't'), at('erasure', 'e')],
    leaves: [at('macro', 'n'), at('tag', 'u')],
  }
  const hello = { protocol: 1, deviceId: 'd', deviceEpoch: 0, cursors: [], pages: [], confirmed: 0 }
  const first = understood(body, unknownTo(hello))
  expect(first.rows.map(({ id }) => id)).toEqual(['t'])
  expect(first.joins.map(({ id }) => id)).toEqual(['t'])
  expect(first.leaves.map(({ id }) => id)).toEqual(['u'])
  const today = unknownTo({ ...hello, takesErasures: true, knows: [...laterNouns] })
  expect(understood(body, today)).toBe(body)
})
