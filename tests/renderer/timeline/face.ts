// The customer as the mock tells their story: mail, the chat on the website, a call and WhatsApp in one scroll, with what is known of them.
import type { Conversation } from '#shared/model/conversation.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import { profiled } from '../customer/profiled.ts'
import { inbound, outbound, type Place } from '../support/items.ts'
import { thursday } from '../support/veloform.ts'
import type { World } from '../support/world.ts'
import { at, colleague, customerId, event, mailId, me, thread } from './scene.ts'

const hour = 3_600_000

const said = {
  en: {
    visitor: 'Veloform: warranty',
    chat: [
      'Does the pack have to come back before you send a new one?',
      'No. We can send it first if the serial number checks out.',
      'Good. I will call with the number.',
    ],
    rated: 'Quick and clear.',
    call: 'Warranty: replacement agreed',
    noted: 'Serial number 22-0917 noted.',
    older: ['Delivery address changed', 'Quote for eight trailers', 'Brake pads', 'Spare keys'],
    agreed: 'Resolved',
  },
  zh: {
    visitor: '维洛：保修',
    chat: ['旧件要先寄回才能发新的吗？', '不用，核对序列号后即可先发。', '好的，我打电话报号码。'],
    rated: '回复很快，讲得很清楚。',
    call: '保修：同意换新',
    noted: '已登记序列号 22-0917。',
    older: ['送货地址变更', '八辆拖车报价', '刹车片', '备用钥匙'],
    agreed: '已解决',
  },
} as const

const site: Place = { conversationId: 'face-chat', customerId, inboxId: 'inbox-1', channel: 'chat' }
const phone: Place = { conversationId: 'face-call', customerId, inboxId: 'inbox-1', channel: 'phone' }

/** The desk, with her thread whole. */
export function face(language: 'en' | 'zh'): World {
  const world = profiled(thread(language), thursday, language)
  const words = said[language]
  const like = world.one('channel', 'whatsapp')!
  const can = { ...like.can, reply: false, attachments: false }
  world.put('channel', { ...like, id: 'phone', family: 'phone', label: { en: 'Phone', zh: '电话' }, can })
  world.put('channel', {
    ...like,
    id: 'chat',
    family: 'chat',
    opaque: true,
    label: { en: 'Chat', zh: '在线聊天' },
  })
  const name = world.one('customer', customerId)!.name
  for (const [channel, address] of [
    ['chat', 'visitor-7f2c'],
    ['phone', '+31 20 794 0128'],
  ] as const)
    world.put('identity', {
      ...{ id: `face-${channel}-id`, customerId, channel, address, name },
      createdAt: at(2, 9, 0),
    })

  const mail = world.one('conversation', mailId)!
  const over = (own: Partial<Conversation> & Pick<Conversation, 'id'>): World =>
    world.put('conversation', { ...mail, status: 'closed', waitingSince: null, tagIds: [], ...own })
  const who = { from: '', name }

  const chatAt = at(18, 16, 44)
  const rating = { score: 5, at: chatAt + 6 * 60_000, itemId: 'face-rated' }
  over({
    ...{ id: site.conversationId, channel: 'chat', identityId: 'face-chat-id', subject: '', rating },
    ...{ preview: words.chat[2], activityAt: chatAt, lastSeq: 5 },
  })
  const visitor = { ...who, identityId: 'face-chat-id' }
  world.put(
    'item',
    inbound(site, { ...visitor, id: 'face-1', seq: 1, at: chatAt, text: words.chat[0] }),
    outbound(site, {
      ...{ id: 'face-2', seq: 2, at: chatAt + 60_000, text: words.chat[1], state: 'read', to: '' },
      agentId: colleague,
    }),
    inbound(site, { ...visitor, id: 'face-3', seq: 3, at: chatAt + 2 * 60_000, text: words.chat[2] }),
    event(site, 'face-4', 4, chatAt + 5 * 60_000, { kind: 'closed' }),
    {
      ...event(site, 'face-rated', 5, rating.at, null),
      author: { kind: 'customer', identityId: 'face-chat-id' },
      text: words.rated,
      score: rating.score,
    },
  )

  const callAt = at(19, 10, 18)
  over({
    ...{ id: phone.conversationId, channel: 'phone', identityId: 'face-phone-id', subject: words.call },
    ...{ preview: words.noted, activityAt: callAt, lastSeq: 1 },
  })
  world.put(
    'item',
    inbound(
      phone,
      { ...who, identityId: 'face-phone-id', id: 'face-call-1', seq: 1, at: callAt, text: words.noted },
      {
        call: {
          ...{ outcome: 'answered', waited: 12, spoken: 402, agentId: me },
          disposition: words.agreed,
        },
      },
    ),
  )

  for (const [index, subject] of words.older.entries())
    over({
      ...{ id: `face-old-${index}`, subject, preview: subject, lastSeq: 0, lastInbound: null },
      activityAt: at(2, 9, 0) - index * 340 * hour,
      rating: { score: [4, 2, 4, 5][index]!, at: at(2, 9, 0) - index * 340 * hour, itemId: `old-${index}` },
    })
  // On WhatsApp she only sends what the call asked for.
  for (const id of ['b1', 'b2']) world.rows.docs.delete(`item:${id}`)
  for (const [conversationId, seq] of [
    [site.conversationId, 5],
    [phone.conversationId, 1],
  ] as const)
    world.put('readMark', { id: readMarkId(me, conversationId), agentId: me, conversationId, seq })
  return world
}
