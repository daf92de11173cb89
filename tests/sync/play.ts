import type { Basis } from '#shared/model/hold.ts'
import { random } from '../../server/demo/random.ts'
import { SimulatedDesk } from './desk.ts'
import { inboxes, type SimulatedHub, simulatedHub } from './hub.ts'
import { checkInvariants } from './invariants.ts'
import { Line } from './network.ts'
import type { Act, Step, Story } from './story.ts'
import { VirtualTime } from './virtual-time.ts'

const START = 1_800_000_000_000
const conversations = inboxes.flatMap(inbox => [1, 2, 3].map(number => `${inbox}-${number}`))

/** Plays a story, lets everything come to rest, and demands the invariants. @throws when one does not hold */
export async function play(story: Story): Promise<void> {
  const time = new VirtualTime(START)
  const chance = random(story.seed)
  const agentIds = ['ann', 'bo', 'cai', 'dee'].slice(0, story.desks)
  const hub = await simulatedHub(time, agentIds)
  const desks = agentIds.map(
    id => new SimulatedDesk(id, time, chance, new Line(time, chance, hub, `${id}-desk`)),
  )
  let customerWrote = 0
  try {
    await time.run(2_000)
    for (const step of story.steps) {
      await happen(step, hub, desks, time, () => `in-${++customerWrote}`)
      await time.run(chance.between(0, 20))
    }
    await comeToRest(hub, desks, time)
    await checkInvariants(hub, desks)
  } finally {
    for (const desk of desks) desk.close()
    hub.crash()
    await time.run(10)
  }
}

async function happen(
  step: Step,
  hub: SimulatedHub,
  desks: SimulatedDesk[],
  time: VirtualTime,
  newId: () => string,
): Promise<void> {
  const desk = 'desk' in step ? desks[step.desk % desks.length]! : desks[0]!
  switch (step.do) {
    case 'act':
      act(desk, step.what, conversations[step.on]!, step.n)
      break
    case 'customer':
      await hub.customerWrites(conversations[step.on]!, newId())
      break
    case 'cut':
      desk.line.up = false
      desk.line.cut()
      break
    case 'restore':
      desk.line.up = true
      desk.wake()
      break
    case 'restart':
      desk.restart()
      break
    case 'hub-crash':
      hub.crash()
      for (const each of desks) each.line.cut()
      break
    case 'hub-start':
      hub.start()
      break
    case 'revoke':
      await hub.grant(
        desk.agentId,
        inboxes.filter((_, index) => index !== step.inbox),
      )
      break
    case 'grant':
      await hub.grant(desk.agentId, [...inboxes])
      break
    case 'pass':
      await time.run(step.milliseconds)
  }
}

/** What an agent does by hand, from what their desk shows. What is not there, or not possible, is not done. */
function act(desk: SimulatedDesk, what: Act, conversationId: string, n: number): void {
  const found = desk.get('conversation', conversationId)
  if (!found) return
  const at = desk.now
  const { customerId, inboxId, channel } = found
  const place = { conversationId, customerId, inboxId, channel }
  const to = [{ name: '', address: `${conversationId}@customers.example` }]
  const offline = desk.connection.standing.phase === 'offline'
  const basis: Basis = {
    seq: found.lastSeq,
    status: found.status,
    assigneeId: found.assigneeId,
    inboxId,
    customerId,
    writtenAt: at,
    offline,
  }
  const id = `${desk.agentId}-${what}-${conversationId}-${desk.accepted.size}-${at}-${n}`
  const tagId = n % 2 === 0 ? 'urgent' : 'billing'
  const held = found.held.find(entry => entry.agentId === desk.agentId)
  const waiting = found.held.map(entry => entry.itemId).filter(itemId => itemId !== held?.itemId)
  switch (what) {
    case 'reply':
      desk.act('reply.send', { id, ...place, text: `reply ${id}`, to, cc: [], attachments: [], basis })
      break
    case 'note':
      desk.act('note.add', { id, conversationId, text: `note ${id}`, attachments: [], at })
      break
    case 'claim':
      desk.act('conversation.claim', { conversationId, at })
      break
    case 'assign':
      desk.act('conversation.assign', {
        conversationId,
        agentId: n === 0 ? null : 'bo',
        from: found.assigneeId,
        at,
      })
      break
    case 'close':
      desk.act('conversation.close', { conversationId, at })
      break
    case 'reopen':
      desk.act('conversation.reopen', { conversationId, at })
      break
    case 'snooze':
      desk.act('conversation.snooze', { conversationId, at, until: at + 3_600_000 })
      break
    case 'tag':
      desk.act('conversation.tag', { conversationId, tagId })
      break
    case 'untag':
      desk.act('conversation.untag', { conversationId, tagId })
      break
    case 'draft':
      desk.act('draft.save', {
        conversationId,
        kind: n % 2 === 0 ? 'reply' : 'note',
        text: `typed ${n}`,
        cc: [],
        attachments: [],
        heldItemId: null,
        updatedAt: at,
      })
      break
    case 'read':
      desk.act('conversation.read', { conversationId, seq: found.lastSeq })
      break
    case 'release':
      if (held) desk.act('reply.release', { itemId: held.itemId, ...place, basis, waiting })
      break
    case 'discard':
      if (held) desk.act('reply.discard', { itemId: held.itemId, conversationId, waiting })
      break
    case 'edit-customer':
      desk.act('customer.edit', {
        id: customerId,
        set: n === 0 ? { note: `note ${n}` } : { company: `company ${n}` },
      })
  }
}

const REST_LIMIT = 60

/** Hub and lines are mended; then time passes until nothing is under way any more (I10). */
async function comeToRest(hub: SimulatedHub, desks: SimulatedDesk[], time: VirtualTime): Promise<void> {
  hub.start()
  for (const desk of desks) {
    desk.line.up = true
    desk.wake()
  }
  // A line that broke silently is noticed by its silence.
  await time.run(20_000)
  for (let turn = 0; turn < REST_LIMIT; turn++) {
    await time.run(10_000)
    const still = desks.filter(desk => desk.waiting.length > 0 || desk.connection.standing.phase !== 'live')
    // A quiet round more, so that what one desk's last change made has reached the others.
    if (still.length === 0) return time.run(5_000)
  }
}
