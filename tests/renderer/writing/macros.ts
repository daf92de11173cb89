import type { Macro } from '#shared/model/macro.ts'
import type { World } from '../support/world.ts'

const macro = (id: string, part: Partial<Macro> & Pick<Macro, 'name'>): Macro => ({
  ...{ id: `macro-${id}`, shortcut: '', folder: '', language: '', families: [], text: '', actions: {} },
  ...{ agentId: null, ...part },
})

const of = {
  en: (tagId: string): Macro[] => [
    macro('hello', {
      name: 'Greeting',
      shortcut: 'hi',
      text: 'Hello {{customer.firstName|there}},\n\nthank you for writing to {{inbox.name}}.',
    }),
    macro('refund', {
      name: 'Refund is on its way',
      shortcut: 'rf',
      folder: 'Refunds',
      text: 'Hello {{customer.firstName|there}}, we have refunded {{amount}} to your card today, {{today}}. Banks take up to five days.',
      actions: { tagIds: [tagId], assign: 'me', priority: 'high', snooze: 7200 },
    }),
    macro('label', {
      name: 'Photo of the label',
      folder: 'Warranty',
      text: 'Could you send us a photo of the label?\n\nThe serial number is below the bar code.',
      rich: [
        {
          kind: 'paragraph',
          spans: [
            { text: 'Could you send us a ' },
            { text: 'photo of the label', marks: ['bold'] },
            { text: '?' },
          ],
        },
        { kind: 'paragraph', spans: [] },
        { kind: 'paragraph', spans: [{ text: 'The serial number is below the bar code.' }] },
      ],
      families: ['email'],
    }),
    macro('weiter', {
      name: 'Danke',
      language: 'de',
      folder: 'Deutsch',
      text: 'Vielen Dank für Ihre Nachricht!',
    }),
    macro('done', {
      name: 'Nothing more to do',
      shortcut: 'done',
      agentId: 'agent-me',
      actions: { tagIds: [tagId], close: true },
    }),
  ],
  zh: (tagId: string): Macro[] => [
    macro('hello', {
      name: '问候',
      shortcut: 'nh',
      text: '{{客户.称呼|您好}}，您好！\n感谢您联系{{收件箱.名称}}。',
    }),
    macro('refund', {
      name: '退款进度',
      shortcut: 'tk',
      folder: '售后',
      language: 'zh',
      text: '{{客户.称呼}}，您好：退款 {{金额}} 已于{{今天}}原路退回，到账约需三到五个工作日。',
      actions: { tagIds: [tagId], assign: 'me', snooze: 4320 },
    }),
    macro('label', {
      name: '请补发标签照片',
      folder: '保修',
      text: '麻烦再发一张带序列号的标签照片，谢谢。',
    }),
    macro('english', {
      name: 'Thanks',
      language: 'en',
      folder: 'English',
      text: 'Thank you for your message!',
    }),
    macro('done', { name: '已处理完毕', shortcut: 'wb', agentId: 'agent-me', actions: { close: true } }),
  ],
}

/** The world with a few macros in it, in its language; the third customer's own is what they are filled with. */
export function withMacros(world: World, language: 'en' | 'zh' = 'en'): World {
  const tag = { id: 'tag-refunded', name: language === 'en' ? 'refunded' : '已退款' }
  world.put('tag', tag)
  for (const each of of[language](tag.id)) world.put('macro', each)
  return world
}
