/**
 * Plays the demonstration's script on an opened hub, through the hub's own code and under a clock of its own: mail comes in
 * as mail, agents act by mutations, replies leave through the delivery job to customers who take everything. So every row,
 * name and event is one that a real day would have made.
 */
import { uuidv7 } from 'uuidv7'
import { key } from '#shared/model/row.ts'
import { addChatInbox } from '../admin/chat-inbox.ts'
import { addAgent } from '../admin/people.ts'
import { saveSettings } from '../inbound/accounts.ts'
import { addInbox } from '../inboxes/rows.ts'
import { backgroundThreads, everybody } from './background.ts'
import { attributes, segments } from './customer-fields.ts'
import { dialogueThreads } from './dialogue-threads.ts'
import { addElsewhere } from './elsewhere.ts'
import { macros } from './macros.ts'
import { random } from './random.ts'
import { Scene, type Stage, type Team } from './scene.ts'
import { type AgentKey, agents, inboxes, type Thread, type Turn, tags, website } from './script.ts'
import { englishThreads } from './threads-en.ts'
import { chineseThreads } from './threads-zh.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** What is there when the desk opens; all else comes while it is open (`playPast`). */
const SETTLED = 20
const CURRENT = 22
const PAST = 1_920
/** The newest words of the written threads were said within this time. */
const RECENT = 9 * 60 * MINUTE

/** @returns the agent whose desk is shown first */
export async function play(stage: Stage, password: string, now: number): Promise<{ email: string }> {
  const team = await hire(stage, password)
  await addElsewhere(stage)
  const scene = new Scene(stage, team)
  await scene.prepare()
  for (const { at, act } of script(now)) {
    scene.now = at
    await act(scene)
  }
  return { email: agents.tomas.email }
}

async function hire(stage: Stage, password: string): Promise<Team> {
  const team = {} as Team
  for (const name of Object.keys(agents) as AgentKey[])
    team[name] = (await addAgent(stage, { ...agents[name], password, inboxIds: [] })).id
  for (const { name, address, signature } of Object.values(inboxes)) {
    const id = uuidv7()
    await saveSettings(stage, id, { smtp: null })
    await addInbox(stage, {
      id,
      channel: 'email',
      name,
      address,
      signature,
      holdOfflineAfterMinutes: 240,
      active: true,
    })
  }
  const chat = await addChatInbox(stage, { name: website.name })
  await renamed(stage, chat.inbox)
  const [workspace] = await stage.store.all('workspace')
  await stage.store.write(async tx => {
    await tx.load([key('workspace', workspace!.id)])
    tx.put('workspace', { ...tx.get('workspace', workspace!.id)!, attributes })
    const tagIds = new Map(tags.map(name => [name, uuidv7()]))
    for (const [name, id] of tagIds) tx.put('tag', { id, name })
    for (const segment of segments) tx.put('segment', { id: uuidv7(), ...segment })
    for (const macro of macros(name => tagIds.get(name)!)) tx.put('macro', { id: uuidv7(), ...macro })
  })
  return team
}

/** How a long play goes on: where it is, who keeps that, and who lets it. */
export interface Course {
  /** How many were begun, as `save` was last told. */
  begun: number
  save(begun: number): Promise<void>
  /** Awaited after each, so that it never takes the machine from the hub; false: stop. */
  rest(): Promise<boolean>
}

/** The long past, from the newest to the oldest, while people already work. Goes on where it was cut short. */
export async function playPast(stage: Stage, now: number, course: Course): Promise<void> {
  const chance = random(20261123)
  const past = dialogueThreads(PAST, everybody(random(20261121)), chance)
    .map(thread => ({ thread, ends: now - chance.between(3 * DAY, 85 * DAY) }))
    .sort((a, b) => b.ends - a.ends)
  await playOver(stage, past, course)
}

/** One conversation after the other: each is begun, answered and closed before the next. */
export async function playOver(
  stage: Stage,
  past: readonly { thread: Thread; ends: number }[],
  { begun, save, rest }: Course,
): Promise<void> {
  const people = await stage.store.all('agent')
  const team = Object.fromEntries(
    Object.entries(agents).map(([name, { email }]) => [
      name,
      people.find(each => each.email === email)?.id ?? '',
    ]),
  ) as Team
  await addElsewhere(stage)
  const scene = new Scene(stage, team)
  await scene.prepare()
  for (const [index, { thread, ends }] of past.entries()) {
    if (index < begun) continue
    await save(index + 1)
    for (const { at, act } of cuesOf(thread, ends, index, 'past')) {
      scene.now = at
      await act(scene)
    }
    if (!(await rest())) return
  }
}

