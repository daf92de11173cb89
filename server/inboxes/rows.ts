/** Rows of inboxes, changed by an administrator at a desk or at the command line. */
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import { key } from '#shared/model/row.ts'
import type { InboxChange } from '#shared/protocol/inboxes.ts'
import type { NewEvent, Store } from '../store/store.ts'

/** Who changes it, for the audit (S16). Null: somebody at the command line. */
export type By = { agentId: Id; deviceId: Id } | null

const event = (name: string, { id, channel }: Inbox, by: By, facts: NewEvent['facts'] = {}): NewEvent => ({
  name,
  agentId: by?.agentId ?? null,
  deviceId: by?.deviceId ?? null,
  mutationId: null,
  at: Date.now(),
  keys: [key('inbox', id)],
  facts: { channel, ...facts },
})

/** A row to begin with. */
export const newInbox = (
  given: Pick<Inbox, 'id' | 'channel' | 'address'> & Partial<Pick<Inbox, 'name' | 'signature'>>,
): Inbox => ({
  id: given.id,
  channel: given.channel,
  name: given.name || given.address,
  address: given.address,
  signature: given.signature ?? '',
  holdOfflineAfterMinutes: 240,
  active: true,
})

/**
 * Gives a new inbox to administrators, and to everybody who could see all inboxes before: who was added with "all" goes on
 * seeing all.
 */
export async function addInbox({ store }: { store: Store }, inbox: Inbox, by: By = null): Promise<Agent[]> {
  const before = (await store.all('inbox')).map(({ id }) => id)
  const agents = await store.all('agent')
  const given = agents.filter(
    ({ role, inboxIds, active }) =>
      active && (role === 'administrator' || before.every(id => inboxIds.includes(id))),
  )
  await store.write(async tx => {
    await tx.load(given.map(({ id }) => key('agent', id)))
    tx.put('inbox', inbox)
    for (const { id } of given) {
      const agent = tx.get('agent', id)
      if (agent) tx.put('agent', { ...agent, inboxIds: [...agent.inboxIds, inbox.id] })
    }
    tx.event(event('inbox.added', inbox, by))
  })
  return given
}

/** Notes also that its settings changed, where no field of the row did. */
export async function changeInbox(
  { store }: { store: Store },
  inbox: Inbox,
  change: InboxChange,
  by: By = null,
): Promise<void> {
  await store.write(async tx => {
    await tx.load([key('inbox', inbox.id)])
    const now = tx.get('inbox', inbox.id) ?? inbox
    const { name = now.name, signature = now.signature, active = now.active } = change
    if (name !== now.name || signature !== now.signature || active !== now.active)
      tx.put('inbox', { ...now, name, signature, active })
    tx.event(event('inbox.changed', now, by, change.active === undefined ? {} : { active }))
  })
}
