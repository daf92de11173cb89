import { expect, test } from 'vitest'
import { LIMITS } from './mime/limits.ts'
import { parseMail } from './parse.ts'
import { fixture, fixtureNames, mailOf } from './testing.ts'

/** The bytes of a word in charsets that Node can only read. */
const BYTES = {
  gb: 'c4e3bac3a3accaaed5c5b7a2c6b1', // 你好，十张发票 (GB 2312)
  gb18030: '8139ee39', // 㐀, four bytes
  big5: 'a741a66ea141b5a6b2bc', // 你好，策票
  jis: '1b24422464245024331b2842', // やばこ
  sjis: '82e282ce82b1',
  kr: 'bec8b3e7',
}
const hex = (digits: string) => Buffer.from(digits, 'hex')
const head = (...lines: string[]) => Buffer.from(`From: a@b.example\r\n${lines.join('\r\n')}\r\n\r\n`)

test.for([
  ['gb2312', BYTES.gb, '你好，十张发票'],
  ['GBK', BYTES.gb, '你好，十张发票'],
  ['cp936', BYTES.gb, '你好，十张发票'],
  ['"gb18030"', BYTES.gb18030, '㐀'],
  ['big5', BYTES.big5, '你好，策票'],
  ['iso-2022-jp', BYTES.jis, 'やばこ'],
  ['Shift_JIS', BYTES.sjis, 'やばこ'],
  ['ks_c_5601-1987', BYTES.kr, '안녕'],
  ['hz-gb-2312', Buffer.from('~{<:Ky2;S{#,NpJ)l6HK!#~}').toString('hex'), '己所不欲，勿施於人。'],
  ['utf-7', Buffer.from('+T2BZfQ- ok').toString('hex'), '你好 ok'],
] as const)('a body in %s', ([charset, bytes, text]) => {
  const mail = parseMail(Buffer.concat([head(`Content-Type: text/plain; charset=${charset}`), hex(bytes)]))
  expect(mail.text).toBe(text)
  expect(mail.problems).toEqual([])
})

test('bytes without a charset, or with a wrong one, are read as what they look like', () => {
  const read = (type: string, bytes: Uint8Array) =>
    parseMail(Buffer.concat([head(`Content-Type: ${type}`), bytes]))
  expect(read('text/plain', hex(BYTES.gb)).text).toBe('你好，十张发票')
  expect(read('text/plain; charset=us-ascii', Buffer.from('你好')).text).toBe('你好')
  expect(read('text/plain; charset=iso-8859-1', Buffer.from('Grüße')).text).toBe('Grüße')
  expect(read('text/plain; charset=iso-8859-1', Buffer.from('Grüße', 'latin1')).text).toBe('Grüße')
  const mislabelled = read('text/plain; charset=utf-8', hex(BYTES.gb))
  expect([mislabelled.text, mislabelled.problems]).toEqual(['你好，十张发票', ['bad-charset']])
  const unknown = read('text/plain; charset=klingon', Buffer.from('你好'))
  expect([unknown.text, unknown.problems]).toEqual(['你好', ['unknown-charset']])
})

test('raw GBK in the headers, which no standard allows, is read by the charset of the body', () => {
  const gb = hex(BYTES.gb).toString('latin1')
  const raw = `From: "${gb}" <a@qq.example>\r\nSubject: ${gb}\r\nContent-Type: text/plain; charset=gbk\r\n\r\n${gb}`
  const mail = parseMail(Buffer.from(raw, 'latin1'))
  expect([mail.subject, mail.from?.name, mail.text]).toEqual([
    '你好，十张发票',
    '你好，十张发票',
    '你好，十张发票',
  ])
})

