import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { uuidv7 } from 'uuidv7'
import type { Call } from '#shared/model/call.ts'
import { key } from '#shared/model/row.ts'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import { newItem, previewOf } from '#shared/mutations/timeline.ts'
import type { Secrets } from '../auth/secrets.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { Account, Channel, Inbound } from '../channels/channel.ts'
import { itemIdOf, userAddress, visitorAddress } from '../channels/chat/visitor.ts'
import { toInbound } from '../channels/email/inbound.ts'
import { messageIdOf } from '../channels/email/message-id.ts'
import { channels } from '../channels/index.ts'
import { rate } from '../chat/rate.ts'
import { after } from '../effects/after.ts'
import { deliverJob } from '../effects/deliver.ts'
import { accountOf } from '../inbound/accounts.ts'
import { receiveHost } from '../inbound/deliver.ts'
import { messageName } from '../inbound/names.ts'
import type { Ground } from '../main.ts'
import type { NewJob } from '../store/store.ts'
import { silentLog } from '../sync/ground.ts'
import { run } from '../sync/run.ts'
import { replyNow } from './acts.ts'
import { factsOf } from './customer-fields.ts'
import { elsewhere, type Place, placeInboxes } from './elsewhere.ts'
import { type AgentKey, inboxes, type Person, type Thread, type Turn, website } from './script.ts'

/** An opened hub on which a demonstration can be played. */
export interface Stage extends Ground {
  secrets: Secrets
  blobs: BlobStore
  /** Deliveries asked for by the store's transactions since the last call. */
  takeDeliveries(): NewJob[]
}

export type Team = Record<AgentKey, string>

const mail = channels.get('email')!
const chat = channels.get('chat')!

/** What can be done in the demonstration, each thing by the hub's own code, at the time `now` stands at. */
export class Scene {
  now = 0
  readonly #stage: Stage
  readonly #team: Team
  readonly #epochs = new Map<string, number>()
  readonly #numbers = new Map<string, number>()
  readonly #tags = new Map<string, string>()
  readonly #inboxes = new Map<string, Account>()
  readonly #channels: ReadonlyMap<string, Channel>
  readonly #deps

