import type { Macro } from '#shared/model/macro.ts'

type Told = Pick<Macro, 'name' | 'shortcut' | 'folder' | 'language' | 'text'> &
  Partial<Pick<Macro, 'actions' | 'families'>>

const DAY = 1440

/** The team's macros, in both of the customers' languages. */
const told = (tagOf: (name: string) => string): Told[] => [
  {
    ...{ name: 'Greeting', shortcut: 'hi', folder: '', language: 'en' },
    text: 'Hello {{customer.firstName|there}},\n\nthank you for writing to us.',
  },
  {
    ...{ name: 'Refund is on its way', shortcut: 'refund', folder: 'Refunds', language: 'en' },
    text: 'Hello {{customer.firstName|there}},\n\nwe have refunded {{amount}} today, {{today}}. Banks take up to five working days.\n\nKind regards\n{{agent.firstName}}',
    actions: { assign: 'me', snooze: 5 * DAY },
  },
  {
    ...{ name: 'Photo of the label', shortcut: 'label', folder: 'Warranty', language: 'en' },
    text: 'Could you send us a photo of the label with the serial number? It is below the bar code, inside the frame.',
    actions: { tagIds: [tagOf('warranty')] },
  },
  {
    ...{ name: '问候', shortcut: 'nh', folder: '', language: 'zh' },
    text: '{{客户.称呼|您好}}，您好！\n感谢您联系{{收件箱.名称}}。',
  },
  {
    ...{ name: '退款已受理', shortcut: 'tk', folder: '售后', language: 'zh' },
    text: '{{客户.称呼|您好}}，您好：\n\n退款 {{金额}} 已于{{今天}}原路退回，到账约需三到五个工作日。\n\n{{客服.姓名}}',
    actions: { assign: 'me', snooze: 3 * DAY },
  },
  {
    ...{ name: '请补发标签照片', shortcut: 'bq', folder: '售后', language: 'zh' },
    text: '麻烦再发一张带序列号的标签照片，标签在车架内侧条码下方，谢谢。',
    actions: { tagIds: [tagOf('保修')] },
  },
  {
    ...{ name: 'Nothing more to do 已处理完毕', shortcut: 'done', folder: '', language: '', text: '' },
    actions: { close: true },
  },
]

export const macros = (tagOf: (name: string) => string): Omit<Macro, 'id'>[] =>
  told(tagOf).map(one => ({ families: [], actions: {}, ...one, agentId: null }))
