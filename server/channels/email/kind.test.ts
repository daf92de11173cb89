import { describe, expect, test } from 'vitest'
import { toInbound } from './inbound.ts'
import { ITEM_HEADER, messageIdOf } from './message-id.ts'
import { account, fixture, mailOf } from './testing.ts'

const support = account('support@skein.example')
const ITEM = '01890a5d-ac96-774b-bcce-b302099a8057'
const OURS = messageIdOf(ITEM, support.address)

function read(raw: Uint8Array, envelope = 'a@b.example') {
  return toInbound(raw, support, { from: envelope })
}

function automatic(...headers: string[]) {
  return read(mailOf('From: Ann <ann@b.example>', ...headers, '', 'text')).mail!.automatic
}

describe('automatic answers (RFC 3834) and their many older forms', () => {
  test.for([
    'Auto-Submitted: auto-replied',
    'Auto-Submitted: auto-generated (vacation)',
    'Precedence: auto_reply',
    'X-Autoreply: yes',
    'X-Autorespond: away',
    'X-Auto-Response-Suppress: All',
    'Subject: Automatic reply: Where is my order?',
    'Subject: Out of office: back on Monday',
    'Subject: =?UTF-8?B?6Ieq5Yqo5Zue5aSN77ya5YWz5LqO6K6i5Y2V?=',
    'Subject: 自动回复:您好',
  ])('%s', header => {
    expect(automatic(header)).toBe('auto-reply')
  })

  test.for([
    'Auto-Submitted: no',
    'X-Auto-Response-Suppress: None',
    'Subject: Automatic replies do not work',
    'Subject: Re: hello',
  ])('%s is a person', header => {
    expect(automatic(header)).toBe('no')
  })

  test.for([
    'List-Id: <news.b.example>',
    'List-Unsubscribe: <mailto:u@b.example>',
    'Precedence: bulk',
    'Precedence: list',
  ])('%s is a list', header => {
    expect(automatic(header)).toBe('list')
  })
})

describe('bounces', () => {
  test('RFC 3464: each recipient with its status, and the mail of ours it is about', () => {
    const report = read(
      mailOf(
        'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
        'Subject: Undelivered Mail Returned to Sender',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        '',
        'I am sorry.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        'Original-Recipient: rfc822;Ann@customer.example',
        'Final-Recipient: rfc822; ann2@customer.example',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 no such',
        '    user',
        '',
        'Final-Recipient: rfc822; ben@customer.example',
        'Action: delayed',
        'Status: 4.4.1',
        '',
        'Final-Recipient: rfc822; cy@customer.example',
        'Action: delivered',
        'Status: 2.0.0',
        '',
        'Final-Recipient: rfc822; di@customer.example',
        'Action: relayed',
        'Status: 2.0.0',
        '--b',
        'Content-Type: message/rfc822',
        '',
        `Message-ID: <${OURS}>`,
        'Subject: Your order',
        '',
        'text',
        '--b--',
      ),
      '',
    )
    expect(report.mail!.automatic).toBe('bounce')
    expect(report.deliveryReport).toEqual({
      messageId: OURS,
      itemId: ITEM,
      recipients: [
        {
          address: 'ann@customer.example',
          state: 'failed',
          status: '5.1.1',
          detail: '550 5.1.1 no such user',
        },
        { address: 'ben@customer.example', state: 'delayed', status: '4.4.1', detail: '' },
        { address: 'cy@customer.example', state: 'delivered', status: '2.0.0', detail: '' },
      ],
    })
    expect(report.thread.itemIds).toEqual([ITEM])
    expect(report.text).toBe('I am sorry.')
  })

  test('one that returns only the header (text/rfc822-headers)', () => {
    const report = read(fixture('ruby-mail/multipart_report_emails/report_530.eml')).deliveryReport
    expect(report?.messageId).toBe('200712232303.lBNN3jDq002941@mail12.rrrr.com.au')
    expect(report?.recipients.map(one => [one.address, one.state, one.status])).toEqual([
      ['edwin@zzzzzzz.com', 'failed', '5.3.0'],
    ])
  })

  test('five recipients at once', () => {
    const report = read(fixture('ruby-mail/multipart_report_emails/multi_address_bounce1.eml')).deliveryReport
    expect(report?.recipients.map(one => one.state)).toEqual(Array(5).fill('failed'))
  })

  test('without any report part: by X-Failed-Recipients, and by In-Reply-To to ours', () => {
    const inbound = read(
      mailOf(
        'From: postmaster@mx.example',
        'X-Failed-Recipients: ann@customer.example',
        `In-Reply-To: <${OURS}>`,
        'Subject: Mail delivery failed',
        '',
        'no such user',
      ),
      '',
    )
    expect(inbound.deliveryReport).toEqual({
      messageId: OURS,
      itemId: ITEM,
      recipients: [{ address: 'ann@customer.example', state: 'failed', status: '', detail: 'no such user' }],
    })
  })

  test('the Chinese providers’ letters: 系统退信', () => {
    const inbound = read(
      mailOf('From: PostMaster@qq.example', 'Subject: 来自qq.example的退信', '', '您的邮件没有送达'),
      '',
    )
    expect(inbound.mail!.automatic).toBe('bounce')
  })

  test('a customer who writes about a failed delivery is a customer', () => {
    expect(automatic('Subject: Delivery has failed twice, where is my parcel?')).toBe('no')
  })
})

describe('our own mail coming back', () => {
  test('is known by its Message-ID, and by its header where a provider gave it another id', () => {
    expect(read(mailOf('From: support@skein.example', `Message-ID: <${OURS}>`, '', 'x')).ownItemId).toBe(ITEM)
    expect(
      read(mailOf('From: x@b.example', 'Message-ID: <1@ses.example>', `${ITEM_HEADER}: ${ITEM}`, '', 'x'))
        .ownItemId,
    ).toBe(ITEM)
  })

  test('an answer to it is not it, and an id of another domain is not ours', () => {
    expect(
      read(mailOf('From: x@b.example', 'Message-ID: <2@b.example>', `In-Reply-To: <${OURS}>`, '', 'x'))
        .ownItemId,
    ).toBeNull()
    expect(read(mailOf('From: x@b.example', `Message-ID: <${ITEM}@b.example>`, '', 'x')).ownItemId).toBeNull()
  })
})
