// npm run load -- [--desks 1000] [--minutes 10] [--seed 1]
// A hub on its own PostgreSQL, many light desks that write, are cut off, come back, and some of which read slowly; two real
// desks among them. A line every ten seconds. At the end: everything acknowledged is there once, everybody has everything,
// the real desks hold what the hub holds, and the hub's memory has not grown. Exits with 1 if any of it is not so.
import { type ChildProcess, fork } from 'node:child_process'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openDesk } from '../bench/desk.ts'
import { startHub, type Usage } from '../bench/hub.ts'
import { machine } from '../bench/machine.ts'
import { talkOf } from '../bench/team.ts'
import { cable } from '../core/cuttable.ts'
import { grown } from './grown.ts'
import type { Count, Facts, Told } from './workers.ts'

const { values } = parseArgs({
  options: {
    desks: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
})
const desks = Math.max(20, Math.min(5000, Number(values.desks)))
const minutes = Math.max(0.5, Math.min(50, Number(values.minutes)))
/** A desk writes about every 20 seconds and loses its line about every 40. */
const pace = { writes: 20_000, breaks: 40_000 }
const LOOK = 10_000

console.log(`${machine()}\n${desks} desks, ${minutes} minutes, seed ${values.seed}`)
const hub = await startHub({ until: Date.now(), desks })
const tickets = await hub.tickets(desks)
// Agents 0 and 1 work at the real desks.
const light = tickets.slice(2).map(ticket => ({ ticket, talk: talkOf(ticket) }))
const lines = [cable(), cable()]
const real = await Promise.all(lines.map(({ dial }) => openDesk({ dial })))
await Promise.all(real.map((desk, index) => desk.signIn(hub.url, index)))

const crowd = fork(new URL('workers.ts', import.meta.url), { serialization: 'advanced' })
await tell(crowd, { do: 'start', url: hub.url, seed: Number(values.seed), ...pace, desks: light })

const looks: Usage[] = []
let last = { done: 0, patches: 0, at: performance.now() }
for (const end = performance.now() + minutes * 60_000; performance.now() < end; ) {
  await new Promise(resolve => setTimeout(resolve, LOOK))
  const [usage, count] = [await hub.usage(), await tell<Count>(crowd, { do: 'count' })]
  looks.push(usage)
  const seconds = (performance.now() - last.at) / 1000
  console.log(
    [
      `${((looks.length * LOOK) / 1000).toString().padStart(4)} s`,
      `rss ${megabytes(usage.rss)}`,
      `heap ${megabytes(usage.heap)}`,
      `${((count.done - last.done) / seconds).toFixed(0)} changes/s`,
      `${((count.patches - last.patches) / seconds).toFixed(0)} patches/s`,
      `${count.breaks} breaks`,
      `${count.waiting} waiting`,
      `load ${loadavg()[0]?.toFixed(1)}`,
    ].join('   '),
  )
  last = { done: count.done, patches: count.patches, at: performance.now() }
  // The real desks lose their lines in turn.
  const turn = looks.length % 4
  if (turn === 1) lines[0]!.cut()
  if (turn === 2) lines[0]!.mend()
  if (turn === 3) lines[1]!.cut()
  if (turn === 0) lines[1]!.mend()
}

for (const line of lines) line.mend()
for (const desk of real) desk.core.awake()
await tell(crowd, { do: 'drain' })
const [contents, facts] = [await hub.contents(), await tell<Facts>(crowd, { do: 'facts' })]
const problems = [...facts.wrong.slice(0, 10)]

const there = new Map(contents.items.map(item => [item.id, item]))
const acknowledged = facts.done.flatMap(({ items }) => items)
for (const id of acknowledged) if (!there.has(id)) problems.push(`lost: ${id}`)
if (new Set(acknowledged).size !== acknowledged.length) problems.push('a change was acknowledged twice')
if (contents.items.length !== acknowledged.length)
  problems.push(`${contents.items.length} items for ${acknowledged.length} acknowledged changes`)
const bySeq = new Set(contents.items.map(({ conversationId, seq }) => `${conversationId} ${seq}`))
if (bySeq.size !== contents.items.length) problems.push('two items have one place')

// Everybody has everything: hubs look at the heads each second, a slow reader takes its time.
const heads = new Map(contents.heads.map(({ stream, version }) => [stream, version]))
const behind = (all: Facts) =>
  all.cursors.filter(({ stream, version }) => version < (heads.get(stream) ?? 0)).length
let late = behind(facts)
for (let look = 0; late > 0 && look < 60; look++) {
  await new Promise(resolve => setTimeout(resolve, 1000))
  late = behind(await tell<Facts>(crowd, { do: 'facts' }))
}
if (late > 0) problems.push(`${late} cursors never reached the head`)

const expected = contents.items
  .filter(({ conversationId }) => conversationId === 'talk-0')
  .map(({ id }) => id)
for (const [index, desk] of real.entries()) {
  await within(30_000, desk.page.untilSync('live'))
  const seen = desk.page.watch('timeline', { customerId: 'customer-0', limit: 2000 })
  await within(
    30_000,
    desk.page.until(() => seen.rows.length >= expected.length),
  )
  const held = seen.rows.map(({ item }) => item.id)
  if (held.toSorted().join() !== expected.toSorted().join())
    problems.push(`real desk ${index} holds ${held.length} of ${expected.length} items`)
  await desk.close()
}

const heap = grown(looks.map(({ heap }) => heap))
const rss = grown(looks.map(({ rss }) => rss))
console.log(
  `memory of the hub, from the run's second quarter to its last: heap ${heap.text}, resident ${rss.text}`,
)
if (!heap.flat) problems.push('the heap of the hub grew')
crowd.disconnect()
await hub.close()
console.log(
  problems.length === 0
    ? `${acknowledged.length} changes acknowledged, each there once; ${tickets.length} desks have everything`
    : `NOT SO:\n${problems.join('\n')}`,
)
console.log(machine())
process.exit(problems.length === 0 ? 0 : 1)

function tell<T>(process: ChildProcess, what: Told): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the light desks ended with ${code}`))
    process.once('exit', ended)
    process.once('message', value => {
      process.off('exit', ended)
      resolve(value as T)
    })
    process.send(what)
  })
}

/** What does not come true in time is found by what is looked at next. */
function within(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise(resolve => setTimeout(resolve, milliseconds))])
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
