// P1: first sync over a real socket: a hub on its own PostgreSQL, a desk with its durable, encrypted, searchable replica.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openDesk } from './desk.ts'
import { startHub } from './hub.ts'
import { readOptions, report } from './result.ts'

const { full, items } = readOptions()
for (const count of full ? [100_000, 1_000_000] : [Math.min(items, 100_000)]) {
  const hub = await startHub({ items: count, until: Date.now() })
  const desk = await openDesk()
  const { rows } = hub
  const list = desk.page.watch('conversations', {
    view: 'open',
    inboxId: null,
    sort: 'newest',
    offset: 0,
    limit: 50,
  })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const start = performance.now()
  const before = process.cpuUsage()
  await desk.signIn(hub.url, 0)
  delay.enable()
  await desk.page.until(() => list.rows.length > 0)
  const first = performance.now() - start
  await desk.page.untilSync('live')
  const rate = rows / ((performance.now() - start) / 1000)
  delay.disable()
  const { user, system } = process.cpuUsage(before)
  report({
    id: 'P1',
    name: 'first sync over a socket, searchable and durable',
    median: rate,
    p99: rate,
    unit: 'rows/s',
    rows,
    note: `hub, PostgreSQL and desk on this machine; processor time of the desk: ${((user + system) / rows).toFixed(0)} µs a row`,
  })
  report({ id: 'P1', name: 'first page usable', median: first, p99: first, unit: 'ms', rows })
  report({
    id: 'P1',
    name: 'a query waits meanwhile (S8)',
    median: delay.percentile(50) / 1e6,
    p99: delay.percentile(99) / 1e6,
    unit: 'ms',
    rows,
  })
  await desk.close()
  await hub.close()
}