test('an encoded subject whose words cut a character in two is joined again', () => {
  const bytes = Buffer.from('关于订单')
  const word = (part: Uint8Array) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`
  const mail = parseMail(
    mailOf(`Subject: Re: ${word(bytes.subarray(0, 4))}`, ` ${word(bytes.subarray(4))} no. 7`, '', 'x'),
  )
  expect(mail.subject).toBe('Re: 关于订单 no. 7')
})

test('file names by RFC 2231 in pieces, by RFC 2047, with paths and with disguised endings', () => {
  const names = parseMail(
    mailOf(
      'From: a@b.example',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      "Content-Disposition: attachment; filename*0*=UTF-8''%E5%90%88; filename*1*=%E5%90%8C; filename*2=.pdf",
      '',
      'x',
      '--b',
      'Content-Disposition: attachment; filename="=?GB2312?B?uqPNrC5wZGY=?="',
      '',
      'x',
      '--b',
      'Content-Disposition: attachment; filename="C:\\Users\\Ann\\..\\offer.doc"',
      '',
      'x',
      '--b',
      'Content-Disposition: attachment; filename="../../etc/passwd"',
      '',
      'x',
      '--b',
      'Content-Disposition: attachment; filename="invoice\u202efdp.exe"',
      '',
      'x',
      '--b--',
    ),
  ).attachments.map(file => file.name)
  expect(names).toEqual(['合同.pdf', '海同.pdf', 'offer.doc', 'passwd', 'invoicefdp.exe'])
})

test('a file that stands uuencoded in the text becomes an attachment', () => {
  const mail = parseMail(
    mailOf('From: a@b.example', '', 'See below', 'begin 644 hi.txt', '#0V%T', '`', 'end', 'Bye'),
  )
  expect(mail.text).toBe('See below\nBye')
  expect(mail.attachments.map(file => [file.name, Buffer.from(file.bytes).toString()])).toEqual([
    ['hi.txt', 'Cat'],
  ])
})

test('HTML alone gives readable text, without styles and scripts, with lists, tables and quotations', () => {
  const html =
    '<html><head><title>T</title><style>p{color:red}</style><script>alert(1)</script></head><body><p>Hello&nbsp;<b>Ann</b>,</p>' +
    '<ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table><blockquote>old</blockquote>' +
    '<a href="https://x.example/a">here</a><img src="cid:1"></body></html>'
  const mail = parseMail(mailOf('From: a@b.example', 'Content-Type: text/html; charset=utf-8', '', html))
  expect(mail.html).toContain('<style>')
  expect(mail.text).toMatch(
    /^Hello Ann,\n\n \* one\n \* two\n\na b\n+> old\n\nhere <https:\/\/x\.example\/a>$/,
  )
})

test('an image that the HTML shows keeps its Content-ID; a file that nothing refers to is an ordinary attachment', () => {
  const part = (id: string) => [
    '--b',
    'Content-Type: image/png',
    `Content-ID: <${id}>`,
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgo=',
  ]
  const mail = parseMail(
    mailOf(
      'From: a@b.example',
      'Content-Type: multipart/related; boundary=b',
      '',
      '--b',
      'Content-Type: text/html',
      '',
      '<img src="cid:logo@x">',
      ...part('logo@x'),
      ...part('other@x'),
      '--b--',
    ),
  )
  expect(mail.attachments.map(file => file.contentId)).toEqual(['logo@x', null])
})

test('format=flowed paragraphs are joined, quotations and the signature line kept', () => {
  const mail = parseMail(
    mailOf(
      'From: a@b.example',
      'Content-Type: text/plain; format=flowed',
      '',
      'one ',
      'two',
      '> old ',
      '> text',
      '-- ',
      'Ann',
    ),
  )
  expect(mail.text).toBe('one two\n> old text\n-- \nAnn')
})

// What follows is bounded by construction: the limits are counted, not the milliseconds.

test('a mail of ten thousand parts: the first are read, the rest named', () => {
  const parts = Array.from(
    { length: 10_000 },
    (_, i) => `--b\r\nContent-Disposition: attachment; filename=f${i}\r\n\r\nx\r\n`,
  ).join('')
  const mail = parseMail(
    Buffer.from(`From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--`),
  )
  expect(mail.attachments.length).toBe(LIMITS.attachments)
  expect(mail.problems).toEqual(expect.arrayContaining(['too-many-parts', 'too-many-attachments']))
})

test.for(['multipart/mixed', 'message/rfc822'])(
  'a thousand levels of %s: cut off at the bound, and said',
  type => {
    let raw = 'From: a@b.example\r\nSubject: deep\r\n'
    for (let i = 0; i < 1000; i++) {
      raw +=
        type === 'message/rfc822'
          ? 'Content-Type: message/rfc822\r\n\r\n'
          : `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`
    }
    const mail = parseMail(Buffer.from(`${raw}\r\nthe bottom`))
    expect(mail.subject).toBe('deep')
    expect(mail.problems).toContain('too-deep')
    expect(mail.attachments.length).toBeLessThanOrEqual(1)
  },
)

