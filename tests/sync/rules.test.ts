// Rules of shared/protocol/SPEC.md that belong to no single module.
import { describe, expect, test } from 'vitest'
import { key, type Row } from '#shared/model/row.ts'
import { oldestSupported, protocolVersion } from '#shared/protocol/version.ts'
import { createReplica } from '../../electron/core/replica/replica.ts'
import { effectRows } from '../../electron/core/replica/rows.ts'
import { workingCopy } from '../../electron/core/replica/working-copy.ts'
import { mayJoin, nothingPending, PIECE, piecesOf } from '../../electron/core/sync/pieces.ts'
import { emptyPatch } from '../../server/sync/patch.ts'
import { RowsView } from '../../server/sync/rows-view.ts'
import { run } from '../../server/sync/run.ts'
import {
  conversation,
  envelope,
  message,
  NOW,
  ownerOf,
  settled,
  smallWorkspace,
  TestDesk,
} from '../../server/sync/testing.ts'
import { takeDatabase } from './databases.ts'

describe('S8: a long patch is applied in pieces', () => {
  const itemOf = (conversationId: string, seq: number, rev = 1): Row => {
    const doc = message(`${conversationId}-${seq}`, conversation(conversationId, 'one'), seq)
    return { type: 'item', id: doc.id, rev, doc }
  }
  const conversationRow = (id: string, rev = 1): Row => ({
    type: 'conversation',
    id,
    rev,
    doc: conversation(id, 'one'),
  })
  const done = (n: number) => ({ n, id: `m${n}`, outcome: { kind: 'done' as const } })

  test('and what moves the desk on comes with the last', () => {
    const rows = Array.from({ length: 2 * PIECE + 1 }, (_, index) => itemOf('c1', index + 1))
    const cursors = [{ stream: 'inbox:one' as const, epoch: 1, version: 9 }]
    const pieces = piecesOf(
      [{ ...emptyPatch, patch: 1, rows, cursors, acknowledged: [done(1)] }],
      PIECE,
      nothingPending,
    )
    expect(pieces.map(piece => piece.rows.length)).toEqual([PIECE, PIECE, 1])
    expect(pieces.map(({ cursors, confirms }) => [cursors.length, confirms])).toEqual([
      [0, null],
      [0, null],
      [1, 1],
    ])
    expect(pieces.flatMap(piece => piece.rows)).toEqual(rows)
  })

  test('each with whole conversations, so that what is pending on one is done again once', () => {
    const names = ['c1', 'c2', 'c3', 'c4']
    const rows = [
      ...names.map(name => conversationRow(name)),
      ...names.map(name => itemOf(name, 1)),
      ...names.map(name => itemOf(name, 2)),
    ]
    const pieces = piecesOf([{ ...emptyPatch, patch: 1, rows }], 6, nothingPending)
    expect(pieces.map(piece => piece.rows.map(({ id }) => id))).toEqual([
      ['c1', 'c1-1', 'c1-2', 'c2', 'c2-1', 'c2-2'],
      ['c3', 'c3-1', 'c3-2', 'c4', 'c4-1', 'c4-2'],
    ])
  })

  test('and an answer comes with the last row of its mutation, never before', () => {
    const rows = [conversationRow('c1'), itemOf('c1', 1), conversationRow('c2'), itemOf('c2', 1)]
    const keys: Record<string, ReturnType<typeof key>[]> = {
      m1: [key('conversation', 'c1'), key('item', 'c1-1')],
      m2: [key('conversation', 'c1'), key('conversation', 'c2')],
      m3: [key('conversation', 'c9')],
    }
    const pieces = piecesOf(
      [{ ...emptyPatch, patch: 1, rows, acknowledged: [done(1), done(2), done(3)] }],
      3,
      { keysOf: id => keys[id] ?? [], above: () => 0 },
    )
    const where = (n: number) =>
      pieces.findIndex(({ acknowledged }) => acknowledged.some(each => each.n === n))
    const last = (...ids: string[]) =>
      pieces.findLastIndex(piece => piece.rows.some(({ id }) => ids.includes(id)))
    expect(pieces.length).toBeGreaterThan(1)
    expect(where(1)).toBe(last('c1', 'c1-1'))
    expect(where(2)).toBe(last('c1', 'c1-1', 'c2', 'c2-1'))
    expect(where(3)).toBeGreaterThanOrEqual(0)
    expect(pieces.map(({ confirms }) => confirms)).toEqual(
      pieces.map((_, at) => (at === pieces.length - 1 ? 3 : null)),
    )
  })

  test('patches that wait behind one are applied with it: of a row that came twice, the later', () => {
    const first = { ...emptyPatch, patch: 1, rows: [conversationRow('c1', 1)], acknowledged: [done(1)] }
    const second = { ...emptyPatch, patch: 2, rows: [conversationRow('c1', 2)], acknowledged: [done(2)] }
    expect(mayJoin([first], second)).toBe(true)
    const pieces = piecesOf([first, second], PIECE, nothingPending)
    expect(pieces).toHaveLength(1)
    expect(pieces[0]).toMatchObject({
      rows: [{ id: 'c1', rev: 2 }],
      acknowledged: [{ n: 1 }, { n: 2 }],
      confirms: 2,
    })
  })

  test('but not behind one with tombstones, nor a page or an answer to a question', () => {
    const plain = { ...emptyPatch, patch: 2, rows: [itemOf('c1', 1)] }
    const leaves = [{ stream: 'inbox:one' as const, type: 'item' as const, id: 'c1-1' }]
    expect(mayJoin([{ ...plain, leaves }], plain)).toBe(false)
    expect(mayJoin([plain], { ...plain, leaves })).toBe(true)
    expect(mayJoin([plain], { ...plain, pages: [{ stream: 'inbox:one', token: null }] })).toBe(false)
    expect(mayJoin([plain], { ...plain, answers: 1 })).toBe(false)
  })
})

