/** Mail as nobody should send it: mutations of real mails, and shapes made to hurt. Everything from one seed. */
import { gzipSync } from 'node:zlib'

export type Random = () => number

/** mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const below = (random: Random, most: number): number => Math.floor(random() * most)
const pick = <T>(random: Random, all: readonly T[]): T => all[below(random, all.length)]!

const CHARSETS = [
  ...['utf-8', 'utf-7', 'utf-16', 'utf-16le', 'utf-32', 'gb2312', 'gbk', 'gb18030', 'big5', 'hz-gb-2312'],
  ...[
    'iso-2022-jp',
    'iso-2022-kr',
    'iso-2022-cn',
    'euc-kr',
    'shift_jis',
    'koi8-r',
    'windows-1252',
    'x-mac-roman',
  ],
  ...['unknown-8bit', 'us-ascii', '', '"', "utf-8''", '__proto__', 'constructor', 'x'.repeat(5000)],
]
const NASTY = [
  ...[
    '\0',
    '\r',
    '\n',
    '\r\n',
    '\r\r\n',
    '\n\n',
    '\x1b$B',
    '\x1b(B',
    '\ufeff',
    '=',
    '=?',
    '?=',
    '=0D=0A',
    '--',
    '---',
  ],
  ...[
    '(',
    ')',
    '((((((((',
    '<',
    '>',
    '"',
    '\\',
    ';',
    ':',
    ',',
    '@',
    '%00',
    '\x7f',
    '\xff\xfe',
    '\ud800',
    '&#0;',
  ],
  ...['=?utf-8?Q?a=0D=0ABcc:_evil@x.example?=', '=?utf-8?B?AAAAAA==?=', '=?utf-7?Q?+ADw-script+AD4-?='],
  ...[
    '\r\nBcc: evil@x.example\r\n',
    '\r\n\r\n',
    '\r\n.\r\n',
    '<script>alert(1)</script>',
    'begin 644 x\n',
    'From evil\n',
  ],
]

const headers = (random: Random, more: Record<string, string> = {}): string =>
  Object.entries({
    From: 'Eve <eve@hostile.example>',
    To: 'support@skein.example',
    Subject: `Hostile ${below(random, 1e9)}`,
    'Message-ID': `<${below(random, 1e9)}@hostile.example>`,
    'MIME-Version': '1.0',
    ...more,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')

const multipart = (random: Random, boundary: string, body: string, kind = 'mixed'): string =>
  `${headers(random, { 'Content-Type': `multipart/${kind}; boundary="${boundary}"` })}\r\n${body}`

/** Shapes that cost a careless reader time or memory out of proportion. Each is at most a few MB. */
const shapes: Record<string, (random: Random) => string | Buffer> = {
  'ten thousand parts': random =>
    multipart(random, 'b', `${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(10_000)}--b--\r\n`),
  'a thousand deep': random => {
    const depth = 1000
    const open = Array.from(
      { length: depth },
      (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`,
    )
    return multipart(random, 'b0', `${open.join('')}--b${depth}\r\n\r\ndeep\r\n`)
  },
  'messages in messages': random =>
    headers(random, { 'Content-Type': 'message/rfc822' }) +
    '\r\nSubject: in\r\nContent-Type: message/rfc822\r\n'.repeat(1000) +
    '\r\nend\r\n',
  'boundaries that begin alike': random =>
    multipart(
      random,
      'a',
      Array.from({ length: 20_000 }, (_, at) => `--${'a'.repeat(1 + (at % 60))}\r\n`).join(''),
    ),
  'a boundary of nothing': random => multipart(random, '', '--\r\n\r\nx\r\n--\r\n'.repeat(2000)),
  'a header of a megabyte': random => `${headers(random)}X-Long: ${'x'.repeat(1_000_000)}\r\n\r\nbody\r\n`,
  'a hundred thousand headers': random => `${headers(random)}${'X-Many: y\r\n'.repeat(100_000)}\r\nbody\r\n`,
  'a header folded for ever': random =>
    `${headers(random)}X-Folded: a\r\n${' b\r\n'.repeat(200_000)}\r\nbody\r\n`,
  'brackets without end': random =>
    `${headers(random, { From: `${'('.repeat(50_000)}a@b.example`, Cc: `${'"'.repeat(49_999)}<a@b>` })}\r\nx\r\n`,
  'groups in groups': random =>
    `${headers(random, { To: `${'g:'.repeat(20_000)}a@b.example${';'.repeat(20_000)}` })}\r\nx\r\n`,
  'a subject that answers for ever': random =>
    `${headers(random, { Subject: 'Re: 回复：Fwd: '.repeat(20_000) })}\r\nx\r\n`,
  'encoded words without end': random =>
    `${headers(random, { Subject: '=?utf-8?Q?=E4=BD?= '.repeat(30_000) })}\r\nx\r\n`,
  'a half word': random =>
    `${headers(random, { Subject: `=?${'x'.repeat(100_000)}?Q?${'='.repeat(100_000)}` })}\r\nx\r\n`,
  'parameters in ten thousand pieces': random =>
    `${headers(random, { 'Content-Type': `text/plain; ${Array.from({ length: 10_000 }, (_, at) => `name*${at}*=%${at}`).join('; ')}` })}\r\nx\r\n`,
  'references without end': random =>
    `${headers(random, { References: Array.from({ length: 50_000 }, (_, at) => `<${at}@x>`).join(' ') })}\r\nx\r\n`,
  'nested tags': random =>
    `${headers(random, { 'Content-Type': 'text/html' })}\r\n${'<div><table><td>'.repeat(60_000)}end`,
  'a million brackets': random =>
    `${headers(random, { 'Content-Type': 'text/html' })}\r\n${'<'.repeat(1_000_000)}`,
  'comments without end': random =>
    `${headers(random, { 'Content-Type': 'text/html' })}\r\n${'<!--'.repeat(200_000)}`,
  'entities without end': random =>
    `${headers(random, { 'Content-Type': 'text/html' })}\r\n${'&#x1F600;&lt'.repeat(100_000)}`,
  'an attribute of a megabyte': random =>
    `${headers(random, { 'Content-Type': 'text/html' })}\r\n<a href="${'x'.repeat(1_000_000)}">x</a>`,
  'white space': random => `${headers(random)}\r\n${' '.repeat(1_000_000)}\r\n${'\t '.repeat(300_000)}x`,
  'white space in HTML': random =>
    `${headers(random, { 'Content-Type': 'text/html' })}\r\n<p>${' \t\r\n'.repeat(250_000)}x<pre>${' '.repeat(500_000)}x`,
  'white space in headers': random =>
    `${headers(random, { Subject: `a${' '.repeat(200_000)}b`, Date: `Mon, ${' '.repeat(100_000)}:x`, 'Content-Type': `text/plain;${' '.repeat(100_000)}charset${' '.repeat(100_000)}x` })}\r\nx\r\n`,
  'quotes in quotes': random => `${headers(random)}\r\n${`${'>'.repeat(2000)} x\r\n`.repeat(500)}`,
  'everybody wrote': random =>
    `${headers(random)}\r\n${'On Mon, someone wrote:\r\n在 2026年，某人写道：\r\n> x\r\n'.repeat(20_000)}`,
  'one line': random => `${headers(random)}\r\n${'某人 wrote '.repeat(100_000)}`,
  'soft breaks': random =>
    `${headers(random, { 'Content-Transfer-Encoding': 'quoted-printable' })}\r\n${'=\r\n'.repeat(500_000)}=`,
  'base64 of anything': random =>
    `${headers(random, { 'Content-Transfer-Encoding': 'base64' })}\r\n${'=A=B*C\r\n'.repeat(200_000)}`,
  'escapes of Japanese': random =>
    `${headers(random, { 'Content-Type': 'text/plain; charset=iso-2022-jp' })}\r\n${'\x1b$B\x1b(B\x1b$@'.repeat(100_000)}`,
  'bombs, packed': random => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(30_000_000))).toString('base64')
    const part = `--b\r\nContent-Type: application/zip; name="a.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bomb}\r\n`
    return multipart(random, 'b', `${part.repeat(200)}--b--\r\n`)
  },
  'uuencoded without end': random => `${headers(random)}\r\n${'begin 644 x\r\n#0V%T\r\n'.repeat(50_000)}`,
  'flowed without end': random =>
    `${headers(random, { 'Content-Type': 'text/plain; format=flowed; delsp=yes' })}\r\n${'> x \r\n'.repeat(150_000)}`,
  'a bounce of everybody': random =>
    multipart(
      random,
      'b',
      `--b\r\nContent-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n'.repeat(20_000)}\r\n--b--\r\n`,
      'report; report-type=delivery-status',
    ),
  'a calendar without end': random =>
    `${headers(random, { 'Content-Type': 'text/calendar; method=REQUEST' })}\r\nBEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\nSUMMARY:x\r\n y\r\nDTSTART:99999999T999999Z\r\n'.repeat(20_000)}`,
  nothing: () => '',
  'only line ends': () => '\r\n'.repeat(100_000),
  zeros: () => Buffer.alloc(200_000),
  noise: random => Buffer.from(Array.from({ length: 50_000 }, () => below(random, 256))),
}
export const shapeNames = Object.keys(shapes)

export function shaped(name: string, random: Random): Buffer {
  return Buffer.from(shapes[name]!(random))
}

/** A mail of the collection, changed in one to six ways. */
export function mutated(mails: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(pick(random, mails))
  for (let count = 1 + below(random, 6); count > 0; count--) bytes = Buffer.from(change(bytes, mails, random))
  return bytes.subarray(0, 2_000_000)
}

function change(bytes: Buffer, mails: readonly Buffer[], random: Random): Buffer {
  const at = below(random, bytes.length + 1)
  const end = Math.min(bytes.length, at + below(random, 200))
  const into = (middle: Buffer | string, until = at) =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from(middle), bytes.subarray(until)])
  const head = Math.max(0, bytes.indexOf('\n\n'), bytes.indexOf('\r\n\r\n'))
  switch (below(random, 12)) {
    case 0:
      return into(Buffer.from([below(random, 256)]), Math.min(bytes.length, at + 1))
    case 1:
      return into('', end)
    case 2:
      return into(Buffer.concat([bytes.subarray(at, end), bytes.subarray(at, end)]), end)
    case 3:
      return bytes.subarray(0, at)
    case 4:
      return Buffer.concat([bytes.subarray(0, at), pick(random, mails).subarray(below(random, 2000))])
    case 5:
    case 6:
      return into(Buffer.from(pick(random, NASTY), random() < 0.5 ? 'utf8' : 'latin1'))
    case 7:
      return into(pick(random, NASTY).repeat(1 + below(random, 3000)))
    case 8:
      return replaced(bytes, /charset="?[\w.-]*"?/gi, `charset=${pick(random, CHARSETS)}`)
    case 9:
      return replaced(
        bytes,
        /(content-transfer-encoding:)[^\r\n]*/gi,
        `$1 ${pick(random, ['base64', 'quoted-printable', '8bit', 'x-uuencode', 'binary', '', 'base64; x', '\0'])}`,
      )
    case 10:
      return replaced(
        bytes,
        /boundary="?[^"\r\n;]*"?/gi,
        `boundary="${pick(random, ['', ' ', '-', 'x'.repeat(300), '=_', '"'])}"`,
      )
    default: {
      const copied = bytes.subarray(below(random, head + 1), head)
      const from = below(random, head + 1)
      return Buffer.concat([bytes.subarray(0, from), Buffer.from('\r\n'), copied, bytes.subarray(from)])
    }
  }
}

const replaced = (bytes: Buffer, pattern: RegExp, by: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(pattern, by), 'latin1')
