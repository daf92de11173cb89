// A bicycle maker's support desk on a Thursday afternoon, near the mock's, in English or Chinese.
import type { ChannelFamily } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import { inbound, outbound, type Place } from './items.ts'
import { chinese, english } from './veloform-told.ts'
import { World } from './world.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Thursday 19 November 2026, 14:06 in the machine's time zone. */
export const thursday = new Date(2026, 10, 19, 14, 6).getTime()

const me = 'agent-me'
const family: Record<string, ChannelFamily> = {
  email: 'email',
  chat: 'chat',
  phone: 'phone',
  whatsapp: 'social',
}

export function veloform(language: 'en' | 'zh' = 'en', now: number = thursday): World {
  const { agents, inboxes, tags, told } = language === 'en' ? english : chinese
  const world = new World(me, () => now)
  const inboxIds = ['inbox-1', 'inbox-2']
  world.put('workspace', { id: 'workspace', name: 'Veloform', lockAfterDays: 30, windowDays: 90 })
  world.put(
    'agent',
    ...agents.map((name, index) => ({
      id: index === 0 ? me : `agent-${index + 1}`,
      name,
      email: `agent${index + 1}@veloform.com`,
      role: index === 2 ? ('supervisor' as const) : ('agent' as const),
      inboxIds,
      active: true,
    })),
  )
  world.put(
    'channel',
    ...[
      ['email', 'Email', '邮件'],
      ['chat', 'Chat', '聊天'],
      ['phone', 'Phone', '电话'],
      ['whatsapp', 'WhatsApp', 'WhatsApp'],
    ].map(([id, en, zh]) => ({
      id: id!,
      family: family[id!]!,
      label: { en: en!, zh: zh! },
      can: {
        subject: id === 'email',
        copy: id === 'email',
        attachments: true,
        html: id === 'email',
        pictures: id === 'email',
        deliveryReceipts: id !== 'email',
        readReceipts: id !== 'email',
      },
      limits: { textCharacters: 100_000, attachmentBytes: 25_000_000, attachments: 20 },
      replyWindow: id === 'whatsapp' ? day : null,
    })),
  )
  world.put(
    'inbox',
    ...inboxes.map((name, index) => ({
      id: inboxIds[index]!,
      channel: 'email',
      name,
      address: index === 0 ? 'support@veloform.com' : 'sales@veloform.com',
      signature: `${agents[0]}\nVeloform`,
      holdOfflineAfterMinutes: 120,
      active: true,
    })),
  )
  world.put('tag', ...tags.map((name, index) => ({ id: `tag-${index + 1}`, name })))

  told.forEach((each, index) => {
    const number = index + 1
    const at = now - each.ago * minute
    const customerId = `customer-${number}`
    const identityId = `identity-${number}`
    const channel = each.channel ?? 'email'
    world.put('customer', {
      id: customerId,
      name: each.name,
      company: each.company ?? '',
      language: language === 'en' ? 'en' : 'zh-CN',
      timeZone: language === 'en' ? 'Europe/Amsterdam' : 'Asia/Shanghai',
      tier: each.tier ?? '',
      note: '',
      mergedInto: null,
      createdAt: now - 1157 * day,
    })
    world.put('identity', {
      id: identityId,
      customerId,
      channel,
      address: each.address,
      name: each.name,
      createdAt: now - 1157 * day,
    })
    const place: Place = {
      conversationId: `conversation-${number}`,
      customerId,
      inboxId: inboxIds[index % 5 === 3 ? 1 : 0]!,
      channel,
    }
    const seq = each.answered ? 2 : 1
    const conversation: Conversation = {
      id: place.conversationId,
      inboxId: place.inboxId,
      channel,
      customerId,
      identityId,
      subject: each.subject,
      status: each.status ?? 'open',
      snoozedUntil: each.status === 'snoozed' ? now + 19 * hour : null,
      assigneeId: each.assignee === undefined ? me : each.assignee,
      tagIds: index === 2 ? world.all('tag').map(({ id }) => id) : [],
      lastSeq: seq,
      createdAt: at,
      activityAt: at,
      preview: each.text,
      lastInbound: { seq: 1, at },
      lastReply: each.answered ? { seq: 2, at, agentId: me } : null,
      lastStatusChange: null,
      lastAssignment: null,
      waitingSince: each.answered || each.status === 'closed' ? null : at,
      held: [],
    }
    world.put('conversation', conversation)
    if (!each.unread)
      world.put('readMark', {
        id: readMarkId(me, conversation.id),
        agentId: me,
        conversationId: conversation.id,
        seq,
      })
    world.put(
      'item',
      inbound(place, {
        id: `item-${number}-1`,
        seq: 1,
        at,
        identityId,
        subject: each.subject,
        text: each.text || each.subject,
        from: each.address,
        name: each.name,
      }),
    )
    if (each.answered)
      world.put(
        'item',
        outbound(place, {
          id: `item-${number}-2`,
          seq: 2,
          at: at + minute,
          text: language === 'en' ? 'Thank you, that is on its way.' : '已为您处理，谢谢。',
          state: 'sent',
          to: each.address,
        }),
      )
  })
  return world
}
