// Two threads worth a picture, near the mock's: one of today in English, one written offline in Chinese with a reply that is held.
import type { Attachment, Item } from '#shared/model/item.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import { inbound, outbound } from './items.ts'
import { thursday } from './veloform.ts'
import type { World } from './world.ts'

const minute = 60_000
const day = 24 * 60 * minute

const file = (name: string, type: string, size: number, digit: string): Attachment => ({
  sha256: digit.repeat(64),
  name,
  type,
  size,
  contentId: null,
})

type Place = Pick<Item, 'conversationId' | 'customerId' | 'inboxId' | 'channel'>
const place: Place = {
  conversationId: 'conversation-3',
  customerId: 'customer-3',
  inboxId: 'inbox-1',
  channel: 'email',
}

const internal = (told: Pick<Item, 'id' | 'seq' | 'at' | 'kind' | 'author'> & Partial<Item>): Item => ({
  ...inbound(place, { ...told, identityId: '', text: '', from: '', name: '' }),
  direction: 'internal',
  mail: null,
  ...told,
})

/** The third customer's thread. @returns the world, for chaining */
export function withThread(world: World, language: 'en' | 'zh'): World {
  const zh = language === 'zh'
  const customer = world.one('customer', place.customerId)!
  const identity = world.one('identity', 'identity-3')!
  const from = { identityId: identity.id, from: identity.address, name: customer.name }
  const yesterday = thursday - day - 5 * 60 * minute
  world.put(
    'item',
    inbound(
      place,
      {
        ...from,
        id: 'item-3-1',
        seq: 1,
        at: yesterday,
        subject: zh ? '维修报价单请确认（SO-31206）' : 'Battery on bike 7 will not hold charge',
        text: zh
          ? '附件是我们这边的故障照片和里程记录。三辆车都在保修期内，麻烦确认是否免费更换控制器，另外想约本周内上门。'
          : 'Hi, the second pack from order SO-20418 drops from 80% to 20% within half an hour. The other two packs are fine. The export from the display is attached. We ride again on Friday.',
      },
      {
        quoted: '> quoted\n'.repeat(9).trim(),
        attachments: zh
          ? [
              file('控制器.jpg', 'image/jpeg', 2_100_000, 'a'),
              file('里程记录.xlsx', 'application/vnd.ms-excel', 34_000, 'b'),
            ]
          : [
              file('bike7-log.csv', 'text/csv', 18_000, 'a'),
              file('display.jpg', 'image/jpeg', 1_200_000, 'b'),
            ],
      },
    ),
    internal({
      id: 'item-3-2',
      seq: 2,
      at: yesterday + 11 * minute,
      kind: 'event',
      author: { kind: 'agent', agentId: 'agent-me' },
      event: { kind: 'assigned', agentId: 'agent-me' },
    }),
    outbound(place, {
      id: 'item-3-3',
      seq: 3,
      at: yesterday + 34 * minute,
      text: zh
        ? '收到，照片很清楚。请把控制器上的序列号发给我，我们核对保修。'
        : 'Thank you, the log makes it easy: cell group 4 is gone. If the serial number checks out, we send a new pack first and take the old one back later.',
      state: 'sent',
      to: identity.address,
    }),
    internal({
      id: 'item-3-4',
      seq: 4,
      at: thursday - 24 * minute,
      kind: 'note',
      author: { kind: 'agent', agentId: 'agent-2' },
      text: zh
        ? '滨江仓库有三个控制器，17 点前放行，今晚可以发出。'
        : 'Two PB-48 packs in Utrecht. Release before 17:00 and they leave tonight.',
    }),
    inbound(place, {
      ...from,
      id: 'item-3-5',
      seq: 5,
      at: thursday - 8 * minute,
      subject: zh ? 'Re: 维修报价单请确认（SO-31206）' : 'Re: Battery on bike 7 will not hold charge',
      text: zh
        ? '好的，序列号 22-0917。那今天能安排技师过来吗？'
        : 'Here is the label: PB-48, serial 22-0917. Can it still ship today?',
    }),
  )
  const conversation = world.one('conversation', place.conversationId)!
  world.put('conversation', {
    ...conversation,
    lastSeq: 5,
    lastInbound: { seq: 5, at: thursday - 8 * minute },
  })
  world.put('readMark', {
    id: readMarkId(world.agentId, conversation.id),
    agentId: world.agentId,
    conversationId: conversation.id,
    seq: 5,
  })
  return world
}

/** The same thread on a desk without a hub: one reply held because a colleague answered, two waiting to be sent. */
export function withHeldReply(world: World): World {
  const zh = world.one('agent', 'agent-2')?.name === '王芳'
  const conversation = world.one('conversation', place.conversationId)!
  const identity = world.one('identity', 'identity-3')!
  const reasons = [{ kind: 'answered' as const, agentId: 'agent-2', at: thursday - 4 * minute }]
  const held = outbound(
    place,
    {
      id: 'item-3-6',
      seq: 6,
      at: thursday - 6 * minute,
      text: zh
        ? '赵经理您好，三台控制器可以免费更换，最快周五上午上门，请确认地址。'
        : 'We can replace all three free of charge. Friday morning at the earliest; please confirm the address.',
      state: 'held',
      to: identity.address,
    },
    { holdReasons: reasons },
  )
  world.put(
    'item',
    held,
    outbound(place, {
      id: 'item-3-7',
      seq: 7,
      at: thursday - 4 * minute,
      text: zh ? '控制器免费更换，我先帮您查上门时间。' : 'The replacement is free. I am looking for a slot.',
      state: 'sent',
      to: identity.address,
      agentId: 'agent-2',
    }),
  )
  world.put('conversation', {
    ...conversation,
    lastSeq: 7,
    lastReply: { seq: 7, at: thursday - 4 * minute, agentId: 'agent-2' },
    held: [{ itemId: held.id, agentId: world.agentId, reasons, along: [] }],
  })
  return world
    .waits({
      name: 'reply.send',
      conversationId: 'conversation-4',
      preview: zh ? '备用钥匙今天寄出。' : 'The refund left us on Monday.',
      writtenAt: thursday - 2 * minute,
    })
    .waits({ name: 'conversation.close', conversationId: 'conversation-5', writtenAt: thursday - minute })
}
