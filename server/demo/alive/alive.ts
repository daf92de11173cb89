/**
 * The demonstration, alive: customers who write mail by SMTP and chat by the widget's protocol, and three colleagues of the
 * one who is signed in. It comes in from outside as every customer does, and colleagues act by mutations.
 *
 * Its pace is one beat: at each something new happens, once, and then it is quiet until the next. Only an answer of the
 * person at the desk is reacted to out of turn, because they wait for it. Who is not answered is bounded; when nobody at the
 * desk does anything for long, nothing more begins.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Secrets } from '../../auth/secrets.ts'
import type { Vault } from '../../auth/vault.ts'
import type { ChatSettings } from '../../channels/chat/settings.ts'
import { channels } from '../../channels/index.ts'
import { accountOf } from '../../inbound/accounts.ts'
import type { Store } from '../../store/store.ts'
import type { Log } from '../../sync/ground.ts'
import { everybody } from '../background.ts'
import { colleagueSays, noteOf } from '../dialogue/colleague.ts'
import { begin, type Dialogue, type Language, planOf, resume, subjectOf } from '../dialogue/dialogue.ts'
import { colleaguesOf, firstName } from '../people.ts'
import type { Letter, PostOffice } from '../post-office.ts'
import { type Random, random } from '../random.ts'
import { type AgentKey, agents, inboxes, type Person } from '../script.ts'
import { Hands } from './hands.ts'
import { ChatLine, MailLine } from './lines.ts'
import { type Handler, LiveDialogue } from './live-dialogue.ts'
import { Pace } from './pace.ts'

export interface AliveDeps {
  store: Store
  vault: Vault
  secrets: Secrets
  log: Log
  /** The hub's own address, and the port where it takes mail. */
  url: string
  smtp: number
  office: PostOffice
  seed: number
  /** Multiplies every wait; 1 is life. */
  scale?: number
  /** How likely a new customer is the desk's. */
  share?: number
  /** Multiplies how long customers wait before they ask again. */
  patience?: number
  /** How many begin, at most, after the desk was heard of. */
  unheeded?: number
}

/** Unanswered at the desk: no more for them until they have answered. */
const WAITING = 6
const OPEN = 12
/** Begun since the desk was last heard of. */
const UNHEEDED = 40
const BEAT = [20, 40] as const

export interface Alive {
  /** What has happened since the start, for tests and docs. */
  readonly counts: { begun: number; beats: number; reactions: number; acts: number }
  close(): Promise<void>
}

export async function bringToLife(deps: AliveDeps): Promise<Alive> {
  const life = new Life(deps, await Ground.find(deps))
  life.start()
  return life
}

/** Every start has a seed of its own, the same in every data folder: so nobody writes the same words again tomorrow. */
export async function nextSeed(data: string): Promise<number> {
  const file = join(data, 'demo-starts')
  const starts = Number(await readFile(file, 'utf8').catch(() => '0')) || 0
  await writeFile(file, String(starts + 1))
  return 20_261_122 + 1_000 * starts
}

/** What the workspace has for it. */
class Ground {
  readonly mailboxes = new Map<Language, Inbox>()
  readonly hands = new Map<AgentKey, Hands>()
  readonly tags = new Map<string, string>()
  chat: { id: string; address: string; secret: string } | undefined
  desk = ''

  static async find({ store, vault, secrets, log }: AliveDeps): Promise<Ground> {
    const ground = new Ground()
    for (const inbox of await store.all('inbox')) {
      if (!inbox.active) continue
      if (inbox.address === inboxes.support.address) ground.mailboxes.set('en', inbox)
      if (inbox.address === inboxes.kefu.address) ground.mailboxes.set('zh-CN', inbox)
      if (inbox.channel !== 'chat' || ground.chat) continue
      const { settings } = await accountOf({ vault, secrets, channels }, inbox)
      ground.chat = { id: inbox.id, address: inbox.address, secret: (settings as ChatSettings).secret }
    }
    const people = await store.all('agent')
    for (const name of Object.keys(agents) as AgentKey[]) {
      const agent = people.find(({ email }) => email === agents[name].email)
      if (agent) ground.hands.set(name, new Hands(store, log, agent.id))
    }
    ground.desk = ground.hands.get('tomas')?.agentId ?? ''
    for (const { id, name } of await store.all('tag')) ground.tags.set(name, id)
    return ground
  }
}

interface Due {
  /** Something else was said meanwhile. */
  isStale(): boolean
  act(): Promise<void>
}

class Life implements Alive {
  readonly counts = { begun: 0, beats: 0, reactions: 0, acts: 0 }
  readonly #deps: AliveDeps
  readonly #ground: Ground
  readonly #pace: Pace
  readonly #chance: Random
  /** Of its own, so that who comes does not depend on what agents do. */
  readonly #newcomers: Random
  readonly #people: ReturnType<typeof everybody>
  readonly #live = new Set<LiveDialogue>()
  /** What is due, oldest first; each beat takes one. */
  readonly #due: Due[] = []
  #unheeded = 0

