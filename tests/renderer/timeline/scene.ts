// One customer's story over three channels, as the mock tells it, on top of the whole desk's world.
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import { inbound, outbound, type Place } from '../support/items.ts'
import { thursday, veloform } from '../support/veloform.ts'
import type { World } from '../support/world.ts'

const minute = 60_000
const hour = 60 * minute

/** A moment of the story: day of November 2026, hour, minute. */
export const at = (day: number, hours: number, minutes: number): number =>
  new Date(2026, 10, day, hours, minutes).getTime()

export const customerId = 'customer-3'
export const mailId = 'conversation-3'
export const chatId = 'conversation-3-chat'
export const me = 'agent-me'
export const colleague = 'agent-2'

export const mail: Place = { conversationId: mailId, customerId, inboxId: 'inbox-1', channel: 'email' }
export const chat: Place = { conversationId: chatId, customerId, inboxId: 'inbox-1', channel: 'whatsapp' }

const hash = (letter: string): string => letter.repeat(64)

export const note = (
  place: Place,
  id: string,
  seq: number,
  when: number,
  text: string,
  agentId = colleague,
): Item => ({
  ...outbound(place, { id, seq, at: when, text, state: 'sent', to: '', agentId }),
  kind: 'note',
  direction: 'internal',
  delivery: null,
})

export const event = (place: Place, id: string, seq: number, when: number, what: Item['event']): Item => ({
  ...note(place, id, seq, when, '', me),
  kind: 'event',
  event: what,
})

const texts = {
  en: {
    first:
      'Hi, the second pack from order SO-20418 drops from 80% to 20% within half an hour. The other two packs are fine. The export from the display is attached. We ride again on Friday.\n\nAmara',
    answer:
      'Hello Amara,\n\nthank you for the export. It shows cell 4 well below the others, so the pack is covered. Could you send us a photo of the label with the serial number?\n\nhttps://veloform.com/warranty explains the steps.',
    chat: [
      'Does the pack have to come back before you send a new one?',
      'Here is the label: PB-48, serial 22-0917. Can it still ship today?',
    ],
    chatAnswer: 'No. We can send it first if the serial number checks out.',
    note: 'Two PB-48 packs in Utrecht. Release before 17:00 and they leave tonight.',
    second: 'Winter service for 42 bikes',
    files: ['bike7-log.csv', 'display.jpg'],
  },
  zh: {
    first:
      '附件是我们这边的故障照片和里程记录。三辆车都在保修期内，麻烦确认是否免费更换控制器，另外想约本周内上门。',
    answer:
      '您好：\n\n记录已收到，控制器在保修范围内。请再发一张带序列号的标签照片。\n\nhttps://veloform.com/warranty 有详细步骤。',
    chat: ['旧件要先寄回才能发新的吗？', '标签在这里：PB-48，序列号 22-0917。今天还能发货吗？'],
    chatAnswer: '不用，核对序列号后即可先发。',
    note: '乌特勒支还有两组 PB-48，17:00 前放行今晚就能发出。',
    second: '年度保养排期',
    files: ['里程记录.xlsx', '控制器.jpg'],
  },
} as const

