/** Real desks at a real hub: what wants attention is told once, whatever the line does, and seen once, on whichever desk. */
import { expect, test } from 'vitest'
import type { Transaction } from '../../server/store/store.ts'
import { conversation, message } from '../../server/sync/testing.ts'
import { cable } from '../core/cuttable.ts'
import { signedIn, startHub } from '../core/ground.ts'
import type { Page } from '../core/page.ts'

/** Somebody new writes a mail to inbox one. */
const writes = (tx: Transaction, name: string, at = Date.now()): void => {
  tx.put('customer', {
    ...{ id: name, name, company: '', language: 'en', timeZone: '', tier: '', note: '' },
    ...{ mergedInto: null, createdAt: at },
  })
  const address = `${name.toLowerCase()}@customer.example`
  tx.put('identity', { id: `${name}-mail`, customerId: name, channel: 'email', address, name, createdAt: at })
  const row = conversation(`of-${name}`, 'one', {
    ...{ customerId: name, identityId: `${name}-mail`, lastSeq: 1, createdAt: at, activityAt: at },
    ...{ lastInbound: { seq: 1, at }, waitingSince: at, preview: 'Hello' },
  })
  tx.put('conversation', row)
  tx.put('item', message(`${row.id}-1`, row, 1, { at, writtenAt: at, text: 'Hello' }))
}
const told = (page: Page) =>
  page.events.flatMap(({ name, value }) =>
    name === 'arrived'
      ? [(value as { customerName: string }).customerName]
      : name === 'arrivals'
        ? [`${(value as { customers: number }).customers} customers`]
        : [],
  )

test('what the desk finds is no news; a night off the line is one sentence; a line that goes and comes tells nothing again', async () => {
  const hub = await startHub()
  const line = cable()
  const { page } = await signedIn(hub.url, 'ann', { dial: line.dial })
  const alerts = page.watch('alerts', {})
  await page.until(() => alerts.rows.length === 3)

  line.cut()
  await page.until(() => page.state('sync')?.offlineSince !== null)
  const night = Date.now() - 6 * 3_600_000
  await hub.store.write(async tx => {
    for (const [index, name] of ['Ada', 'Bea', 'Cleo', 'Dora', 'Emma'].entries())
      writes(tx, name, night + index * 1000)
  })
  line.mend()
  await page.ask('retryNow', {})
  await page.until(() => told(page).length > 0)
  expect(told(page)).toEqual(['5 customers'])
  expect(page.state('arrivals')?.longest).toMatchObject({ customerId: 'Ada', since: night })
  await page.until(() => page.state('sound') !== undefined)
  expect(page.state('sound')).toEqual({ motif: 'mail' })

  line.cut()
  await page.until(() => page.state('sync')?.offlineSince !== null)
  line.mend()
  await page.ask('retryNow', {})
  await page.untilSync('live')
  await hub.store.write(async tx => writes(tx, 'Fay'))
  await page.until(() => told(page).includes('Fay'))
  expect(told(page)).toEqual(['5 customers', 'Fay'])
})

test('both desks of one person are told; what is read on one no longer stands on the other', async () => {
  const hub = await startHub()
  const [here, there] = [await signedIn(hub.url, 'ann'), await signedIn(hub.url, 'ann')]
  const standing = there.page.watch('alerts', {})
  await hub.store.write(async tx => writes(tx, 'Ada'))
  for (const { page } of [here, there]) await page.until(() => told(page).includes('Ada'))
  await there.page.until(() => standing.rows.some(({ id }) => id === 'of-Ada'))
  await here.page.ask('mutate', { name: 'conversation.read', args: { conversationId: 'of-Ada', seq: 1 } })
  await there.page.until(() => standing.rows.every(({ id }) => id !== 'of-Ada'))
})