test('a header of ten megabytes, ten thousand fields, and ten thousand recipients', () => {
  const huge = parseMail(
    Buffer.from(`From: a@b.example\r\nSubject: ok\r\nX-Huge: ${'x '.repeat(5_000_000)}\r\n\r\ntext`),
  )
  expect([huge.subject, huge.text, huge.problems]).toEqual(['ok', 'text', ['headers-too-long']])
  const many = parseMail(
    Buffer.from(`Subject: ok\r\n${'X-A: 1\r\n'.repeat(10_000)}From: a@b.example\r\n\r\ntext`),
  )
  expect(many.problems).toContain('headers-too-long')
  const to = Array.from({ length: 10_000 }, (_, i) => `u${i}@b.example`).join(',\r\n ')
  expect(parseMail(Buffer.from(`From: a@b.example\r\nTo: ${to}\r\n\r\nx`)).to.length).toBe(LIMITS.addresses)
  const references = Array.from({ length: 1000 }, (_, i) => `<${i}@b>`).join(' ')
  const ids = parseMail(Buffer.from(`References: ${references}\r\n\r\nx`)).references
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([LIMITS.references, '0@b', '999@b'])
})

test.for([
  ['unclosed tags', '<div><b><a>'.repeat(30_000)],
  ['tags that close nothing', `${'<a>'.repeat(30_000)}${'</b>'.repeat(30_000)}`],
  ['an endless comment', `<!--${'<'.repeat(100_000)}`],
  ['entities', '&amp;'.repeat(60_000)],
  ['attributes', `<p ${'a=1 '.repeat(60_000)}>text</p>`],
] as const)('HTML of %s is read to the end', ([, html]) => {
  const mail = parseMail(mailOf('From: a@b.example', 'Content-Type: text/html', '', html, '<p>done</p>'))
  expect(mail.html).toContain('done')
  expect(mail.problems.filter(kind => kind !== 'no-text')).toEqual([])
})

test.for([
  ['charset labels', Array.from({ length: 2000 }, (_, i) => `=?x-${i}?B?QQ==?=`).join(' ')],
  ['unclosed words', '=?utf-8?Q?'.repeat(5000)],
  ['parentheses', `${'('.repeat(30_000)}<a@b.example>`],
  ['quotes', '"'.repeat(30_001)],
  ['groups', 'a:'.repeat(10_000)],
  ['angle brackets', '<'.repeat(30_000)],
] as const)('a header of %s is read to the end', ([, value]) => {
  const mail = parseMail(
    mailOf(
      `From: ${value}`,
      `Subject: ${value}`,
      `Content-Type: text/plain; name=${value}`,
      `References: ${value}`,
      '',
      'text',
    ),
  )
  expect(mail.text + mail.attachments.map(file => Buffer.from(file.bytes).toString()).join('')).toContain(
    'text',
  )
})

test('lines that all look like boundaries are looked at a bounded number of times', () => {
  const raw = Buffer.concat([
    Buffer.from('From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n'),
    Buffer.alloc(3_000_000, '--\n'),
  ])
  expect(parseMail(raw).problems).toContain('too-many-parts')
})

test('what a row cannot hold never leaves the parser: NUL, half characters, other control characters', () => {
  const mail = parseMail(
    Buffer.from(
      'From: "A\0b" <a@b.example>\r\nSubject: x\0y\x07z\r\nContent-Type: text/plain; charset=utf-7\r\n\r\na\0b +2AA- \x1b[31m',
    ),
  )
  expect(JSON.stringify([mail.subject, mail.from, mail.text])).not.toMatch(/\\u00|\\ud8/)
  expect(mail.text.isWellFormed()).toBe(true)
})

/** A generator of numbers from a seed (mulberry32), so that a failing run can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

function damaged(raw: Buffer, next: (below: number) => number): Buffer {
  const out = Buffer.from(raw)
  for (let i = next(8); i >= 0 && out.length > 0; i--) out[next(out.length)] = next(256)
  const from = next(out.length + 1)
  const to = Math.min(out.length, from + next(200))
  switch (next(4)) {
    case 0:
      return out.subarray(0, from)
    case 1:
      return Buffer.concat([out.subarray(0, from), out.subarray(to)])
    case 2:
      return Buffer.concat([out.subarray(0, to), out.subarray(from)])
    default:
      return out
  }
}

test('ten thousand damaged copies of the collection: each is read, and none by the last resort', {
  timeout: 120_000,
}, () => {
  const raws = fixtureNames().map(fixture)
  for (let seed = 1; seed <= 10_000; seed++) {
    const next = numbers(seed)
    const mail = parseMail(damaged(raws[next(raws.length)]!, next))
    expect(mail.problems, `seed ${seed}`).not.toContain('unreadable')
    expect(mail.text !== '' || mail.problems.includes('no-text'), `seed ${seed}`).toBe(true)
    expect(mail.text.isWellFormed() && !mail.text.includes('\0'), `seed ${seed}`).toBe(true)
  }
})