describe('S10: an effect that looks at a row it did not declare is a mistake', () => {
  test('on the hub', async () => {
    const { store } = await smallWorkspace()
    await store.write(async tx => {
      await tx.load([key('conversation', 'c1'), key('conversation', 'c2')])
      const rows = new RowsView(tx, [key('conversation', 'c1')])
      expect(rows.get('conversation', 'c1')?.id).toBe('c1')
      expect(() => rows.get('conversation', 'c2')).toThrow('undeclared')
      expect(() => rows.remove('conversation', 'c2')).toThrow('undeclared')
    })
  })

  test('and on the desk, so that the two never differ', () => {
    const replica = createReplica(takeDatabase().db)
    const rows = effectRows(workingCopy(replica), [key('conversation', 'c1')])
    expect(rows.get('conversation', 'c1')).toBeUndefined()
    expect(() => rows.get('conversation', 'c2')).toThrow('undeclared')
    expect(() => rows.remove('conversation', 'c2')).toThrow('undeclared')
  })
})

describe('S14: desk and hub of different ages', () => {
  const greeted = async (protocol: number) => {
    const { deps } = await smallWorkspace()
    const desk = new TestDesk(deps, 'ann')
    desk.hello({ protocol })
    await settled()
    return desk
  }

  test('a desk that is too old is told so, one that is too new is told that the hub is', async () => {
    expect((await greeted(oldestSupported - 1)).goodbye?.kind).toBe('desk-too-old')
    expect((await greeted(protocolVersion + 1)).goodbye?.kind).toBe('hub-too-old')
    expect((await greeted(protocolVersion)).welcomes).toMatchObject([{ protocol: protocolVersion }])
  })

  test('a mutation this hub does not know is refused by name, and those after it run', async () => {
    const { deps, store } = await smallWorkspace()
    const push = {
      deviceEpoch: 1,
      mutations: [
        envelope(1, 'conversation.levitate', {}),
        envelope(2, 'conversation.claim', { conversationId: 'c1', at: NOW }),
      ],
    }
    expect(await run(deps, ownerOf('ann'), push, 0)).toEqual({ kind: 'ran', lastN: 2 })
    const outcomes = await store.write(tx => tx.outcomes('ann-desk', 1, 1))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      { kind: 'refused', code: 'unknown-mutation' },
      { kind: 'done' },
    ])
  })
})

test('S23: places follow the hub’s order, whatever desks believe the time is, and times never run backwards', async () => {
  const { deps, store, clock } = await smallWorkspace()
  const note = (n: number, at: number) =>
    envelope(n, 'note.add', { id: `note-${n}`, conversationId: 'c1', text: `${n}`, attachments: [], at })
  await run(deps, ownerOf('ann'), { deviceEpoch: 1, mutations: [note(1, NOW + 86_400_000)] }, 0)
  clock.now -= 60_000 // the hub's clock is set back
  await run(
    deps,
    ownerOf('bo'),
    {
      deviceEpoch: 1,
      mutations: [
        {
          ...note(1, NOW - 86_400_000),
          id: 'b1',
          args: { ...(note(1, NOW - 86_400_000).args as object), id: 'note-b' },
        },
      ],
    },
    0,
  )
  const [first, second] = await store.read('item', ['note-1', 'note-b'])
  expect([first?.seq, second?.seq]).toEqual([1, 2])
  expect(second!.at).toBeGreaterThanOrEqual(NOW)
  expect(second!.writtenAt).toBe(NOW - 86_400_000)
})
