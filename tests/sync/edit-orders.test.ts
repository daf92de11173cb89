import { expect, it } from 'vitest'
import { ordersOf } from './orders.ts'
import { play } from './play.ts'
import type { Step } from './story.ts'
import { conversations } from './workspace.ts'

const ON = conversations[0]!
/** A line more of the note, and another company. */
const edits = (desk: number): Step[] =>
  [0, 1].map(n => ({ do: 'act', desk, what: 'edit-customer', on: conversations.indexOf(ON), n }))

const happenings: Step[][] = [
  [{ do: 'cut', desk: 1 }],
  edits(0),
  edits(1),
  [
    { do: 'mend', desk: 1 },
    { do: 'pass', milliseconds: 1_500 },
  ],
]

it('S13 in every order of two desks that write one profile, one of them cut off, no word is replaced unseen', async () => {
  let refused = 0
  let replaced = 0
  for (const [number, order] of [...ordersOf(happenings)].entries()) {
    const pause: Step = { do: 'pass', milliseconds: number % 2 === 0 ? 1_500 : 40 }
    const steps: Step[] = [
      { do: 'pass', milliseconds: 8_000 },
      ...order.flatMap(step => [...step, pause]),
      { do: 'rest' },
    ]
    await play(
      { seed: number, desks: 2, steps },
      {
        async atRest(hub, _office, desks) {
          const [conversation] = await hub.store.read('conversation', [ON])
          const customerId = conversation?.customerId ?? ''
          const [{ note, company } = { note: '', company: '' }] = await hub.store.read('customer', [
            customerId,
          ])
          // Each desk wrote one line of the note: both are there, whoever came first.
          for (const { seat } of desks)
            expect(note.split('\n').filter(line => line.startsWith(`${seat.deviceId} `))).toHaveLength(1)
          // And one company: it stands, or its author is told whose does and has it still, or was replaced by one who had seen it.
          const told = desks.flatMap(desk =>
            desk.column<string>("select params from refused where code = 'changed'").map(text => ({
              ...(JSON.parse(text) as Record<string, string>),
              author: desk.seat.deviceId,
            })),
          )
          for (const params of told)
            expect(params).toMatchObject({
              ...{ field: 'company', customerId },
              mine: expect.stringContaining(params.author),
              agentId: desks.find(({ seat }) => company.startsWith(`${seat.deviceId} `))?.seat.agentId,
            })
          refused += told.length
          replaced += 1 - told.length
        },
      },
    )
  }
  expect(refused + replaced).toBe(24)
  expect(refused).toBeGreaterThan(0)
  expect(replaced).toBeGreaterThan(0)
}, 300_000)
