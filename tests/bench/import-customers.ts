// node tests/bench/import-customers.ts [ROWS [KNOWN]]
// An import of so many customers (100,000) on a hub of its own process with its own PostgreSQL (durable): sent, checked, put in, put in
// again with a change; how long others wait meanwhile, the hub's memory, and until a colleague's desk has them. Then a change of those
// KNOWN by a conversation in the inbox in which the others write: their rows move in its stream.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { key } from '#shared/model/row.ts'
import { everybody } from '#shared/model/segment.ts'
import { conversationWith, customerWith, identityWith } from '#shared/model/testing.ts'
import type { ImportRow } from '#shared/protocol/import.ts'
import { addressName } from '../../server/inbound/names.ts'
import { personAt } from '../customers/importer.ts'
import { password, signedIn } from '../faults/support/desk.ts'
import { makeSite, openSites } from '../faults/support/hub.ts'
import { machine } from './machine.ts'
import { quantiles } from './result.ts'

const COUNT = Number(process.argv[2] ?? 100_000)
const KNOWN = Number(process.argv[3] ?? 0)
const knownRows = (): ImportRow[] =>
  Array.from({ length: KNOWN }, (_, index) => ({
    row: index + 2,
    set: { tier: 'Gold' },
    addresses: [{ channel: 'email', address: `known${index}@import.example` }],
  }))
const rows = (tier: string): ImportRow[] =>
  Array.from({ length: COUNT }, (_, index) => ({
    row: index + 2,
    set: { name: `客户 ${index}`, company: `公司 ${index % 5000}`, tier },
    addresses: [
      { channel: 'email', address: `person${index}@import.example` },
      { channel: 'phone', address: `+86138${String(index).padStart(8, '0')}` },
    ],
  }))
/** Linux only. */
const peakOf = (pid: number): string =>
  /VmHWM:\s*(.*)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'unknown'
const ms = (value: number): string => `${Math.round(value)} ms`

console.log(machine())
const site = await makeSite({
  smtp: 'smtp://127.0.0.1:1',
  agents: { sue: 'supervisor', ann: 'agent' },
  seed(tx, inboxId) {
    tx.put('customer', customerWith({ id: 'other', name: 'Other' }))
    tx.put('identity', identityWith({ id: 'other-i', customerId: 'other' }))
    tx.put(
      'conversation',
      conversationWith({ id: 'thread', inboxId, customerId: 'other', identityId: 'other-i' }),
    )
  },
})
try {
  await site.ground.store.write(async tx => {
    for (let index = 0; index < KNOWN; index++) {
      const customerId = `known-${index}`
      const identityId = `${customerId}-i`
      const address = `known${index}@import.example`
      tx.put('customer', customerWith({ id: customerId, name: `Known ${index}` }))
      tx.put('identity', identityWith({ id: identityId, customerId, address }))
      tx.name(addressName('email', address), key('identity', identityId))
      tx.put(
        'conversation',
        conversationWith({
          id: `${customerId}-c`,
          inboxId: site.inboxId,
          customerId,
          identityId,
          status: 'closed',
        }),
      )
      if (index % 500 === 499) await tx.spill()
    }
  })
  const hub = await site.hub()
  await hub.start()
  const sue = await personAt(hub.url, 'sue', password)
  const desk = await signedIn(join(site.folder, 'ann'), hub.url, 'ann')
  const count = desk.page.watch('customerCount', { filter: { where: everybody, text: '' } })

  const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const start = performance.now()
    await work()
    console.log(`${name}: ${ms(performance.now() - start)}`)
  }
  /** What another hub's writer waits for one change, again and again until `work` ends. */
  const beside = async (work: () => Promise<unknown>): Promise<void> => {
    const waits: number[] = []
    let over = false
    const going = work().finally(() => {
      over = true
    })
    for (let turn = 0; !over; turn++) {
      const start = performance.now()
      await site.ground.store.write(async tx => {
        await tx.load([key('conversation', 'thread')])
        const thread = tx.get('conversation', 'thread')!
        tx.put('conversation', { ...thread, subject: `turn ${turn}` })
      })
      waits.push(performance.now() - start)
      await pause(20)
    }
    await going
    const { median, p99 } = quantiles(waits)
    console.log(
      `  a writer beside it, ${waits.length} times: median ${ms(median)}, p99 ${ms(p99)}, longest ${ms(Math.max(...waits))}`,
    )
  }
  const round = async (name: string, table: ImportRow[]): Promise<void> => {
    let id = ''
    await timed(`${name}: sent`, () =>
      beside(async () => {
        id = await sue.begin(table)
      }),
    )
    await timed(`${name}: checked`, () =>
      beside(async () => console.log(sue.end(await sue.ask(`/${id}/check`, {})))),
    )
    await timed(`${name}: put in`, () =>
      beside(async () => console.log(sue.end(await sue.ask(`/${id}/commit`, { part: false })))),
    )
  }
  await beside(() => pause(2000))
  await round('new', rows('Fair'))
  await timed('until the desk has them all', () => desk.page.until(() => (count.rows[0]?.count ?? 0) > COUNT))
  await round('all of them changed', rows('VIP'))
  if (KNOWN > 0) await round('those known changed', knownRows())
  console.log(`memory of the hub at its most: ${peakOf(hub.pid!)}`)
  await desk.close()
} finally {
  for (const remove of openSites) await remove()
}
