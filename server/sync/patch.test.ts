import { describe, expect, test } from 'vitest'
import type { Row } from '#shared/model/row.ts'
import { emptyPatch, parts } from './patch.ts'
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
