// P7, the hub's side: a note leaves desk A's socket, is committed, and is in a patch on desk B's; both only confirm.
import { uuidv7 } from 'uuidv7'
import { startCrowd } from './crowd.ts'
import { startHub } from './hub.ts'
import { LightDesk } from './light-desk.ts'
import { measured } from './measured.ts'
import { quantiles, readOptions, report } from './result.ts'
import { DESKS_PER_INBOX } from './team.ts'

const CHANGES = 500
const { full = false } = readOptions()
const sizes = process.env.DESKS ? process.env.DESKS.split(',').map(Number) : full ? [100, 1000, 5000] : [100]
for (const desks of sizes) {
  const hub = await startHub({ until: Date.now(), desks })
  const tickets = await hub.tickets(desks)
  const crowd = await startCrowd(hub.url, tickets.slice(2))
  const [a, b] = [new LightDesk(hub.url, tickets[0]!), new LightDesk(hub.url, tickets[1]!)]
  await Promise.all([a.live, b.live])

  const times: number[] = []
  if (process.env.PROFILE) await hub.profile(process.env.PROFILE)
  const { cost } = await measured(hub, async () => {
    for (let n = 1; n <= CHANGES; n++) {
      const start = performance.now()
      const [seen, answered] = [b.patch(({ rows }) => rows > 0), a.patch(() => a.acknowledged >= n)]
      const args = {
        id: uuidv7(),
        conversationId: 'talk-0',
        text: `备注 ${n}`,
        attachments: [],
        at: Date.now(),
      }
      a.push([{ n, id: uuidv7(), name: 'note.add', args }])
      await seen
      times.push(performance.now() - start)
      await answered
    }
  })
  if (process.env.PROFILE) await hub.profile(null)
  report({
    id: 'P7',
    name: `the hub alone: socket A to socket B, ${desks.toLocaleString('en')} desks`,
    ...quantiles(times),
    unit: 'ms',
    note: `${DESKS_PER_INBOX} desks an inbox; ${cost(CHANGES, 'change')}`,
  })
  a.cut()
  b.cut()
  crowd.close()
  await hub.close()
}
