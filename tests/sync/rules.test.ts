// Rules of shared/protocol/SPEC.md that belong to no single module.
import { describe, expect, test } from 'vitest'
import { key, type Row } from '#shared/model/row.ts'
import { oldestSupported, protocolVersion } from '#shared/protocol/version.ts'
import { createReplica } from '../../electron/core/replica/replica.ts'
import { effectRows } from '../../electron/core/replica/rows.ts'
import { workingCopy } from '../../electron/core/replica/working-copy.ts'
import { PIECE, piecesOf } from '../../electron/core/sync/apply.ts'
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

test('S8: a long patch is applied in pieces, and what moves the desk on comes with the last', () => {
  const of = conversation('c1', 'one')
  const rows = Array.from({ length: 2 * PIECE + 1 }, (_, index): Row => {
    const doc = message(`i${index}`, of, index + 1)
    return { type: 'item', id: doc.id, rev: 1, doc }
  })
  const pieces = piecesOf({
    ...emptyPatch,
    patch: 1,
    rows,
    cursors: [{ stream: 'inbox:one', epoch: 1, version: 9 }],
    acknowledged: [{ n: 1, id: 'm1', outcome: { kind: 'done' } }],
  })
  expect(pieces.map(piece => piece.rows.length)).toEqual([PIECE, PIECE, 1])
  expect(pieces.map(piece => piece.cursors.length + piece.acknowledged.length)).toEqual([0, 0, 2])
  expect(pieces.flatMap(piece => piece.rows)).toEqual(rows)
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
