/** S14: a desk from before there were erasures is told by tombstones, and of the rest when it is new. */
import { expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import { erase } from '../../server/erasure/erase.ts'
import { memoryLedger } from '../../server/erasure/ledger.ts'
import { settled, smallWorkspace, TestDesk } from '../../server/sync/testing.ts'

test('S14: an older desk gets tombstones and no row that it does not know; a newer one gets both', async () => {
  const { store, clock, deps } = await smallWorkspace()
  const older = new TestDesk(deps, 'ann')
  const newer = new TestDesk(deps, 'bo')
  older.hello()
  newer.hello({ takesErasures: true })
  await settled()
  const stop = store.onCommit(streams => {
    older.session.hint(streams)
    newer.session.hint(streams)
  })
  const whom = { id: 'e1', at: 1, customerIds: ['customer'], conversationIds: [], names: [] }
  const parts = {
    store,
    now: () => clock.now,
    secrets: secretsFrom(new Uint8Array(32)),
    ledger: memoryLedger(),
  }
  await erase({ ...parts, blobs: {} as never }, whom, { by: null, reason: null })
  await settled()
  stop()

  expect((await store.read('erasure', ['e1']))[0]?.conversationIds).toEqual(['c1', 'c2'])
  for (const [desk, rows] of [
    [older, []],
    [newer, ['erasure:e1']],
  ] as const) {
    expect([...desk.rows].filter(word => word.startsWith('erasure'))).toEqual(rows)
    expect(desk.goodbye).toBeUndefined()
    const leaves = desk.patches.flatMap(patch => patch.leaves.map(({ type }) => type))
    expect(leaves).toEqual(expect.arrayContaining(['customer', 'identity', 'conversation']))
  }
  await store.write(async tx => {
    await tx.load([key('customer', 'customer')])
    expect(tx.get('customer', 'customer')).toBeUndefined()
  })
})
