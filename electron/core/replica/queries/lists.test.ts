import { expect, test } from 'vitest'
import type { Conversation } from '#shared/model/conversation.ts'
import type { QueryArgs, Sort, View } from '#shared/queries/index.ts'
import { conversationRow, NOW, TestDesk } from '../../testing.ts'
import { createAnswers } from './index.ts'
import { viewIds } from './lists.ts'

type Args = QueryArgs<'conversations'>

const views: View[] = ['mine', 'unassigned', 'open', 'waiting', 'snoozed', 'closed']
const sorts: Sort[] = ['newest', 'longest-waiting']
/** Near, where rows are counted off, and deep, where their place is known. */
const offsets = [0, 40, 1_010, 1_270, 1_400]
const MANY = 2_400

/** The same numbers every time: 0 up to below `end`. */
function numbers(seed: number): (end: number) => number {
  let state = seed
  return end => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
}

test('a window is the same at any depth as when all before it are counted off, while conversations come, change and go', () => {
  const below = numbers(7)
  const { replica } = new TestDesk()
  /** Some of it equal, so that the last terms of the order decide too. */
  const traits = (): Partial<Conversation> => ({
    status: below(3) > 0 ? 'open' : below(2) > 0 ? 'snoozed' : 'closed',
    assigneeId: [null, 'ann', 'bo'][below(3)]!,
    inboxId: below(4) > 0 ? 'one' : 'two',
    activityAt: NOW + below(300),
    waitingSince: below(2) > 0 ? null : NOW - below(200),
  })
  const put = (n: number): void => replica.tables.put('conversation', 1, conversationRow(`c${n}`, traits()))
  replica.transaction(() => {
    for (let n = 0; n < MANY; n += 1) put(n)
  })
  const { conversations } = createAnswers({
    replica,
    agentId: () => 'ann',
    loadingOlder: () => new Set(),
    connected: () => false,
  })
  const agree = (): void => {
    for (const view of views)
      for (const sort of sorts)
        for (const inboxId of [null, 'one'])
          for (const offset of offsets) {
            const args: Args = { view, sort, inboxId, offset, limit: 20 }
            const keys = conversations.run(args).map(({ key }) => key)
            expect(keys, JSON.stringify(args)).toEqual(viewIds(replica.db, 'ann', args))
          }
  }
  agree()
  for (let round = 0; round < 3; round += 1) {
    for (let step = 0; step < 40; step += 1)
      replica.transaction(() => {
        if (step % 6 === 5) replica.tables.remove('conversation', `c${below(MANY)}`)
        else put(below(MANY + 200))
      })
    agree()
  }
  // So many at once that everything is looked for anew.
  replica.transaction(() => {
    for (let n = 0; n < MANY; n += 1) put(n)
  })
  agree()
})
