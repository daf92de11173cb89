import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { pictureSpan } from '#shared/rules/pictures.ts'
import { plainOf } from '#shared/rules/rich-text.ts'
import type { Outgoing } from '../channel.ts'
import { composeMail, type LoadedAttachment } from './compose.ts'
import { headerValue } from './mime/headers.ts'
import { parseMail } from './parse.ts'
import { splitQuoted } from './quoted.ts'
import { account } from './testing.ts'

const ITEM = '01890a5d-ac96-774b-bcce-b302099a8057'
const support = account('support@skein.example', { signature: 'Skein Shop\n一线客服' })

function reply(over: Partial<Outgoing> = {}): Outgoing {
  return {
    itemId: ITEM,
    writtenAt: Date.UTC(2026, 0, 5, 10, 2),
    authorName: 'Mia 米娅',
    to: [{ name: 'Ann, Ltd.', address: 'ann@customer.example' }],
    cc: [{ name: '', address: 'ben@customer.example' }],
    bcc: [{ name: '', address: 'secret@customer.example' }],
    attempt: ['ann@customer.example'],
    subject: '关于订单 7',
    text: 'Dear Ann,\nit is on its way.\n\n您好',
    inReplyTo: 'q2@customer.example',
    references: ['q1@customer.example', 'a1@skein.example'],
    attachments: [],
    quoted: null,
    automatic: false,
    ...over,
  }
}

async function compose(over: Partial<Outgoing> = {}, files: LoadedAttachment[] = []) {
  const { bytes, messageId } = await composeMail(reply(over), support, files)
  return { mail: parseMail(bytes), raw: bytes.toString('latin1'), messageId }
}

test('a reply names its item, what it answers and what came before', async () => {
  const { mail, messageId } = await compose()
  expect(messageId).toBe(`${ITEM}@skein.example`)
  expect(mail).toMatchObject({
    messageId,
    inReplyTo: 'q2@customer.example',
    references: ['q1@customer.example', 'a1@skein.example', 'q2@customer.example'],
    subject: 'Re: 关于订单 7',
    from: { name: 'Mia 米娅', address: 'support@skein.example' },
    to: [{ name: 'Ann, Ltd.', address: 'ann@customer.example' }],
    cc: [{ name: '', address: 'ben@customer.example' }],
    date: Date.UTC(2026, 0, 5, 10, 2),
    problems: [],
  })
  expect(mail.text).toBe('Dear Ann,\nit is on its way.\n\n您好\n\n-- \nSkein Shop\n一线客服')
})

test('the same item gives the same Message-ID and Date at each attempt', async () => {
  const [one, two] = [await compose(), await compose()]
  expect([two.mail.messageId, two.mail.date]).toEqual([one.mail.messageId, one.mail.date])
})

test('blind copies stand in no header', async () => {
  expect((await compose()).raw).not.toContain('secret@')
})

test('Re: stands once; a first mail has none and answers nothing', async () => {
  expect((await compose({ subject: 'RE: 回复：Re: Order' })).mail.subject).toBe('Re: Order')
  const first = (await compose({ subject: 'Your order', inReplyTo: null, references: ['x@y'] })).mail
  expect([first.subject, first.inReplyTo, first.references]).toEqual(['Your order', '', []])
})

test('References keep the first and the newest', async () => {
  const references = Array.from({ length: 100 }, (_, i) => `${i}@customer.example`)
  const kept = (await compose({ references })).mail.references
  expect([kept.length, kept[0], kept[1], kept.at(-1)]).toEqual([
    20,
    '0@customer.example',
    '82@customer.example',
    'q2@customer.example',
  ])
})

test.for(['Where is it?\n> older', '到哪里了？\n\n> 更早'])(
  'the answered message stands quoted below, and is folded again by us: %j',
  async text => {
    const quoted = {
      from: { name: 'Ann', address: 'ann@customer.example' },
      at: Date.UTC(2026, 0, 4, 9, 30),
      text,
    }
    const { mail } = await compose({ quoted })
    const split = splitQuoted(mail.text)
    expect(split.own).toBe('Dear Ann,\nit is on its way.\n\n您好\n\n-- \nSkein Shop\n一线客服')
    expect(split.quoted).toContain('2026-01-04 09:30 (UTC)')
    expect(split.quoted).toContain('\n>> ')
  },
)

test('a file without words is well formed: an empty text, and the file', async () => {
  const photo = { name: '车架.png', type: 'image/png', contentId: null, bytes: Buffer.from('picture') }
  const { bytes } = await composeMail(reply({ text: '' }), account('support@skein.example'), [photo])
  expect(bytes.toString('latin1')).toContain('Content-Type: text/plain')
  const mail = parseMail(bytes)
  expect(mail).toMatchObject({ text: '', html: null, problems: ['no-text'] })
  expect(mail.attachments).toMatchObject([{ name: '车架.png', type: 'image/png', size: 7 }])
})

test('rich words are a plain part and an HTML part of the same, and what is typed stays text in both', async () => {
  const { mail, raw } = await compose({
    text: '- one\n<i>two</i>',
    rich: [
      {
        kind: 'list',
        ordered: true,
        items: [[{ kind: 'paragraph', spans: [{ text: 'one', marks: ['code'] }] }]],
      },
      { kind: 'code', text: '</pre><script>x</script>' },
      { kind: 'paragraph', spans: [] },
      { kind: 'paragraph', spans: [{ text: ' a  b\nc', link: 'https://a.example/?x="' }] },
    ],
  })
  expect(raw).toContain('Content-Type: multipart/alternative')
  expect(mail.text).toContain('- one\n<i>two</i>\n\n-- \nSkein Shop')
  expect(mail.html).toContain('<div><br></div>')
  expect(mail.html).toContain('&lt;/pre&gt;&lt;script&gt;x')
  // The schema lets no such address in; the HTML does not trust that.
  expect(mail.html).toContain('<div>\u00a0a\u00a0 b<br>\nc</div>')
  expect(mail.html).not.toMatch(/<script|<a /)
})

