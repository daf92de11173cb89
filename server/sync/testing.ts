/** Shared by the tests of this folder: a small workspace in memory, desks that remember what came, a clock that is set. */
import type { Agent } from '#shared/model/agent.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import { agentWith, conversationWith, customerWith, identityWith, itemWith } from '#shared/model/testing.ts'
import type { Envelope } from '#shared/protocol/common.ts'
import type { Down } from '#shared/protocol/down.ts'
import { after } from '../effects/after.ts'
import { memoryStore } from '../store/memory/store.ts'
import type { Store } from '../store/store.ts'
import { silentLog } from './ground.ts'
import type { Owner, RunDeps } from './run.ts'
import { Session, type SessionLimits, type SessionSocket } from './session.ts'

export const NOW = 1_800_000_000_000

export const agent = (id: string, inboxIds: string[], over: Partial<Agent> = {}): Agent =>
  agentWith({ id, inboxIds, ...over })

export const conversation = (id: string, inboxId: string, over: Partial<Conversation> = {}): Conversation =>
  conversationWith({
    id,
    inboxId,
    customerId: 'customer',
    identityId: 'identity',
    subject: 'A matter',
    createdAt: NOW,
    activityAt: NOW,
    ...over,
  })

export const message = (id: string, of: Conversation, seq: number, over: Partial<Item> = {}): Item =>
  itemWith(of, { id, seq, at: NOW + seq, subject: of.subject, text: `message ${seq}`, ...over })

/** Agents Ann (inbox one), Bo (one and two), Sue (a supervisor of both), each with a device named after them. */
export async function smallWorkspace<S extends Store = ReturnType<typeof memoryStore>>(
  store: S = memoryStore() as Store as S,
) {
  await store.write(async tx => {
    tx.put('workspace', { id: 'w', name: 'Test', lockAfterDays: 14, windowDays: 90 })
    for (const id of ['one', 'two'])
      tx.put('inbox', {
        id,
        channel: 'email',
        name: id,
        address: `${id}@skein.example`,
        signature: '',
        holdOfflineAfterMinutes: 60,
        active: true,
      })
    tx.put('agent', agent('ann', ['one']))
    tx.put('agent', agent('bo', ['one', 'two']))
    tx.put('agent', agent('sue', ['one', 'two'], { role: 'supervisor' }))
    tx.put('customer', customerWith({ id: 'customer', name: 'Maria', createdAt: NOW }))
    tx.put(
      'identity',
      identityWith({
        id: 'identity',
        customerId: 'customer',
        address: 'maria@customer.example',
        name: 'Maria',
        createdAt: NOW,
      }),
    )
    tx.put('conversation', conversation('c1', 'one'))
    tx.put('conversation', conversation('c2', 'two'))
    for (const id of ['ann', 'bo', 'sue'])
      tx.putDevice({
        id: `${id}-desk`,
        agentId: id,
        name: '',
        platform: '',
        epoch: 1,
        lastN: 0,
        confirmed: 0,
        revoked: false,
      })
  })
  const clock = { now: NOW + 1_000 }
  const deps: RunDeps = { store, now: () => clock.now, after, log: silentLog }
  return { store, clock, deps }
}

export const envelope = (n: number, name: string, args: unknown, id = `m${n}`): Envelope => ({
  n,
  id,
  name,
  args,
})

/** The one device of an agent of the small workspace. */
export const ownerOf = (agentId: string): Owner => ({ agentId, deviceId: `${agentId}-desk` })

/** A desk that stores every patch at once, unless told to wait, and remembers all it was sent. */
export class TestDesk {
  readonly session: Session
  readonly patches: Down['patch'][] = []
  readonly welcomes: Down['welcome'][] = []
  readonly refusals: Down['pushRefused'][] = []
  goodbye: Down['goodbye'] | undefined
  stores = true
  confirmed = 0

  constructor(deps: RunDeps & { store: Store }, agentId: string, limits: Partial<SessionLimits> = {}) {
    const socket: SessionSocket = {
      send: (name, message) => this.#take(name, message),
      close: () => undefined,
    }
    this.session = new Session(
      { ...deps, presence() {}, followed() {}, arrived() {}, limits },
      ownerOf(agentId),
      socket,
    )
  }

  #take(name: keyof Down, message: Down[keyof Down]): void {
    if (name === 'patch') {
      const patch = message as Down['patch']
      this.patches.push(patch)
      for (const { n } of patch.acknowledged) this.confirmed = Math.max(this.confirmed, n)
      if (this.stores) this.store()
    } else if (name === 'welcome') this.welcomes.push(message as Down['welcome'])
    else if (name === 'pushRefused') this.refusals.push(message as Down['pushRefused'])
    else if (name === 'goodbye') this.goodbye = message as Down['goodbye']
  }

  store(): void {
    const patch = this.patches.length
    const { confirmed } = this
    queueMicrotask(() => this.session.receive('stored', { patch, confirmed }))
  }

  hello(over: Partial<Parameters<Session['receive']>[1]> = {}): void {
    this.session.receive('hello', {
      protocol: 1,
      deviceId: this.session.deviceId,
      deviceEpoch: 1,
      cursors: [],
      pages: [],
      confirmed: 0,
      ...over,
    })
  }

  push(...mutations: Envelope[]): void {
    this.session.receive('push', { deviceEpoch: 1, mutations })
  }

  /** `type:id` of every row that came. */
  get rows(): Set<string> {
    return new Set(this.patches.flatMap(patch => patch.rows.map(({ type, id }) => `${type}:${id}`)))
  }

  /** What the desk holds of which stream, as joins and leaves came: `stream type:id`. */
  get members(): Set<string> {
    const members = new Set<string>()
    for (const { joins, leaves } of this.patches) {
      for (const { stream, type, id } of joins) members.add(`${stream} ${type}:${id}`)
      for (const { stream, type, id } of leaves) members.delete(`${stream} ${type}:${id}`)
    }
    return members
  }

  get acknowledged() {
    return this.patches.flatMap(patch => patch.acknowledged)
  }

  /** How far the desk has each stream, as it would say in its next hello. */
  get place() {
    const cursors = new Map<string, Down['patch']['cursors'][number]>()
    const pages = new Map<string, string>()
    for (const patch of this.patches) {
      for (const cursor of patch.cursors) cursors.set(cursor.stream, cursor)
      for (const { stream, token } of patch.pages)
        if (token === null) pages.delete(stream)
        else pages.set(stream, token)
    }
    return { cursors: [...cursors.values()], pages: [...pages].map(([stream, token]) => ({ stream, token })) }
  }

  get isLive(): boolean {
    return this.patches.at(-1)?.remaining === 0
  }
}

/** Lets everything that needs no timer run to its end: the store in memory and the sessions know no other waiting. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve))
}