  constructor(stage: Stage, team: Team) {
    this.#stage = stage
    this.#team = team
    // The customers of a demonstration take everything, at once.
    const taken: Channel = {
      ...mail,
      send: async ({ itemId, attempt }, { address }) => ({
        messageId: messageIdOf(itemId, address),
        recipients: attempt.map(each => ({ address: each, state: 'sent' })),
      }),
    }
    this.#channels = new Map([
      ...elsewhere.map((channel): [string, Channel] => [channel.manifest.id, channel]),
      [mail.manifest.id, taken],
      [chat.manifest.id, chat],
    ])
    this.#deps = {
      ...stage,
      channels: this.#channels,
      now: () => this.now,
      newId: uuidv7,
      log: silentLog,
      after,
    }
  }

  async prepare(): Promise<void> {
    const { store } = this.#stage
    for (const { id, name } of await store.all('tag')) this.#tags.set(name, id)
    for (const inbox of await store.all('inbox'))
      this.#inboxes.set(inbox.address, await accountOf(this.#deps, inbox))
    await store.write(async tx => {
      for (const agentId of Object.values(this.#team)) {
        const id = this.#device(agentId)
        // Of a play that was cut short it counts from zero again, as after a restore (S5).
        const epoch = ((await tx.device(id))?.epoch ?? 0) + 1
        this.#epochs.set(id, epoch)
        tx.putDevice({
          id,
          agentId,
          name: 'Demonstration',
          platform: '',
          epoch,
          lastN: 0,
          confirmed: 0,
          // It has played its part; nobody signs in with it.
          revoked: false,
        })
      }
    })
  }

  #device(agentId: string): string {
    return `demo-${agentId}`
  }

  tag(name: string): string {
    return this.#tags.get(name)!
  }

  #account(inbox: Thread['inbox']): Account {
    return this.#inboxes.get(inboxes[inbox].address)!
  }

  async receive(
    thread: Thread,
    turn: Turn & { by: 'customer' },
    number: number,
    messageId: string,
    answers: string,
    references: string[],
  ): Promise<void> {
    if (thread.chat) return this.#take(chat, this.#chatted(thread, turn, messageId))
    if (thread.place)
      return this.#take(this.#channels.get(thread.place)!, this.#heard(thread, thread.place, turn, messageId))
    const { person, inbox, subject } = thread
    const raw = await new MailComposer({
      from: { name: person.name, address: person.address },
      to: inboxes[inbox].address,
      subject: number === 0 ? subject : `Re: ${subject}`,
      date: new Date(this.now),
      messageId: `<${messageId}>`,
      ...(references.length > 0
        ? { inReplyTo: `<${answers || references.at(-1)}>`, references: references.map(id => `<${id}>`) }
        : {}),
      text: turn.text,
      attachments: turn.file
        ? [{ filename: turn.file.name, contentType: turn.file.type, content: turn.file.text }]
        : [],
    })
      .compile()
      .build()
    const inbound = toInbound(raw, this.#account(inbox), { from: person.address })
    const history = thread.history ? { at: this.now } : null
    return this.#take(mail, { ...inbound, history })
  }

  /** A message as the widget's door makes one of it (server/channels/chat/visitor-session.ts). */
  #chatted(thread: Thread, { text }: Turn, messageId: string): Inbound {
    const { person, history } = thread
    const { id: inboxId } = this.#website()
    const { name, language, timeZone = '', address: email } = person
    const zh = language === 'zh-CN'
    const { user, address } = this.#visitor(thread)
    return {
      inboxId,
      channel: 'chat',
      key: itemIdOf(address, messageId),
      itemId: itemIdOf(address, messageId),
      identity: {
        channel: 'chat',
        address,
        name,
        ...(user ? { sameAs: { channel: 'email', address: email } } : {}),
      },
      visit: {
        page: zh ? 'https://veloform.example/zh/support' : 'https://veloform.example/support',
        title: zh ? '维洛货运自行车：帮助' : 'Veloform: help',
        locale: language,
        timeZone: timeZone || (zh ? 'Asia/Shanghai' : 'Europe/Amsterdam'),
        device: zh ? 'WeChat, Android' : 'Firefox, Windows',
        typedEmail: '',
        user,
        at: this.now,
      },
      history: history ? { at: this.now } : null,
      writtenAt: this.now,
      subject: '',
      text,
      quoted: '',
      html: null,
      attachments: [],
      raw: null,
      mail: null,
      // Each its own matter: what is long over is not gone on with.
      thread: { ids: [], itemIds: [], subjectKey: messageId.replace(/-\d+@.*$/, '') },
      ownItemId: null,
      deliveryReport: null,
    }
  }

  /** A call, or a message on a social network. */
  #heard(thread: Thread, place: Place, turn: Turn & { by: 'customer' }, messageId: string): Inbound {
    const { person, history } = thread
    const { text, call, comment } = turn
    return {
      inboxId: this.#inboxes.get(placeInboxes[place].address)!.id,
      channel: place,
      key: messageId,
      itemId: messageId,
      identity: {
        channel: place,
        address: addressAt(place, person),
        name: person.name,
        sameAs: { channel: 'email', address: person.address },
      },
      history: history ? { at: this.now } : null,
      writtenAt: this.now,
      subject: place === 'phone' ? thread.subject : '',
      text,
      quoted: '',
      html: null,
      attachments: [],
      raw: null,
      mail: null,
      call: call && this.#callOf(call),
      comment,
      thread: { ids: [], itemIds: [], subjectKey: messageId.replace(/-\d+@.*$/, '') },
      ownItemId: null,
      deliveryReport: null,
    }
  }

  /** In the script an agent stands by name. */
  #callOf(call: Call): Call {
    const agentId = call.agentId === null ? null : this.#team[call.agentId as AgentKey]
    return { ...call, agentId }
  }

  /** What an agent said on a channel that only has a past, put there as the import of it would. */
  async said(by: AgentKey, conversationId: string, { text, call }: Turn): Promise<void> {
    await this.#stage.store.write(async tx => {
      await tx.load([key('conversation', conversationId)])
      const conversation = tx.get('conversation', conversationId)!
      const agentId = this.#team[by]
      const item = newItem(conversation, this, {
        id: uuidv7(),
        kind: 'message',
        direction: 'out',
        author: { kind: 'agent', agentId },
        writtenAt: this.now,
        text,
        ...(call ? { call: this.#callOf(call) } : {}),
      })
      tx.put('item', item)
      tx.put('conversation', {
        ...conversation,
        lastSeq: item.seq,
        activityAt: Math.max(conversation.activityAt, item.at),
        lastReply: { seq: item.seq, at: item.at, agentId },
        ...(text ? { preview: previewOf(text) } : {}),
      })
    })
  }

  async #take(channel: Channel, inbound: Inbound): Promise<void> {
    const delivered = await receiveHost(this.#deps, channel).deliver(inbound)
    if (!delivered.ok) throw new Error(`the demonstration's mail was not taken: ${delivered.detail}`)
  }

  #website(): Account {
    return this.#inboxes.get(website.address)!
  }

  #visitor({ person, chat }: Thread): { user: string; address: string } {
    const { id } = this.#website()
    const user = chat?.known ? hash(person.address).slice(0, 16) : ''
    return { user, address: user ? userAddress(id, user) : visitorAddress(id, hash(person.address)) }
  }

  async conversationOf(thread: Thread, messageId: string): Promise<string> {
    const { inbox } = thread
    if (thread.chat || thread.place) {
      const id = thread.place ? messageId : itemIdOf(this.#visitor(thread).address, messageId)
      const [item] = await this.#stage.store.read('item', [id])
      return item!.conversationId
    }
    const found = await this.#stage.store.named(messageName(this.#account(inbox).id, messageId))
    return found.find(({ type }) => type === 'conversation')!.id
  }

  async introduce(by: AgentKey, conversationId: string, person: Thread['person']): Promise<void> {
    const { company = '', tier = '', language, timeZone = '' } = person
    const [conversation] = await this.#stage.store.read('conversation', [conversationId])
    const id = conversation!.customerId
    await this.act(by, 'customer.edit', { id, set: { company, tier, language, timeZone } })
    const [workspace] = await this.#stage.store.all('workspace')
    const known = workspace?.attributes ?? []
    for (const [attributeId, value] of Object.entries(factsOf(person, this.now)))
      if (known.some(each => each.id === attributeId))
        await this.act(by, 'customer.attribute', { id, workspaceId: workspace!.id, attributeId, value })
  }

  /** The customer says how it was. */
  async rated(conversationId: string, { score, words }: NonNullable<Thread['rated']>): Promise<void> {
    const { store } = this.#stage
    const [conversation] = await store.read('conversation', [conversationId])
    const { inboxId, channel, identityId } = conversation!
    const [identity] = await store.read('identity', [identityId])
    const place = { inboxId, channel, address: identity!.address }
    await rate({ store, now: () => this.now }, place, { conversationId, score, words })
  }

  /** They have seen all that is there. */
  async read(by: AgentKey[], conversationId: string): Promise<void> {
    const [conversation] = await this.#stage.store.read('conversation', [conversationId])
    for (const each of new Set(by))
      await this.act(each, 'conversation.read', { conversationId, seq: conversation!.lastSeq + 1 })
  }

  note(by: AgentKey, conversationId: string, text: string): Promise<void> {
    return this.act(by, 'note.add', { id: uuidv7(), conversationId, text, attachments: [], at: this.now })
  }

  /** @returns the Message-ID of the reply */
  async reply(by: AgentKey, conversationId: string, text: string): Promise<string> {
    const { args, messageId } = await replyNow(this.#stage.store, conversationId, text, this.now)
    await this.act(by, 'reply.send', args)
    return messageId
  }

  /** A mutation of an agent, decided by the hub; a refusal is a mistake in the script. */
  async act<N extends MutationName>(by: AgentKey, name: N, args: MutationArgs<N>): Promise<void> {
    const deviceId = this.#device(this.#team[by])
    const n = (this.#numbers.get(deviceId) ?? 0) + 1
    this.#numbers.set(deviceId, n)
    const mutations = [{ n, id: uuidv7(), name, args }]
    const result = await run(
      this.#deps,
      { agentId: this.#team[by], deviceId },
      { deviceEpoch: this.#epochs.get(deviceId)!, mutations },
      n - 1,
    )
    if (result.kind !== 'ran') throw new Error(`the demonstration's ${name} was not run`)
    await this.#deliver()
  }

  async #deliver(): Promise<void> {
    const work = deliverJob(this.#deps)
    for (const job of this.#stage.takeDeliveries()) await work(job)
  }
}

/** As people are called there; the same person the same each time. */
function addressAt(place: Place, { address, language }: Person): string {
  const word = hash(`${place} ${address}`)
  if (place === 'wechat') return `o${word.slice(0, 27)}`
  if (place === 'instagram') return String(Number.parseInt(word.slice(0, 12), 16))
  const digits = String(Number.parseInt(word.slice(0, 10), 16))
    .padStart(8, '0')
    .slice(-8)
  return language === 'en' ? `+316${digits}` : `+86138${digits}`
}

const hash = (word: string): string => createHash('sha256').update(word).digest('hex')
