// P6, the hub's side: 10,000 notes of one device, 200 a push, until the last outcome is back. Its desk only confirms.
import { uuidv7 } from 'uuidv7'
import { startHub } from './hub.ts'
import { LightDesk } from './light-desk.ts'
import { measured } from './measured.ts'
import { report } from './result.ts'

const CHANGES = 10_000
const PUSH = 200
/** Pushes that were not answered yet; a desk of ours has so many under way. */
const UNDER_WAY = 2

const hub = await startHub({ items: 20_000, until: Date.now() })
const [ticket] = await hub.tickets(1)
const conversations = await hub.conversations(2000)
const desk = new LightDesk(hub.url, ticket!)
await desk.live

if (process.env.PROFILE) await hub.profile(process.env.PROFILE)
const { seconds, cost } = await measured(hub, async () => {
  for (let n = 0; n < CHANGES; n += PUSH) {
    desk.push(Array.from({ length: PUSH }, (_, index) => note(n + index)))
    const due = n + PUSH - (UNDER_WAY - 1) * PUSH
    if (desk.acknowledged < due) await desk.patch(() => desk.acknowledged >= due)
  }
  if (desk.acknowledged < CHANGES) await desk.patch(() => desk.acknowledged >= CHANGES)
})
if (process.env.PROFILE) await hub.profile(null)
report({
  id: 'P6',
  name: 'the hub alone: 10,000 changes of one desk, 200 a push',
  median: CHANGES / seconds,
  p99: CHANGES / seconds,
  unit: 'changes/s',
  note: cost(CHANGES, 'change'),
})
desk.cut()
await hub.close()

function note(index: number) {
  const args = {
    id: uuidv7(),
    conversationId: conversations[index % conversations.length],
    text: `离线备注 ${index} written offline`,
    attachments: [],
    at: Date.now(),
  }
  return { n: index + 1, id: uuidv7(), name: 'note.add', args }
}
