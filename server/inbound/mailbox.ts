import type { Channel, MailboxOfHub } from '../channels/channel.ts'
import type { Store } from '../store/store.ts'

/** The active inbox for mail with this address, or the first one for an empty word; null: there is none. */
export async function mailboxOf(
  { store, channels }: { store: Pick<Store, 'all'>; channels: ReadonlyMap<string, Channel> },
  address: string,
): Promise<MailboxOfHub | null> {
  const inboxes = (await store.all('inbox'))
    .filter(each => each.active && channels.get(each.channel)?.manifest.family === 'email')
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const inbox = address
    ? inboxes.find(each => each.address.toLowerCase() === address.toLowerCase())
    : inboxes[0]
  return inbox ? { id: inbox.id, channel: inbox.channel, name: inbox.name, address: inbox.address } : null
}
