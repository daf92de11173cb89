// P7: a change on desk A, committed by the hub, shown on desk B, while so many desks are connected.
import { uuidv7 } from 'uuidv7'
import { startCrowd } from './crowd.ts'
import { openDesk } from './desk.ts'
import { startHub } from './hub.ts'
import { quantiles, readOptions, report } from './result.ts'
import { DESKS_PER_INBOX } from './team.ts'

const CHANGES = 200
const { full } = readOptions()
for (const desks of full ? [100, 1000, 5000] : [100]) {
  const hub = await startHub({ until: Date.now(), desks })
  const crowd = await startCrowd(hub.url, (await hub.tickets(desks)).slice(2))

  const [a, b] = [await openDesk(), await openDesk()]
  await a.signIn(hub.url, 0)
  await b.signIn(hub.url, 1)
  await Promise.all([a.page.untilSync('live'), b.page.untilSync('live')])
  const seen = b.page.watch('timeline', { customerId: 'customer-0', limit: 20 })
  const times: number[] = []
  for (let n = 0; n < CHANGES; n++) {
    const id = uuidv7()
    const start = performance.now()
    void a.page.ask('mutate', {
      name: 'note.add',
      args: { id, conversationId: 'talk-0', text: `备注 ${n}`, attachments: [], at: Date.now() },
    })
    await b.page.until(() => seen.rows.some(({ item }) => item.id === id))
    times.push(performance.now() - start)
  }
  report({
    id: 'P7',
    name: `desk A to hub to desk B, ${desks.toLocaleString('en')} desks`,
    ...quantiles(times),
    unit: 'ms',
    note: `${DESKS_PER_INBOX} desks an inbox, all on this machine`,
  })
  await a.close()
  await b.close()
  crowd.close()
  await hub.close()
}
