import { afterEach, beforeEach, describe } from 'vitest'
import { devices } from './store/devices.ts'
import { events } from './store/events.ts'
import { everybody } from './store/everybody.ts'
import { feed } from './store/feed.ts'
import { firstSync } from './store/first-sync.ts'
import { groundOf, type Subject } from './store/ground.ts'
import { large } from './store/large.ts'
import { membership } from './store/membership.ts'
import { names } from './store/names.ts'
import { reading } from './store/reading.ts'
import { transactions } from './store/transactions.ts'

export type { Subject } from './store/ground.ts'

/** Every store passes this (quality.md, contract). Numbers of rules are those of shared/protocol/SPEC.md. */
export function storeContract(name: string, open: () => Promise<Subject>): void {
  describe(`the ${name} store`, () => {
    let subject: Subject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(() => subject.close())
    const ground = groundOf(() => subject)
    for (const part of [
      feed,
      membership,
      transactions,
      names,
      everybody,
      large,
      devices,
      firstSync,
      events,
      reading,
    ])
      part(ground)
  })
}