const shot = { contentId: 'one@picture', width: 320, height: 180 }
const picture = (contentId: string | null, type = 'image/png'): LoadedAttachment => ({
  ...{ name: 'display.png', type, contentId, bytes: Buffer.from('picture') },
})
const withPicture: NonNullable<Outgoing['rich']> = [
  {
    kind: 'list',
    ordered: false,
    items: [
      [
        {
          kind: 'paragraph',
          spans: [{ text: 'Press ' }, pictureSpan('the "red" button', shot), { text: ' twice' }],
        },
      ],
    ],
  },
]

test('a picture in the words is a related part that the HTML shows at its size; its words are in the plain part', async () => {
  const { bytes } = await composeMail(reply({ text: plainOf(withPicture), rich: withPicture }), support, [
    picture('one@picture'),
    picture(null),
  ])
  const raw = bytes.toString('latin1')
  expect(raw).toMatch(/multipart\/mixed[\s\S]+multipart\/alternative[\s\S]+multipart\/related/)
  expect(raw).toMatch(/^content-id: <one@picture>/im)
  // Two readers: ours, and one that is made by others.
  const mail = parseMail(bytes)
  const theirs = await PostalMime.parse(bytes)
  const image =
    '<img src="cid:one@picture" alt="the &quot;red&quot; button" width="320" height="180" style="max-width:100%;height:auto">'
  expect(mail.text).toContain('- Press [the "red" button] twice')
  expect(mail.html).toContain(`Press ${image}\u00a0twice`)
  expect(theirs.html).toContain(`Press ${image}\u00a0twice`)
  expect(mail.attachments.map(({ contentId }) => contentId)).toEqual(['one@picture', null])
  expect(
    theirs.attachments.map(({ contentId, disposition, related }) => [contentId, disposition, related]),
  ).toEqual([
    ['<one@picture>', 'inline', true],
    [undefined, 'attachment', undefined],
  ])
})

test('a picture whose file is not there, or is of a kind that is not shown, is its words', async () => {
  for (const files of [[], [picture('one@picture', 'image/svg+xml')]]) {
    const { mail } = await compose({ rich: withPicture }, files)
    expect(mail.html).toContain('Press [the &quot;red&quot; button]\u00a0twice')
    expect(mail.html).not.toContain('<img')
  }
})

test('a mail of ours that is forwarded keeps the pictures in its words', async () => {
  const forwarded = {
    ...{ head: 'From: Mia', text: 'Press [the "red" button] twice', html: null, rich: withPicture },
    inline: [],
  }
  const { mail } = await compose({ text: '', forwarded }, [picture('one@picture')])
  expect(mail.html).toMatch(/From: Mia[\s\S]+<img src="cid:one@picture"/)
  expect(mail.attachments.map(({ contentId }) => contentId)).toEqual(['one@picture'])
})

test('what is forwarded stands below the signature as it was, unmarked', async () => {
  const { mail } = await compose({
    inReplyTo: null,
    subject: '转发：订单',
    text: '',
    forwarded: { head: 'From: Ann', text: 'Where is it?', html: null, inline: [] },
  })
  expect(mail.subject).toBe('转发：订单')
  expect(mail.text).toBe('-- \nSkein Shop\n一线客服\n\nFrom: Ann\n\nWhere is it?')
})

test('attachments arrive byte by byte with their names', async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 46, 13, 10, 200])
  const { mail } = await compose({}, [
    { name: '合同 2026.pdf', type: 'application/pdf', contentId: null, bytes },
  ])
  expect(mail.attachments.map(file => [file.name, file.type, Buffer.from(file.bytes)])).toEqual([
    ['合同 2026.pdf', 'application/pdf', bytes],
  ])
})

test('RFC 3834: what a machine wrote says so; what a person wrote does not', async () => {
  expect(headerValue((await compose({ automatic: true })).mail.headers, 'auto-submitted')).toBe(
    'auto-replied',
  )
  expect(
    headerValue((await compose({ automatic: true, inReplyTo: null })).mail.headers, 'auto-submitted'),
  ).toBe('auto-generated')
  expect(headerValue((await compose()).mail.headers, 'auto-submitted')).toBeNull()
})

test('nothing typed anywhere begins a header of its own', async () => {
  const evil = 'x\r\nBcc: victim@elsewhere.example\r\n\r\nbody\u2028Bcc: v2@elsewhere.example'
  const { mail } = await compose(
    {
      itemId: evil,
      authorName: evil,
      subject: evil,
      inReplyTo: evil,
      references: [evil, 'ok@b.example'],
      to: [
        { name: evil, address: 'ann@customer.example' },
        { name: '', address: `a@b.example>\r\nBcc: <victim@elsewhere.example` },
        { name: '', address: 'a@b.example, victim@elsewhere.example' },
      ],
      cc: [{ name: evil, address: evil }],
    },
    [
      {
        name: evil,
        type: `text/plain\r\nBcc: victim@elsewhere.example`,
        contentId: evil,
        bytes: Buffer.from('x'),
      },
    ],
  )
  expect(mail.headers.map(header => header.name)).not.toContain('bcc')
  expect(mail.to.map(one => one.address)).toEqual(['ann@customer.example'])
  expect(mail.cc).toEqual([])
  expect(mail.references).toEqual(['ok@b.example'])
  expect(mail.text).toMatch(/^Dear Ann/)
  expect(mail.attachments.map(file => file.type)).toEqual(['application/octet-stream'])
})
