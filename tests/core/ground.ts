/** A hub with a little work in it, and desks in folders of their own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Conversation } from '#shared/model/conversation.ts'
import type { MutationArgs } from '#shared/mutations/index.ts'
import { type Core, type CoreOptions, startCore } from '../../electron/core/start.ts'
import type { Transaction } from '../../server/store/store.ts'
import { agent, conversation, message } from '../../server/sync/testing.ts'
import { type MemoryHubOptions, password, startMemoryHub } from '../hub/memory-hub.ts'
import { Page } from './page.ts'

export { password }
export const key = new Uint8Array(32).fill(9)
export const people = { 'ann@skein.example': 'ann', 'bo@skein.example': 'bo', 'sue@skein.example': 'sue' }

const inbox = (id: string) => ({
  id,
  channel: 'email',
  name: id,
  address: `${id}@skein.example`,
  signature: '',
  holdOfflineAfterMinutes: 60,
  active: true,
})

/** Ann has inbox one; Bo and Sue have both. Maria wrote to one (c1 … c3) and to two (d1). */
export async function seedSmall(tx: Transaction): Promise<void> {
  const now = Date.now() - 3_600_000
  tx.put('workspace', { id: 'w', name: 'Test', lockAfterDays: 14, windowDays: 90 })
  tx.put('inbox', inbox('one'))
  tx.put('inbox', inbox('two'))
  tx.put('agent', agent('ann', ['one']))
  tx.put('agent', agent('bo', ['one', 'two']))
  tx.put('agent', agent('sue', ['one', 'two'], { role: 'supervisor' }))
  tx.put('tag', { id: 'refund', name: 'refund' })
  tx.put('customer', {
    id: 'customer',
    name: 'Maria 玛丽亚',
    company: '',
    language: 'en',
    timeZone: '',
    tier: 'gold',
    note: '',
    mergedInto: null,
    createdAt: now,
  })
  tx.put('identity', {
    id: 'identity',
    customerId: 'customer',
    channel: 'email',
    address: 'maria@customer.example',
    name: 'Maria',
    createdAt: now,
  })
  for (const [id, inboxId] of [
    ['c1', 'one'],
    ['c2', 'one'],
    ['c3', 'one'],
    ['d1', 'two'],
  ] as const) {
    const row = conversation(id, inboxId, {
      subject: `Order ${id}`,
      lastSeq: 2,
      createdAt: now,
      activityAt: now + 2,
      lastInbound: { seq: 2, at: now + 2 },
      waitingSince: now + 1,
    })
    tx.put('conversation', row)
    for (const seq of [1, 2])
      tx.put(
        'item',
        message(`${id}-${seq}`, row, seq, {
          at: now + seq,
          writtenAt: now + seq,
          text: `Where is my parcel 快递在哪里 ${id} ${seq}`,
        }),
      )
  }
}

export async function startHub(options: Partial<MemoryHubOptions> = {}) {
  const hub = await startMemoryHub({ seed: seedSmall, people, ...options })
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= hub.close()
    return closing
  }
  onTestFinished(close)
  return { ...hub, close }
}

export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'skein-core-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export interface OpenDesk {
  core: Core
  page: Page
  profileDir: string
  close(): Promise<void>
}

export async function openDesk(profileDir: string, options: Partial<CoreOptions> = {}): Promise<OpenDesk> {
  const core = await startCore({ profileDir, key, device: { name: 'desk', platform: 'linux' }, ...options })
  const page = new Page(port => core.connect(port))
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    page.close()
    await core.close()
  }
  onTestFinished(close)
  return { core, page, profileDir, close }
}

/** A desk signed in and up to date. */
export async function signedIn(
  hubUrl: string,
  name: 'ann' | 'bo' | 'sue',
  options: Partial<CoreOptions> = {},
) {
  const desk = await openDesk(folder(), options)
  await desk.page.ask('signIn', { hubUrl, email: `${name}@skein.example`, password })
  await desk.page.untilSync('live')
  return desk
}

let made = 0
export const newId = (): string => `made-${Date.now().toString(36)}-${++made}`

export const note = (conversationId: string, text: string): MutationArgs<'note.add'> => ({
  id: newId(),
  conversationId,
  text,
  attachments: [],
  at: Date.now(),
})

export const reply = (to: Conversation, text: string, id = newId()): MutationArgs<'reply.send'> => ({
  id,
  conversationId: to.id,
  customerId: to.customerId,
  inboxId: to.inboxId,
  channel: to.channel,
  text,
  to: [{ name: 'Maria', address: 'maria@customer.example' }],
  cc: [],
  attachments: [],
  basis: {
    seq: to.lastSeq,
    status: to.status,
    assigneeId: to.assigneeId,
    inboxId: to.inboxId,
    customerId: to.customerId,
    writtenAt: Date.now(),
    offline: false,
  },
})
