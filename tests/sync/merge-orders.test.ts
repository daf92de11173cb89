import { expect, it } from 'vitest'
import { ordersOf } from './orders.ts'
import { play } from './play.ts'
import type { Step } from './story.ts'
import { addressOf, conversations } from './workspace.ts'

/** The one whose customer is merged into that of `one-2`, which is in another inbox. */
const ON = conversations.indexOf('two-1')
const act = (desk: number, what: Extract<Step, { do: 'act' }>['what'], n = 0): Step => ({
  do: 'act',
  desk,
  what,
  on: ON,
  n,
})

const happenings: Step[] = [
  act(0, 'merge'),
  { do: 'cut', desk: 1 },
  act(1, 'reply'),
  { do: 'customer', on: ON },
  act(2, 'unmerge'),
]

it('S26 in every order of merge, cut, reply, customer and unmerge nothing reaches another person, and in the end all is where it would have been', async () => {
  let orders = 0
  let held = 0
  let sent = 0
  for (const order of ordersOf(happenings)) {
    orders += 1
    // Long enough between them that all hear of each other, and not; then what is still merged is separated, and what is held is sent.
    const pause: Step = { do: 'pass', milliseconds: orders % 2 === 0 ? 1_500 : 40 }
    const steps: Step[] = [
      { do: 'pass', milliseconds: 8_000 },
      ...order.flatMap(step => [step, pause]),
      { do: 'rest' },
      act(0, 'unmerge'),
      { do: 'rest' },
      act(1, 'release'),
    ]
    await play(
      { seed: orders, desks: 3, steps },
      {
        async atRest(hub, office) {
          const customers = await hub.store.all('customer')
          expect(customers.filter(({ mergedInto }) => mergedInto !== null)).toEqual([])
          const items = await hub.store.all('item')
          expect(new Set(items.map(item => `${item.conversationId} of ${item.customerId}`))).toEqual(
            new Set(['two-1 of customer-two-1']),
          )
          const replies = items.filter(({ direction }) => direction === 'out')
          expect(replies.map(({ delivery }) => delivery?.state)).toEqual(['sent'])
          expect(office.left.map(({ address }) => address)).toEqual([addressOf('two-1')])
          const events = await hub.store.events(0, 10_000)
          held += events.filter(({ name }) => name === 'reply.release').length
          sent += replies.length
        },
      },
    )
  }
  expect([orders, sent]).toEqual([120, 120])
  // A reply whose author had not seen the merge, or its end, was held for a look in some of these orders.
  expect(held).toBeGreaterThan(0)
}, 300_000)
