// P8: what 1,000 connected desks cost the hub's memory, and how many messages a second go through it while they work.
import { uuidv7 } from 'uuidv7'
import { startCrowd } from './crowd.ts'
import { startHub } from './hub.ts'
import { LightDesk } from './light-desk.ts'
import { measured } from './measured.ts'
import { report } from './result.ts'
import { talkOf } from './team.ts'

const DESKS = 1000
const SECONDS = 10

const hub = await startHub({ until: Date.now(), desks: DESKS })
const tickets = await hub.tickets(DESKS)
/** One desk of each inbox writes, one change after the other; all others read along. */
const writing = [...new Map(tickets.map(ticket => [talkOf(ticket), ticket])).values()]
const reading = tickets.filter(ticket => !writing.includes(ticket))

// The first half makes the hub grow for good (its heap, its compiled code, PostgreSQL's connections); the second is what desks cost.
const half = DESKS / 2
const crowds = [await startCrowd(hub.url, reading.slice(0, half))]
const before = await settled()
crowds.push(await startCrowd(hub.url, reading.slice(half)))
const writers = writing.map(ticket => new LightDesk(hub.url, ticket))
await Promise.all(writers.map(({ live }) => live))
const after = await settled()
const each = (bytes: number): number => bytes / half / 1000
report({
  id: 'P8',
  name: `the hub's memory for each connected desk, from ${half} to ${DESKS.toLocaleString('en')}`,
  median: each(after.rss - before.rss),
  p99: each(after.rss - before.rss),
  unit: 'kB',
  note: `resident; of it heap ${each(after.heap - before.heap).toFixed(0)} kB, buffers ${each(after.external - before.external).toFixed(0)} kB; ${Math.round(after.rss / 1e6)} MB with all`,
})

let changes = 0
const heard = await messages()
const end = performance.now() + SECONDS * 1000
const { seconds, cost } = await measured(hub, () => Promise.all(writers.map(work)))
const told = (await messages()) - heard
report({
  id: 'P8',
  name: 'messages down while every inbox is written to',
  median: told / seconds,
  p99: told / seconds,
  unit: 'messages/s',
  note: `${Math.round(changes / seconds)} changes/s, each committed; ${cost(changes, 'change')}`,
})
for (const writer of writers) writer.cut()
for (const crowd of crowds) crowd.close()
await hub.close()

async function messages(): Promise<number> {
  return (await Promise.all(crowds.map(crowd => crowd.messages()))).reduce((sum, some) => sum + some, 0)
}

async function work(desk: LightDesk, index: number): Promise<void> {
  const conversationId = talkOf(writing[index]!)
  for (let n = 1; performance.now() < end; n++) {
    const answered = desk.patch(() => desk.acknowledged >= n)
    const args = {
      id: uuidv7(),
      conversationId,
      text: `备注 ${n}`,
      attachments: [],
      at: Date.now(),
    }
    desk.push([{ n, id: uuidv7(), name: 'note.add', args }])
    await answered
    changes++
  }
}

/** Memory once what was let go of is gone: the lowest of a few looks, a second apart. */
async function settled() {
  let best = await hub.usage()
  for (let look = 0; look < 3; look++) {
    await new Promise(resolve => setTimeout(resolve, 1000))
    const usage = await hub.usage()
    if (usage.rss < best.rss) best = usage
  }
  return best
}
