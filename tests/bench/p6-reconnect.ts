// P6: reconnect with 100, 1,000 and 10,000 changes made offline and 10,000 rows missed.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { uuidv7 } from 'uuidv7'
import { cable } from '../core/cuttable.ts'
import { openDesk } from './desk.ts'
import { startHub } from './hub.ts'
import { report } from './result.ts'

const MISSED = 10_000
const hub = await startHub({ items: 20_000, until: Date.now() })
const line = cable()
const desk = await openDesk({ dial: line.dial })
await desk.signIn(hub.url, 0)
await desk.page.untilSync('live')
const list = desk.page.watch('conversations', {
  view: 'open',
  inboxId: null,
  sort: 'newest',
  offset: 0,
  limit: 200,
})
await desk.page.until(() => list.rows.length > 0)
const ids = list.rows.map(({ conversation }) => conversation.id)

for (const count of [100, 1000, 10_000]) {
  line.cut()
  await desk.page.until(() => desk.page.state('sync')?.offlineSince !== null)
  for (let n = 0; n < count; n++)
    await desk.page.ask('mutate', {
      name: 'note.add',
      args: {
        id: uuidv7(),
        conversationId: ids[n % ids.length]!,
        text: `离线备注 ${n} written offline`,
        attachments: [],
        at: Date.now(),
      },
    })
  await hub.arrive(MISSED / 2)

  const delay = monitorEventLoopDelay({ resolution: 5 })
  const start = performance.now()
  const before = process.cpuUsage()
  line.mend()
  delay.enable()
  desk.core.awake()
  await desk.page.until(() => {
    const state = desk.page.state('sync')
    return state?.phase === 'live' && state.waiting === 0
  })
  const seconds = (performance.now() - start) / 1000
  delay.disable()
  const { user, system } = process.cpuUsage(before)
  const rate = count / seconds
  report({
    id: 'P6',
    name: `reconnect: ${count.toLocaleString('en')} changes out, 10,000 rows in`,
    median: rate,
    p99: rate,
    unit: 'changes/s',
    note: `${seconds.toFixed(1)} s in all, ${((user + system) / 1e6).toFixed(1)} of the desk's processor; ${desk.page.state('sync')?.refused} refused`,
  })
  report({
    id: 'P6',
    name: 'a query waits meanwhile',
    median: delay.percentile(50) / 1e6,
    p99: delay.percentile(99) / 1e6,
    unit: 'ms',
  })
}
await desk.close()
await hub.close()
