import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Channel } from '../model/channel.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Item } from '../model/item.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import { newItem } from './timeline.ts'

/**
 * Send a conversation by mail, as its customer knows it. Here only what was asked for is written down, in one line of the timeline; the
 * letter is made by the hub, which holds all of it (server/effects/transcript.ts).
 */
export const sendTranscript = define({
  name: 'conversation.transcript',
  args: z.object({
    id: Id,
    conversationId: Id,
    channel: Id,
    to: z.object({ name: z.string().max(400), address: z.email().max(320).toLowerCase() }),
    /** Of whoever asks, for customers of whom nobody knows better. */
    locale: z.string().max(35),
    timeZone: z.string().max(60),
    at: Instant,
  }),
  roles: everyone,
  reads: args => [
    key('item', args.id),
    key('conversation', args.conversationId),
    key('channel', args.channel),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    if (rows.get('item', args.id)) return refuse('exists')
    if (conversation.channel !== args.channel) return refuse('invalid')
    if (!mayBeSent(conversation, rows.get('channel', args.channel))) return refuse('not-possible')
    const { locale, timeZone } = conversation.visit ?? args
    const item: Item = newItem(conversation, context, {
      id: args.id,
      kind: 'event',
      direction: 'internal',
      author: { kind: 'agent', agentId: context.agent.id },
      writtenAt: args.at,
      transcript: { to: args.to, locale, timeZone },
    })
    rows.put('item', item)
    rows.put('conversation', { ...conversation, lastSeq: item.seq })
    return undefined
  },
})

/** Whether there is something to send: a conversation of a channel that can, in which somebody has answered. */
export const mayBeSent = (
  { lastReply }: Pick<Conversation, 'lastReply'>,
  channel: Pick<Channel, 'can'> | undefined,
): boolean => channel?.can.transcript === true && lastReply !== null