  constructor(deps: AliveDeps, ground: Ground) {
    this.#deps = deps
    this.#ground = ground
    this.#pace = new Pace(deps.scale ?? 1, deps.log)
    this.#chance = random(deps.seed)
    this.#newcomers = random(deps.seed + 1)
    this.#people = everybody(random(deps.seed + 2))
  }

  start(): void {
    this.#deps.office.read(letter => this.#pace.now(() => this.#letter(letter)))
    // The desk is looking at it for the first time: somebody writes soon.
    this.#pace.after(8, () => this.#beat())
  }

  async close(): Promise<void> {
    this.#deps.office.read(() => undefined)
    await this.#pace.stop()
    for (const { line } of this.#live) line.close()
  }

  // ------------------------------------------------------------------------------------------------------------ beats

  async #beat(): Promise<void> {
    this.counts.beats++
    this.#pace.after(this.#chance.between(...BEAT), () => this.#beat())
    while (this.#due[0]?.isStale()) this.#due.shift()
    const mayBegin = this.#mayBegin()
    if (this.#due.length > 0 && (!mayBegin || this.#chance.next() < 0.7)) {
      this.counts.acts++
      await this.#due.shift()!.act()
    } else if (mayBegin) await this.#beginOne()
  }

  #mayBegin(): boolean {
    return (
      this.#unheeded < (this.#deps.unheeded ?? UNHEEDED) &&
      [...this.#live].filter(({ ended }) => !ended).length < OPEN
    )
  }

  /** At one of the next beats, unless something else was said before. */
  #plan(life: LiveDialogue, seconds: number, act: () => Promise<void>): void {
    const { turn } = life
    const isStale = (): boolean => life.turn !== turn
    this.#pace.after(seconds, () => void this.#due.push({ isStale, act }))
  }

  // -------------------------------------------------------------------------------------------------------- customers

  async #beginOne(): Promise<void> {
    const chance = this.#newcomers
    const language: Language = chance.next() < 0.5 ? 'en' : 'zh-CN'
    const channel = this.#ground.chat && chance.next() < 0.4 ? 'chat' : 'email'
    const person = chance.pick(language === 'en' ? this.#people.en : this.#people.zh)
    const plan = planOf(chance.between(1, 2 ** 30), language, channel)
    const colleague = chance.pick(colleaguesOf[language])
    const known = chance.next() < 0.5
    const forDesk = chance.next() < (this.#deps.share ?? 0.45) && this.#waitingAtDesk() < WAITING
    this.counts.begun++
    this.#unheeded++
    await this.#enter(person, begin(plan), forDesk ? 'desk' : colleague, known)
  }

  #waitingAtDesk(): number {
    return [...this.#live].filter(({ handler, waiting }) => handler === 'desk' && waiting).length
  }

  async #enter(person: Person, dialogue: Dialogue, handler: Handler, known: boolean): Promise<void> {
    const line = this.#lineOf(person, dialogue, known, (text, id) => this.#heard(life, text, id))
    if (!line) return
    const life = new LiveDialogue(person, dialogue, line, handler)
    this.#live.add(life)
    await life.begin()
    this.#afterCustomer(life)
  }

