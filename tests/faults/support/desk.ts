/** Real desk cores for tests that also run outside of vitest, and what must hold between a desk and the hub. */
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { uuidv7 } from 'uuidv7'
import type { Item } from '#shared/model/item.ts'
import { type RowType, rowTypes } from '#shared/model/row.ts'
import { streamsOfAgent } from '#shared/model/stream.ts'
import type { MutationArgs } from '#shared/mutations/index.ts'
import { openReplica } from '../../../electron/core/replica/open.ts'
import { type Core, type CoreOptions, startCore } from '../../../electron/core/start.ts'
import { Page } from '../../core/page.ts'
import type { Site } from './hub.ts'

export const password = 'correct horse 电池 staple'
export const key = new Uint8Array(32).fill(9)
export const addressOf = (name: string): string => `${name}@skein.example`

export interface Desk {
  page: Page
  core: Core
  profileDir: string
  close(): Promise<void>
}

export async function openDesk(profileDir: string, options: Partial<CoreOptions> = {}): Promise<Desk> {
  const core = await startCore({ profileDir, key, device: { name: 'desk', platform: 'linux' }, ...options })
  const page = new Page(port => core.connect(port))
  await page.until(() => page.state('desk') !== undefined)
  return {
    page,
    core,
    profileDir,
    async close() {
      page.close()
      await core.close()
    },
  }
}

/** Opens a desk and signs in where nobody is. */
export async function signedIn(
  profileDir: string,
  hubUrl: string,
  name: string,
  options: Partial<CoreOptions> = {},
): Promise<Desk> {
  const desk = await openDesk(profileDir, options)
  if (desk.page.state('desk')?.phase === 'signed-out')
    await desk.page.ask('signIn', { hubUrl, email: addressOf(name), password })
  return desk
}

/** Resolves when the desk has everything and the hub has everything of the desk's. */
export async function quiet({ page }: Desk): Promise<void> {
  await page.ask('retryNow', {})
  await page.drained()
  await page.until(() => page.state('sync')?.phase === 'live' && page.state('sync')?.waiting === 0)
}

export const note = (conversationId: string, text: string): MutationArgs<'note.add'> => ({
  id: uuidv7(),
  conversationId,
  text,
  attachments: [],
  at: Date.now(),
})

/** An answer to a conversation as this desk shows it now. */
export async function replyOn(
  page: Page,
  conversationId: string,
  text: string,
): Promise<MutationArgs<'reply.send'>> {
  const seen = page.watch('conversation', { id: conversationId })
  await page.until(() => seen.rows.length === 1)
  const to = seen.rows[0]!
  seen.stop()
  return {
    id: uuidv7(),
    conversationId,
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
  }
}

/** I3: what differs between a closed desk's replica and what its agent may see at the hub; empty when nothing does. */
export async function differences(profileDir: string, name: string, site: Site): Promise<string[]> {
  const [agent] = (await site.all('agent')).filter(({ email }) => email === addressOf(name))
  const streams = new Set<string>(streamsOfAgent(agent!))
  const { rows } = await site.ground.database.pool.query<{
    type: RowType
    id: string
    rev: number
    doc: Item
    streams: string[]
  }>('select type, id, rev, doc, streams from "row" where doc is not null')
  const hub = new Map(
    rows
      .filter(row => row.streams.some(stream => streams.has(stream)))
      .map(row => [`${row.type}:${row.id}`, row]),
  )
  const replica = openReplica(join(profileDir, 'replica.db'), key)
  const wrong: string[] = []
  try {
    for (const type of rowTypes) {
      const held = replica.db.prepare(`select id, rev, doc from ${type}`).all() as {
        id: string
        rev: number
        doc: string
      }[]
      for (const { id, rev, doc } of held) {
        const there = hub.get(`${type}:${id}`)
        hub.delete(`${type}:${id}`)
        if (!there) wrong.push(`${type}:${id} is only on the desk`)
        else if (there.rev !== rev || !isDeepStrictEqual(JSON.parse(doc), there.doc))
          wrong.push(`${type}:${id} is rev ${rev} on the desk and ${there.rev} at the hub`)
      }
    }
    for (const [word, { type, doc }] of hub) {
      const from = type === 'item' ? (replica.sql.coverage.read.get(doc.conversationId) ?? 0) : 0
      if (type !== 'item' || doc.seq >= from) wrong.push(`${word} is missing on the desk`)
    }
    const check = replica.db.pragma('integrity_check', { simple: true })
    if (check !== 'ok') wrong.push(`integrity_check: ${check}`)
  } finally {
    replica.close()
  }
  return wrong
}

/** What must hold at the hub whatever happened: one seq after the other, and an unbroken chain of events (I4, I8). */
export async function hubFaults(site: Site): Promise<string[]> {
  const wrong: string[] = []
  const seqs = new Map<string, number[]>()
  for (const { conversationId, seq } of await site.all('item'))
    seqs.set(conversationId, [...(seqs.get(conversationId) ?? []), seq])
  for (const [id, found] of seqs)
    found
      .sort((one, other) => one - other)
      .forEach((seq, index) => {
        if (seq !== index + 1) wrong.push(`${id}: seq ${seq} stands at place ${index + 1}`)
      })
  const broken = await site.ground.store.brokenEvent()
  if (broken !== null) wrong.push(`event ${broken} does not fit the chain`)
  return wrong
}

/** I2, I1: each reply that left did so once; `sent` left; nothing that left is thought not to have. */
export function sendingFaults(items: readonly Item[], copies: (words: string) => number): string[] {
  const wrong: string[] = []
  for (const { text, delivery, direction } of items) {
    if (direction !== 'out' || !delivery) continue
    const left = copies(text)
    if (left > 1) wrong.push(`"${text}" left ${left} times`)
    if (delivery.state === 'sent' && left !== 1) wrong.push(`"${text}" is sent and left ${left} times`)
    if (['queued', 'held', 'failed', 'discarded'].includes(delivery.state) && left > 0)
      wrong.push(`"${text}" is ${delivery.state} and left`)
  }
  return wrong
}
