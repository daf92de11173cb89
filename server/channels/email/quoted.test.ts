import { describe, expect, test } from 'vitest'
import { splitQuoted } from './quoted.ts'

const CLIENTS: [string, string][] = [
  [
    'Gmail',
    'On Mon, Jan 5, 2026 at 10:02 AM Support <support@skein.example> wrote:\n\n> Dear Ann,\n> we sent it.\n>\n> Support',
  ],
  [
    'Gmail, wrapped',
    'On Mon, Jan 5, 2026 at 10:02 AM Support Team of the Shop\n<support@skein.example> wrote:\n\n> Dear Ann',
  ],
  ['Apple Mail', 'On 5 Jan 2026, at 10:02, Support <support@skein.example> wrote:\n\n> Dear Ann'],
  ['Thunderbird', 'Support wrote on 05.01.2026 10:02:\n> Dear Ann'],
  ['German', 'Am 05.01.2026 um 10:02 schrieb Support:\n> Liebe Ann'],
  ['Outlook', '-----Original Message-----\nFrom: Support\nSent: Monday\n\nDear Ann'],
  [
    'Outlook, new',
    '________________________________\nFrom: Support <support@skein.example>\nSent: Monday, January 5, 2026\nTo: Ann\nSubject: Order\n\nDear Ann',
  ],
  ['Outlook, bold', '*From:* Support\n*Sent:* Monday\n*To:* Ann\n*Subject:* Order\n\nDear Ann'],
  ['no attribution', '> Dear Ann,\n> we sent it.'],
  [
    'Outlook in Chinese',
    '发件人: 客服 <support@skein.example>\n发送时间: 2026年1月5日 10:02\n收件人: 安\n主题: 订单\n\n您好',
  ],
  [
    'QQ',
    '------------------ 原始邮件 ------------------\n发件人: "客服" <support@skein.example>;\n发送时间: 2026年1月5日(星期一) 上午10:02\n收件人: "安"<ann@qq.example>;\n主题: 订单\n\n您好',
  ],
  ['163', '在 2026-01-05 10:02:00，"客服" <support@skein.example> 写道：\n\n>您好\n>已经发货'],
  ['163, in English', 'At 2026-01-05 10:02:00, "Support" <support@skein.example> wrote:\n\n>Dear Ann'],
  ['163, newer', '---- 回复的原邮件 ----\n| 发件人 | 客服 |\n| 主题 | 订单 |\n\n您好'],
  ['Gmail in Chinese', '客服 <support@skein.example> 于2026年1月5日周一 10:02写道：\n\n> 您好'],
  ['Apple Mail in Chinese', '2026年1月5日 上午10:02，客服 <support@skein.example> 写道：\n\n> 您好'],
  ['Outlook in traditional Chinese', '寄件者: 客服\n寄件日期: 2026年1月5日\n收件者: 安\n主旨: 訂單\n\n您好'],
  ['our own, in English', 'On 2026-01-05 10:02 (UTC), Ann <ann@customer.example> wrote:\n> Where is it?'],
  ['our own, in Chinese', '在 2026-01-05 10:02 (UTC)，安 <ann@customer.example> 写道：\n> 到哪里了？'],
]

describe('what the client repeated is folded away from', () => {
  test.for(CLIENTS)('%s', ([, quotation]) => {
    for (const own of ['It has not come.\n\nAnn', '还没有收到。\n\n谢谢']) {
      expect(splitQuoted(`${own}\n\n${quotation}`)).toEqual({ own, quoted: quotation })
    }
  })
})

describe('in doubt everything is the writer’s own', () => {
  test.for([
    [
      'answers between the lines',
      'On 1 Jan 2026, Support wrote:\n> Which size?\nLarge.\n> Which colour?\nRed.',
    ],
    ['an answer below', '> Which size?\n\nLarge.'],
    ['a quotation alone', 'On 1 Jan 2026, Support wrote:\n> Which size?'],
    [
      'a forwarded message',
      'See below\n\n---------- Forwarded message ---------\nFrom: Bob <bob@c.example>\nDate: Monday\nSubject: Offer\nTo: Ann\n\nText',
    ],
    ['转发', '请看\n\n----- 转发邮件信息 -----\n发件人: 王\n发送日期: 2026-01-05\n主题: 报价\n\n内容'],
    ['words like those of a client', 'On Monday I wrote:\nplease call me.\nFrom: is a strange word'],
    ['no quotation', 'Hello\n\nAnn'],
    ['nothing', ''],
  ] as const)('%s', ([, text]) => {
    expect(splitQuoted(text)).toEqual({ own: text, quoted: '' })
  })
})

test('nothing is ever lost: own words and quotation hold every line', () => {
  for (const [, quotation] of CLIENTS) {
    const text = `first\n\n${quotation}\n\n-- \nlast`
    const { own, quoted } = splitQuoted(text)
    const lines = (part: string) => part.split('\n').filter(line => line.trim() !== '')
    expect([...lines(own), ...lines(quoted)]).toEqual(lines(text))
  }
})