interface Cue {
  at: number
  act(scene: Scene): Promise<void>
}

/** Everything that is said and done, in the order of its time. */
function script(now: number): Cue[] {
  const chance = random(20261121)
  const people = everybody(chance)
  const written = [...englishThreads, ...chineseThreads].map(thread => ({
    thread,
    ends: now - chance.between(2 * MINUTE, RECENT),
  }))
  const current = backgroundThreads(CURRENT, false, people, chance).map(thread => ({
    thread,
    ends: now - chance.between(RECENT, 3 * DAY),
  }))
  const past = backgroundThreads(SETTLED, true, people, chance).map(thread => ({
    thread,
    ends: now - chance.between(3 * DAY, 80 * DAY),
  }))
  return [...past, ...current, ...written]
    .flatMap(({ thread, ends }, index) => cuesOf(thread, ends, index))
    .sort((a, b) => a.at - b.at)
}

function cuesOf(thread: Thread, ends: number, index: number, word = 'demo'): Cue[] {
  const length = thread.turns.reduce((sum, turn) => sum + turn.after, 0) * MINUTE
  const part = new Part(thread, `${word}-${index}`)
  let at = ends - length
  const cues = thread.turns.map(turn => {
    at += turn.after * MINUTE
    return { at, act: (scene: Scene) => part.turn(scene, turn) }
  })
  return [...cues, { at: at + 1, act: (scene: Scene) => part.end(scene) }]
}

/** One thread's course. */
class Part {
  readonly #thread: Thread
  readonly #word: string
  #conversationId = ''
  #answers = ''
  #references: string[] = []
  #turns = 0

  constructor(thread: Thread, word: string) {
    this.#thread = thread
    this.#word = word
  }

  async turn(scene: Scene, turn: Turn): Promise<void> {
    const { person, assignee, history } = this.#thread
    const number = this.#turns++
    if (turn.by === 'customer') {
      const messageId = `${this.#word}-${number}@${person.address.split('@')[1]}`
      await scene.receive(this.#thread, turn, number, messageId, this.#answers, this.#references)
      this.#references = [...this.#references, messageId]
      if (number > 0) return
      this.#conversationId = await scene.conversationOf(this.#thread, messageId)
      if (!history) await scene.introduce(assignee ?? 'wang', this.#conversationId, person)
      if (assignee)
        await scene.act(assignee, 'conversation.claim', {
          conversationId: this.#conversationId,
          at: scene.now,
        })
      return
    }
    if (turn.note) return scene.note(turn.by, this.#conversationId, turn.text)
    if (this.#thread.place) return scene.said(turn.by, this.#conversationId, turn)
    this.#answers = await scene.reply(turn.by, this.#conversationId, turn.text)
    this.#references = [...this.#references, this.#answers]
  }

  async end(scene: Scene): Promise<void> {
    const { tags: names = [], status, rated, assignee = 'wang' } = this.#thread
    const conversationId = this.#conversationId
    for (const name of names)
      await scene.act(assignee, 'conversation.tag', { conversationId, tagId: scene.tag(name) })
    const quiet = this.#thread.turns.at(-1)?.by !== 'customer' || status
    // What is long over is unread by nobody, least of all by whose desk is opened.
    if (this.#thread.history) await scene.read(['tomas'], conversationId)
    else if (quiet) await scene.read([assignee, 'tomas'], conversationId)
    if (status === 'closed')
      await scene.act(assignee, 'conversation.close', { conversationId, at: scene.now })
    if (rated) await scene.rated(conversationId, rated)
    if (status === 'snoozed')
      await scene.act(assignee, 'conversation.snooze', {
        conversationId,
        at: scene.now,
        until: scene.now + 3 * DAY,
      })
  }
}

/** Its public word is the same in every demonstration, so that its history can be made. */
async function renamed({ store }: Stage, id: string): Promise<void> {
  await store.write(async tx => {
    await tx.load([key('inbox', id)])
    tx.put('inbox', { ...tx.get('inbox', id)!, address: website.address })
  })
}
