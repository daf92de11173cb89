import type { Customer } from '#shared/model/customer.ts'
import { conversationWith, customerWith, identityWith } from '#shared/model/testing.ts'
import { inbound } from './items.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000
export const secondAddress = 'amara@home.example'
export const secondWords = 'I also have one of your bikes at home.'

/** Puts somebody into the world who wrote from a private address a day before `now`, and is suggested as the same person. */
export function withSecondSelf(world: World, now: number, name = 'A. Okafor'): Customer {
  const at = now - 29 * HOUR
  const place = { conversationId: 'second', customerId: 'second', inboxId: 'inbox-1', channel: 'email' }
  const customer = customerWith({ id: 'second', name, createdAt: at })
  world.put('customer', customer)
  world.put('identity', identityWith({ id: 'second-mail', customerId: 'second', address: secondAddress }))
  world.put(
    'conversation',
    conversationWith({
      id: 'second',
      inboxId: 'inbox-1',
      customerId: 'second',
      identityId: 'second-mail',
      subject: 'My private bike',
      assigneeId: world.agentId,
      lastSeq: 1,
      createdAt: at,
      activityAt: at,
      lastInbound: { seq: 1, at },
      waitingSince: at,
    }),
  )
  world.put(
    'item',
    inbound(place, {
      id: 'second-1',
      seq: 1,
      at,
      identityId: 'second-mail',
      text: secondWords,
      from: secondAddress,
      name,
    }),
  )
  world.suggestions = [{ customer, reasons: [{ kind: 'typed', address: secondAddress }] }]
  return customer
}