/** The desk with Amara's (or 赵明轩's) thread in full. */
export function thread(language: 'en' | 'zh' = 'en', now = thursday): World {
  const world = veloform(language, now)
  const said = texts[language]
  const conversation = world.one('conversation', mailId)
  const customer = world.one('customer', customerId)
  if (!conversation || !customer) throw new Error('the world has no third customer')
  const who = {
    identityId: 'identity-3',
    from: world.one('identity', 'identity-3')?.address ?? '',
    name: customer.name,
  }

  world.put('identity', {
    id: 'identity-3-chat',
    customerId,
    channel: 'whatsapp',
    address: '+31 6 2841 4417',
    name: customer.name,
    createdAt: at(1, 9, 0),
  })
  world.put('conversation', {
    ...conversation,
    id: chatId,
    channel: 'whatsapp',
    identityId: 'identity-3-chat',
    subject: '',
    preview: said.chat[1],
    lastSeq: 4,
    lastInbound: { seq: 3, at: at(19, 13, 58) },
    activityAt: at(19, 14, 2),
    waitingSince: at(19, 13, 58),
  } satisfies Conversation)
  world.put('conversation', {
    ...conversation,
    id: 'conversation-3-old',
    subject: said.second,
    status: 'closed',
    waitingSince: null,
    activityAt: at(2, 12, 0),
    lastInbound: { seq: 1, at: at(2, 11, 0) },
    lastSeq: 1,
  })

  world.rows.docs.delete('item:item-3-1')
  world.put(
    'item',
    inbound(
      mail,
      { id: 'a1', seq: 1, at: at(17, 9, 12), subject: conversation.subject, text: said.first, ...who },
      {
        quoted: Array.from({ length: 14 }, (_, line) => `> line ${line + 1}`).join('\n'),
        html: '<p>Hi, the second pack from order <b>SO-20418</b> drops.</p><img src="https://track.example/p.gif" width="1" height="1"><a href="https://parcelo.eu/bikes">Our bikes</a>',
        attachments: [
          { sha256: hash('a'), name: said.files[0], type: 'text/csv', size: 18_200, contentId: null },
          { sha256: hash('b'), name: said.files[1], type: 'image/jpeg', size: 1_210_000, contentId: null },
        ],
      },
    ),
    event(mail, 'a2', 2, at(17, 9, 23), { kind: 'assigned', agentId: me }),
    outbound(
      mail,
      { id: 'a3', seq: 3, at: at(17, 9, 41), text: said.answer, state: 'delivered', to: who.from },
      {
        subject: `Re: ${conversation.subject}`,
        mail: {
          messageId: 'a3@veloform.com',
          inReplyTo: '',
          references: [],
          from: { name: 'Veloform Support', address: 'support@veloform.com' },
          to: [{ name: who.name, address: who.from }],
          cc: [{ name: '', address: 'fleet@parcelo.eu' }],
          raw: null,
          automatic: 'no',
          problems: [],
        },
      },
    ),
    inbound(chat, {
      id: 'b1',
      seq: 1,
      at: at(19, 10, 40),
      text: said.chat[0],
      ...who,
      identityId: 'identity-3-chat',
    }),
    outbound(chat, { id: 'b2', seq: 2, at: at(19, 10, 45), text: said.chatAnswer, state: 'read', to: '' }),
    inbound(chat, {
      id: 'b3',
      seq: 3,
      at: at(19, 13, 58),
      text: said.chat[1],
      ...who,
      identityId: 'identity-3-chat',
    }),
    note(chat, 'b4', 4, at(19, 14, 2), said.note),
  )
  world.put('conversation', {
    ...conversation,
    lastSeq: 3,
    lastInbound: { seq: 1, at: at(17, 9, 12) },
    lastReply: { seq: 3, at: at(17, 9, 41), agentId: me },
    waitingSince: null,
    activityAt: at(17, 9, 41),
  })
  world.put('readMark', { id: readMarkId(me, mailId), agentId: me, conversationId: mailId, seq: 3 })
  world.put('readMark', { id: readMarkId(me, chatId), agentId: me, conversationId: chatId, seq: 2 })
  return world
}

/** A held reply in the mail conversation, with a later one and a closing that wait for it (S21, S22). */
export function withHeld(world: World, text: string, later?: string): World {
  const conversation = world.one('conversation', mailId)
  if (!conversation) throw new Error('no conversation')
  const reasons = [{ kind: 'answered' as const, agentId: 'agent-3', at: at(19, 14, 2) }]
  const basis = {
    seq: 3,
    status: 'open' as const,
    assigneeId: me,
    inboxId: 'inbox-1',
    customerId,
    writtenAt: at(19, 13, 58),
    offline: true,
  }
  const to = world.one('identity', 'identity-3')?.address ?? ''
  world.put(
    'item',
    outbound(mail, {
      id: 'h0',
      seq: 4,
      at: at(19, 14, 2),
      text: 'Priya took this one.',
      state: 'sent',
      to,
      agentId: 'agent-3',
    }),
    outbound(
      mail,
      { id: 'h1', seq: 5, at: at(19, 14, 3), text, state: 'held', to },
      {
        basis,
        holdReasons: reasons,
        writtenAt: at(19, 13, 58),
      },
    ),
  )
  const held: Conversation['held'] = [{ itemId: 'h1', agentId: me, reasons, along: [] }]
  if (later) {
    const waits = [{ kind: 'earlier-held' as const, itemId: 'h1' }]
    world.put(
      'item',
      outbound(
        mail,
        { id: 'h2', seq: 6, at: at(19, 14, 4), text: later, state: 'held', to },
        { basis, holdReasons: waits },
      ),
    )
    held[0]?.along.push({ mutationId: 'm-close', to: 'closed', snoozedUntil: null, writtenAt: at(19, 14, 4) })
    held.push({ itemId: 'h2', agentId: me, reasons: waits, along: [] })
  }
  world.put('conversation', {
    ...conversation,
    lastSeq: 6,
    held,
    lastReply: { seq: 4, at: at(19, 14, 2), agentId: 'agent-3' },
  })
  return world
}

/** A long history, for scrolling: `count` mails, an hour apart, before the story. */
export function withHistory(world: World, count: number): World {
  const start = at(17, 8, 0) - count * hour
  for (let index = 0; index < count; index++)
    world.put(
      'item',
      inbound(
        { ...mail, conversationId: 'conversation-3-old' },
        {
          id: `old-${index}`,
          seq: index + 1,
          at: start + index * hour,
          identityId: 'identity-3',
          subject: 'Winter service',
          text: `Message ${index + 1}. ${'Some words about bikes and brakes. '.repeat(1 + (index % 9))}`,
          from: 'amara@parcelo.eu',
          name: 'Amara Okonkwo',
        },
      ),
    )
  return world
}
