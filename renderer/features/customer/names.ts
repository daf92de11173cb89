// Names of the workspace's rows, for sentences. Maps are made once for each array of rows, whoever asks.
import type { Agent } from '#shared/model/agent.ts'
import type { Channel, ChannelFamily } from '#shared/model/channel.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Tag } from '#shared/model/tag.ts'
import type { Say } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import type { words } from './words.ts'

const made = new WeakMap<readonly object[], ReadonlyMap<string, unknown>>()

function byId<Row extends { id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  let map = made.get(rows)
  if (!map) {
    map = new Map(rows.map(row => [row.id, row]))
    made.set(rows, map)
  }
  return map as ReadonlyMap<string, Row>
}

export const useAgents = (): ReadonlyMap<string, Agent> => byId(useLive('agents', {}).rows)
export const useInboxes = (): ReadonlyMap<string, Inbox> => byId(useLive('inboxes', {}).rows)
export const useChannels = (): ReadonlyMap<string, Channel> => byId(useLive('channels', {}).rows)
export const useTags = (): ReadonlyMap<string, Tag> => byId(useLive('tags', {}).rows)

/** A channel nobody has told us about yet is shown as mail: the plainest way to show a message. */
export const familyOf = (channels: ReadonlyMap<string, Channel>, id: string): ChannelFamily =>
  channels.get(id)?.family ?? (id === 'chat' || id === 'phone' ? id : 'email')

/** Whether people can do something with an identity's address. That of a chat is a name for a browser, and means nothing to them. */
export const isReadable = (
  identity: Pick<Identity, 'channel'>,
  channels: ReadonlyMap<string, Channel>,
): boolean => !(channels.get(identity.channel)?.opaque ?? familyOf(channels, identity.channel) === 'chat')

/** An identity in a person's words: its address, or who it is where the address says nothing. */
export function identityText(
  identity: Pick<Identity, 'channel' | 'address' | 'name'>,
  channels: ReadonlyMap<string, Channel>,
  say: Say<typeof words>,
): string {
  if (isReadable(identity, channels)) return identity.address
  if (familyOf(channels, identity.channel) !== 'chat') return identity.name || say('no-name')
  return identity.name ? say('visitor-named', { name: identity.name }) : say('visitor')
}
