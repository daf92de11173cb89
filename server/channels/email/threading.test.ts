import { describe, expect, test } from 'vitest'
import type { ConversationLookup } from '../channel.ts'
import { toInbound } from './inbound.ts'
import { messageIdOf } from './message-id.ts'
import { account, mailOf } from './testing.ts'
import { conversationOf, replySubject, subjectKey } from './threading.ts'

const support = account('support@skein.example')
const ITEM = '01890a5d-ac96-774b-bcce-b302099a8057'
const NOW = Date.UTC(2026, 0, 31)
const DAY = 24 * 60 * 60 * 1000

const read = (...lines: string[]) => toInbound(mailOf(...lines, '', 'text'), support, { from: '' })

/** A hub that holds two conversations: one with an item of ours and a mail of Ann's, one older with Ben. */
const lookup: ConversationLookup = {
  now: NOW,
  async byMessage(_inbox, ids, itemIds) {
    const known: Record<string, string> = { 'first@ann.example': 'with Ann', 'old@ben.example': 'with Ben' }
    if (itemIds.includes(ITEM)) return 'with Ann'
    return ids.map(id => known[id]).find(found => found !== undefined) ?? null
  },
  async bySubject(_inbox, address, key, since) {
    const known = [
      { address: 'ann@ann.example', key: 'order 7', at: NOW - 2 * DAY, id: 'with Ann' },
      { address: 'ben@ben.example', key: 'order 7', at: NOW - 60 * DAY, id: 'with Ben' },
    ]
    return known.find(one => one.address === address && one.key === key && one.at >= since)?.id ?? null
  },
}

describe('S17, RFC 5322 3.6.4: a mail belongs to the conversation', () => {
  test('of the mail named by In-Reply-To, before any other in References', async () => {
    const mail = read(
      'From: x@c.example',
      'In-Reply-To: <first@ann.example>',
      'References: <old@ben.example> <first@ann.example>',
    )
    expect(mail.thread.ids).toEqual(['first@ann.example', 'old@ben.example'])
    expect(await conversationOf(mail, lookup)).toBe('with Ann')
  })

  test('of an older one, where the newest is not known', async () => {
    expect(
      await conversationOf(
        read('From: x@c.example', 'References: <old@ben.example> <unknown@c.example>'),
        lookup,
      ),
    ).toBe('with Ben')
  })

  test('of our item, by our own Message-ID alone', async () => {
    const mail = read('From: ann@ann.example', `In-Reply-To: <${messageIdOf(ITEM, support.address)}>`)
    expect(mail.thread.itemIds).toEqual([ITEM])
    expect(await conversationOf(mail, lookup)).toBe('with Ann')
  })

  test('of the same sender with the same subject, recently, only where it names no other mail', async () => {
    expect(await conversationOf(read('From: ann@ann.example', 'Subject: Re: Order 7'), lookup)).toBe(
      'with Ann',
    )
    expect(await conversationOf(read('From: ANN@ann.example', 'Subject: 回复：order  7'), lookup)).toBe(
      'with Ann',
    )
    expect(
      await conversationOf(
        read('From: ann@ann.example', 'Subject: Re: Order 7', 'References: <x@y>'),
        lookup,
      ),
    ).toBeNull()
  })

  test('of nobody: another sender, an old conversation, a forwarded or an empty subject', async () => {
    expect(await conversationOf(read('From: eve@c.example', 'Subject: Re: Order 7'), lookup)).toBeNull()
    expect(await conversationOf(read('From: ben@ben.example', 'Subject: Re: Order 7'), lookup)).toBeNull()
    expect(await conversationOf(read('From: ann@ann.example', 'Subject: Fwd: Order 7'), lookup)).toBeNull()
    expect(read('From: ann@ann.example', 'Subject: Re: ').thread.subjectKey).toBeNull()
  })
})

test.for([
  'Order 7',
  'RE: Order 7',
  'Re[2]: order 7',
  'Re: Fwd: AW: Order 7',
  'SV: VS: Order 7',
  '回复: Order 7',
  '回复：Re：Order 7',
  '答复: Order 7',
  '回覆：Order 7',
  '转发: Order 7',
  '轉寄：Order 7',
  'Re：Ｏｒｄｅｒ　７',
  '[EXTERNAL] Re: Order 7',
  '自动回复：Order 7',
  'Re: 回复(3)：Order   7',
])('%s is about order 7', subject => {
  expect(subjectKey(subject)).toBe('order 7')
})

test.for([
  ['Resin order', 'resin order'],
  ['Invoice: Re 5', 'invoice: re 5'],
  ['复查结果', '复查结果'],
  ['回复速度太慢', '回复速度太慢'],
])('%s keeps its words', ([subject, key]) => {
  expect(subjectKey(subject!)).toBe(key)
})

test('the subject of an answer has Re: once', () => {
  expect(replySubject('Order 7')).toBe('Re: Order 7')
  expect(replySubject('Re: 回复：Fwd: 关于订单')).toBe('Re: 关于订单')
  expect(replySubject('')).toBe('Re:')
})