  #lineOf(person: Person, dialogue: Dialogue, known: boolean, heard: (text: string, id: string) => void) {
    const { plan } = dialogue
    const { chat, mailboxes } = this.#ground
    const { store, smtp, url } = this.#deps
    if (plan.channel === 'chat' && chat) return new ChatLine({ url, person, inbox: chat, known, heard })
    const inbox = mailboxes.get(plan.language)
    const subject = subjectOf(dialogue)
    return inbox && new MailLine({ store, smtp, person, inbox, subject, word: `live-${uuidv7()}` })
  }

  /** The customer has spoken: somebody answers, or they begin to wait. */
  #afterCustomer(life: LiveDialogue): void {
    const { over } = life.dialogue
    const next = life.next()
    if (next)
      this.#pace.after(this.#chance.between(30, 90), () => {
        const act = () => this.#enter(life.person, next, life.handler, true)
        this.#due.push({ isStale: () => false, act })
      })
    if (over === 'gave-up') this.#leave(life)
    else if (life.handler !== 'desk')
      this.#plan(life, this.#chance.between(5, 30), () => this.#colleague(life))
    else if (over) this.#leave(life)
    else this.#awaitDesk(life)
  }

  #awaitDesk(life: LiveDialogue): void {
    const chance = this.#chance
    if (life.turn === 1) this.#plan(life, 45, () => this.#supervisor(life))
    const chat = life.dialogue.plan.channel === 'chat'
    const seconds = chat ? chance.between(90, 150) : chance.between(240, 420)
    this.#plan(life, seconds * (this.#deps.patience ?? 1), async () => {
      await life.wait()
      this.#afterCustomer(life)
    })
  }

  /** They are gone; what is still said to them is heard, and a goodbye is answered. */
  #leave(life: LiveDialogue): void {
    life.ended = true
    this.#pace.after(900, () => {
      life.line.close()
      this.#live.delete(life)
    })
  }

  #heard(life: LiveDialogue, text: string, name: string): void {
    const byColleague = life.isOfColleague(name)
    if (byColleague && life.ended) return
    life.waiting = false
    life.turn++
    if (!byColleague) {
      life.handler = 'desk'
      this.#unheeded = 0
    }
    const react = async (): Promise<void> => {
      this.counts.reactions++
      if (await life.hear(text)) this.#afterCustomer(life)
      else if (!byColleague) this.#leave(life)
    }
    const chance = this.#chance
    if (byColleague) {
      this.#plan(life, chance.between(10, 40), react)
      return
    }
    const chat = life.dialogue.plan.channel === 'chat'
    const pause = chat ? chance.between(3, 8) : chance.between(12, 30)
    const { turn } = life
    const typing = (): void => void (life.turn === turn && life.line.type())
    if (chat) this.#pace.after(pause, typing)
    this.#pace.after(pause + (chat ? chance.between(2, 5) : 0), () =>
      life.turn === turn ? react() : undefined,
    )
  }

  /** A mail to one of the customers. Who wrote before the app was started is taken up again. */
  async #letter(letter: Letter): Promise<void> {
    for (const life of this.#live) {
      const { line, person } = life
      if (!(line instanceof MailLine) || person.address !== letter.to || !line.isAnsweredBy(letter)) continue
      line.took(letter)
      return this.#heard(life, letter.text, letter.messageId)
    }
    const language = ([...this.#ground.mailboxes].find(([, { address }]) => address === letter.from) ?? [])[0]
    const inbox = language && this.#ground.mailboxes.get(language)
    if (!language || !inbox) return
    const { store, smtp } = this.#deps
    const person = { name: letter.name, address: letter.to, language }
    const line = new MailLine({
      store,
      smtp,
      person,
      inbox,
      subject: letter.subject,
      word: `live-${uuidv7()}`,
    })
    line.took(letter)
    const life = new LiveDialogue(person, resume(seedOf(letter.to), language, 'email'), line, 'desk')
    this.#live.add(life)
    this.#heard(life, letter.text, letter.messageId)
  }

  // ------------------------------------------------------------------------------------------------------- colleagues

  async #colleague(life: LiveDialogue): Promise<void> {
    const hands = life.handler === 'desk' ? undefined : this.#ground.hands.get(life.handler)
    const conversationId = await life.line.conversation()
    if (!hands || !conversationId) return this.#leave(life)
    const at = Date.now()
    // Somebody at a desk was quicker: it is theirs.
    if (life.said === 0 && !(await hands.act('conversation.claim', { conversationId, at }))) {
      life.handler = 'desk'
      return this.#afterCustomer(life)
    }
    await this.#markRead(hands, conversationId)
    if (life.said > 0 && !life.noted) await this.#note(life, hands, conversationId)
    const text = colleagueSays(life.dialogue, life.said, firstName(life.person))
    if (text !== null) {
      life.said++
      const sent = await hands.reply(conversationId, text, names => life.mark(names))
      if (!sent) return this.#leave(life)
    }
    if (!life.dialogue.over && life.said < 8) return
    await hands.act('conversation.close', { conversationId, at: Date.now() })
    this.#leave(life)
  }

  async #note(life: LiveDialogue, hands: Hands, conversationId: string): Promise<void> {
    life.noted = true
    const { note, tag } = noteOf(life.dialogue)
    const tagId = tag && this.#ground.tags.get(tag)
    if (tagId) await hands.act('conversation.tag', { conversationId, tagId })
    if (this.#chance.next() < 0.4)
      await hands.act('note.add', {
        id: uuidv7(),
        conversationId,
        text: note,
        attachments: [],
        at: Date.now(),
      })
  }

  async #markRead(hands: Hands, conversationId: string): Promise<void> {
    const [conversation] = await this.#deps.store.read('conversation', [conversationId])
    if (conversation) await hands.act('conversation.read', { conversationId, seq: conversation.lastSeq })
  }

  /** The supervisor gives some of what nobody has taken to the person at the desk; the rest stays for whoever comes. */
  async #supervisor(life: LiveDialogue): Promise<void> {
    const hands = this.#ground.hands.get('wang')
    const conversationId = await life.line.conversation()
    if (!hands || !conversationId || !this.#ground.desk || this.#chance.next() < 0.5) return
    const agentId = this.#ground.desk
    await hands.act('conversation.assign', { conversationId, agentId, from: null, at: Date.now() })
  }
}

const seedOf = (text: string): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)!) >>> 0, 7)
