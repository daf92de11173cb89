import { describe, expect, test } from 'vitest'
import { toInbound } from './inbound.ts'
import { account, mailOf } from './testing.ts'

const read = (lines: string[], settings: object = {}) =>
  toInbound(
    mailOf('From: Ann <ann@bank.example>', ...lines),
    account('support@skein.example', { settings }),
    { from: null },
  )

describe('invitations (RFC 5545) are facts to be shown', () => {
  const calendar = (...lines: string[]) => [
    'Content-Type: text/calendar; method=REQUEST; charset=utf-8',
    '',
    'BEGIN:VCALENDAR',
    ...lines,
    'END:VCALENDAR',
  ]

  test('of Outlook and Google: folded, in a named zone, with an alarm inside', () => {
    const { mail } = read(
      calendar(
        'METHOD:REQUEST',
        'BEGIN:VTIMEZONE',
        'TZID:China Standard Time',
        'BEGIN:STANDARD',
        'DTSTART:16010101T000000',
        'END:STANDARD',
        'END:VTIMEZONE',
        'BEGIN:VEVENT',
        'BEGIN:VALARM',
        'SUMMARY:Alarm',
        'END:VALARM',
        'ORGANIZER;CN="Li, Wei":mailto:li@customer.example',
        'SUMMARY;LANGUAGE=zh-CN:安装新灯\\, 二楼',
        ' ：会议',
        'DTSTART;TZID=China Standard Time:20261123T100000',
        'DTEND;TZID=China Standard Time:20261123T113000',
        'LOCATION:上海\\nRoom 5',
        'END:VEVENT',
      ),
    )
    expect(mail?.events).toEqual([
      {
        method: 'invitation',
        summary: '安装新灯, 二楼：会议',
        start: '2026-11-23 10:00',
        end: '2026-11-23 11:30',
        zone: 'China Standard Time',
        location: '上海 Room 5',
        organizer: 'Li, Wei',
      },
    ])
  })

  test('one that is called off, and a whole day in UTC', () => {
    const event = (...more: string[]) => ['BEGIN:VEVENT', 'SUMMARY:Visit', ...more, 'END:VEVENT']
    expect(read(calendar('METHOD:CANCEL', ...event('DTSTART:20261123T100000Z'))).mail?.events).toMatchObject([
      { method: 'cancel', start: '2026-11-23 10:00', end: '', zone: 'UTC', organizer: '' },
    ])
    expect(read(calendar(...event('DTSTART;VALUE=DATE:20261224'))).mail?.events).toMatchObject([
      { method: 'invitation', start: '2026-12-24', zone: '' },
    ])
  })

  test('what is no calendar, or without end, costs nothing and says nothing', () => {
    expect(read(calendar('BEGIN:VEVENT', `SUMMARY${';'.repeat(4000)}`)).mail?.events).toBeUndefined()
    const many = Array.from({ length: 500 }, (_, at) => ['BEGIN:VEVENT', `SUMMARY:${at}`, 'END:VEVENT'])
    expect(read(calendar(...many.flat())).mail?.events).toHaveLength(10)
    expect(read(['', 'Hello']).mail).not.toHaveProperty('events')
  })
})

describe('what protects a mail is said by its form', () => {
  test.for([
    ['smime-signed', 'multipart/signed; protocol="application/pkcs7-signature"; boundary=b'],
    ['pgp-signed', 'multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature"; boundary=b'],
    ['pgp-encrypted', 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b'],
    ['smime-encrypted', 'application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m'],
    ['smime-signed', 'application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m'],
  ])('%s: %s', ([protection, type]) => {
    expect(read([`Content-Type: ${type}`, '', '--b', '', 'Signed words.', '--b--']).mail?.protection).toBe(
      protection,
    )
  })

  test('PGP in the text itself, and an ordinary mail', () => {
    expect(
      read(['', '-----BEGIN PGP MESSAGE-----', '', 'hQEMA', '-----END PGP MESSAGE-----']).mail,
    ).toMatchObject({
      protection: 'pgp-encrypted',
    })
    expect(read(['', 'Hello']).mail).not.toHaveProperty('protection')
  })

  test('the words of a signed mail are read', () => {
    const type = 'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b'
    const mail = read([type, '', '--b', 'Content-Type: text/plain', '', 'Please call me.', '--b--'])
    expect(mail.text).toBe('Please call me.')
  })
})

describe('RFC 8601: who the sender is, by the word of the mail server that is trusted', () => {
  const trusts = { trusts: 'mx.google.com' }
  const result = (server: string, dmarc: string) =>
    `Authentication-Results: ${server};\r\n spf=pass smtp.mailfrom=x.example;\r\n dmarc=${dmarc} (p=REJECT) header.from=bank.example`
  const sender = (lines: string[], settings: object = trusts) =>
    read([...lines, '', 'x'], settings).mail?.sender

  test('pass is verified, fail is not, anything else says nothing', () => {
    expect(sender([result('mx.google.com', 'pass')])).toBe('verified')
    expect(sender([result('MX.Google.com', 'fail')])).toBe('unverified')
    expect(sender([result('mx.google.com', 'none')])).toBeUndefined()
    expect(sender([])).toBeUndefined()
  })

  test('nobody else is believed: another server’s word, a forged one below, or any word where nobody is trusted', () => {
    expect(sender([result('mx.evil.example', 'pass')])).toBeUndefined()
    expect(sender([result('mx.google.com', 'fail'), result('mx.google.com', 'pass')])).toBe('unverified')
    expect(sender([result('mx.google.com.evil.example', 'pass')])).toBeUndefined()
    expect(sender([result('mx.google.com', 'pass')], {})).toBeUndefined()
  })
})
