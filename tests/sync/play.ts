import { random } from '../../server/demo/random.ts'
import { act } from './acts.ts'
import { type Database, MemoryDatabase } from './database.ts'
import { type DeskSeams, SimulatedDesk } from './desk.ts'
import { type HubSeams, SimulatedHub } from './hub.ts'
import { checkInvariants } from './invariants.ts'
import { Line } from './network.ts'
import { PostOffice } from './post-office.ts'
import { conversationOf, type Step, type Story, streamToPurge } from './story.ts'
import { VirtualTime } from './virtual-time.ts'
import { inboxes, START, seats, workspace } from './workspace.ts'

export interface Options {
  /** Deliberate faults (faults.ts). */
  hub?: HubSeams
  desk?: DeskSeams
  /** A database for this story; without one, the store in memory. */
  database?(desks: number, time: VirtualTime): Promise<Database>
  /** Looks at the end, when everything has come to rest, besides the invariants. */
  atRest?(hub: SimulatedHub, office: PostOffice, desks: readonly SimulatedDesk[]): Promise<void>
}

interface Scene {
  time: VirtualTime
  hub: SimulatedHub
  desks: SimulatedDesk[]
  office: PostOffice
}

/** Plays a story, lets everything come to rest, and demands the invariants. @throws Broken when one does not hold */
export async function play(story: Story, options: Options = {}): Promise<void> {
  const scene = await setUp(story, options)
  const { time, hub, desks } = scene
  const chance = random(story.seed ^ 0x5eed)
  try {
    await hub.start()
    await time.run(chance.between(0, 2_000))
    for (const step of story.steps) {
      await happen(step, scene)
      await time.run(chance.between(0, 20))
    }
    await restAndLook(scene)
    await options.atRest?.(hub, scene.office, desks)
  } finally {
    for (const desk of desks) desk.stop()
    await hub.kill()
    await time.settle()
    for (const desk of desks) desk.close()
    await hub.database.close()
  }
}

async function setUp(story: Story, options: Options): Promise<Scene> {
  const time = new VirtualTime(START)
  const chance = random(story.seed)
  const team = seats(story.desks)
  const database =
    (await options.database?.(story.desks, time)) ?? new MemoryDatabase(await workspace(story.desks))
  const office = new PostOffice(time, chance)
  const hub = new SimulatedHub({
    time,
    random: chance,
    database,
    office,
    seats: team,
    seams: options.hub ?? {},
  })
  const desks = team.map(
    seat =>
      new SimulatedDesk(seat, time, chance, new Line(time, chance, hub, seat.deviceId), options.desk ?? {}),
  )
  return { time, hub, desks, office }
}

async function happen(step: Step, scene: Scene): Promise<void> {
  const { hub, desks, time, office } = scene
  const desk = 'desk' in step ? desks[step.desk % desks.length]! : desks[0]!
  switch (step.do) {
    case 'act':
      return act(desk, office, step.what, conversationOf(step.on), step.n)
    case 'customer':
      return hub.customerWrites(conversationOf(step.on))
    case 'cut':
      desk.line.way = 'closed'
      return
    case 'deafen':
      desk.line.way = 'deaf'
      return
    case 'mute':
      desk.line.way = 'mute'
      return
    case 'mend':
      desk.line.way = 'open'
      return desk.wake()
    case 'restart':
      return desk.restart()
    case 'clock':
      desk.skew += step.by
      return
    case 'kill-hub':
      await hub.kill()
      for (const each of desks) each.line.cut()
      return
    case 'stop-hub':
      return hub.stop()
    case 'start-hub':
      return hub.start()
    case 'back-up':
      return hub.database.keep()
    case 'restore':
      return restore(scene)
    case 'rest':
      return restAndLook(scene)
    case 'post':
      office.mood = step.mood
      return
    case 'revoke':
      return hub.grant(
        desk.seat.agentId,
        inboxes.filter((_, index) => index !== step.inbox),
      )
    case 'grant':
      return hub.grant(desk.seat.agentId, [...inboxes])
    case 'purge':
      return hub.purge(streamToPurge(step.inbox))
    case 'pass':
      await time.run(step.milliseconds)
  }
}

/**
 * The hub is killed and taken back to its backup. Given up is exactly what it had answered since: a change that a desk was told
 * is done, a mail whose server heard "got it" (S5). What desks still have in their outboxes must not be lost.
 */
async function restore({ hub, desks }: Scene): Promise<void> {
  await hub.kill()
  for (const desk of desks) desk.line.cut()
  if (!(await hub.restore())) return
  const events = await hub.store.events(0, Number.MAX_SAFE_INTEGER)
  const decided = new Set(events.flatMap(({ mutationId }) => mutationId ?? []))
  for (const desk of desks) {
    const waiting = new Set(desk.waiting)
    for (const [id, made] of desk.made)
      if (made.answered && !waiting.has(id) && !decided.has(id)) made.forgiven = true
  }
  const texts = new Set((await hub.store.all('item')).map(({ text }) => text))
  hub.customers.forget(mail => texts.has(`customer ${mail}`))
}

/** Patience for a team to come to rest, in virtual milliseconds: more than the longest pause of a desk, several times. */
const PATIENCE = 600_000
const LOOK_EVERY = 2_500

/** Hub, lines and post office are mended; time passes until nothing is under way any more (I10); then all is looked at. */
async function restAndLook(scene: Scene): Promise<void> {
  const { time, hub, desks, office } = scene
  await hub.start()
  office.mood = 'well'
  for (const desk of desks) {
    desk.line.way = 'open'
    desk.wake()
  }
  let end = time.now + PATIENCE
  // Twice at rest: what one desk's last change made has then reached the others.
  for (let quiet = 0; quiet < 2 && time.now < end; ) {
    // A desk whose clock is an hour ahead plans for an hour later than it means to: that is waited for.
    end = Math.max(end, hub.lastDue + PATIENCE)
    await time.run(LOOK_EVERY)
    quiet = isQuiet(scene) ? quiet + 1 : 0
  }
  for (const desk of desks) desk.tidy()
  await checkInvariants(hub, desks, office)
}

const isQuiet = ({ hub, desks, office }: Scene): boolean =>
  office.talking === 0 &&
  hub.unfinished.length === 0 &&
  desks.every(
    desk => desk.line.quiet && desk.connection.standing.phase === 'live' && desk.waiting.length === 0,
  )
