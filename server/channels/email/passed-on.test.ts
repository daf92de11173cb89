import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMail } from './parse.ts'
import { passedOnHtml } from './passed-on.ts'
import { fixture, fixtureNames } from './testing.ts'
import { htmlBudget, htmlToText } from './text.ts'

/** Of all that can come out: text without brackets, tags whose attributes are quoted, style sheets without brackets. */
const GRAMMAR = /^(?:[^<>]|<[a-z][a-z0-9]*(?: [a-z]+="[^"<>]*")*>|<\/[a-z][a-z0-9]*>|<style>[^<]*<\/style>)*$/
const inside = (html: string): string => {
  const out = passedOnHtml(html)
  const inner = /^<div class="skein-passed-on"[^>]*>(.*)<\/div>$/s.exec(out)?.[1]
  expect(inner, out).toBeDefined()
  return inner!
}

describe('the layout stays', () => {
  test('tables, colours, fonts, links, pictures near and far', () => {
    const layout =
      '<table width="600" cellpadding="0" bgcolor="#fff" style="border:1px solid #ccc"><tr><td align="center">' +
      '<font face="Arial" color="red">您好&nbsp;&amp; welcome</font><a href="https://shop.example/?a=1&amp;b=2">Buy</a>' +
      '<img src="cid:logo@shop.example" alt="Logo" width="40"><img src="https://shop.example/pixel.png"></td></tr></table>'
    expect(inside(layout)).toBe(layout)
  })

  test('style sheets count for it alone, also those for small screens and of Word', () => {
    const sheet = `<style><!-- @import url(x.css); @charset "a"; p.MsoNormal, li.MsoNormal {margin:0cm; font-family:"\\5FAE\\8F6F"}
      body{color:#333} @media (max-width:600px){ .wide > td{width:100%!important} } @font-face{src:url(x)} --></style>`
    expect(inside(sheet)).toBe(
      '<style>.skein-passed-on p.MsoNormal,.skein-passed-on li.MsoNormal{margin:0cm; font-family:"\\5FAE\\8F6F"}' +
        '.skein-passed-on{color:#333}@media (max-width:600px){.skein-passed-on .wide > td{width:100%!important}}</style>',
    )
  })

  test('the ground of the page goes along, its frame does not', () => {
    expect(
      passedOnHtml(
        '<!doctype html><html><head><title>T</title><meta charset=gbk></head><body bgcolor=#eee dir=rtl>x</body></html>',
      ),
    ).toBe('<div class="skein-passed-on" style="background-color:#eee" dir="rtl">x</div>')
  })

  test('signs that only look like tags stay text', () => {
    expect(inside('1 < 2 <3 <!--[if mso]><b>no</b><![endif]--><![if !mso]>a<![endif]> & b')).toBe(
      '1 &lt; 2 &lt;3 a & b',
    )
  })
})

test.for([
  ['<script>alert(1)</script>a', 'a'],
  ['<scr<script>ipt>alert(1)</script>a', 'ipt&gt;alert(1)a'],
  ['<img src=x onerror=alert(1)>', '<img>'],
  [
    '<img src="https://a.example/x.png" srcset="https://b.example/y.png 2x" onload=a>',
    '<img src="https://a.example/x.png">',
  ],
  ['<a href="java&#115;cript:alert(1)">a</a>', '<a>a</a>'],
  ['<a href=" java\nscript:alert(1)">a</a>', '<a>a</a>'],
  ['<a href="javascript&colon;alert(1)">a</a>', '<a>a</a>'],
  ['<a href="https:&#x2F;&#x2F;a.example">a</a>', '<a href="https:&#x2F;&#x2F;a.example">a</a>'],
  ['<img src="data:image/svg+xml;base64,PHN2Zz4=">', '<img>'],
  ['<svg><style><img src=x onerror=alert(1)></style></svg>', ''],
  [
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>">',
    '<table><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  ],
  ['<form action="https://evil.example"><input name=q><button>Go</button></form>', 'Go'],
  [
    '<iframe src="https://evil.example"></iframe><object data=x></object><base href="https://evil.example">',
    '',
  ],
  ['<p style="width:expr/**/ession(alert(1))">a</p>', '<p>a</p>'],
  ['<p style="behavior:url(x.htc)">a</p>', '<p>a</p>'],
  ['<p style="color:&#x72;ed">a</p>', '<p style="color:&#x72;ed">a</p>'],
  ['<p title="a" title="b" onclick=\'x\' TITLE=c>a</P>', '<p title="a">a</p>'],
  ['<b title="x', ''],
  ['<p constructor=x toString=y __proto__=z>a</p>', '<p>a</p>'],
  ['<style>p{} </style x><i>a</i>', '<style>.skein-passed-on p{}</style><i>a</i>'],
])('%j leaves as %j', ([html, safe]) => {
  expect(inside(html!)).toBe(safe)
})

const pieces = fc.constantFrom(
  ...[
    '<',
    '>',
    '"',
    "'",
    '/',
    '=',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&#60;',
    '&lt;',
    '\0',
    ' ',
    '\n',
    '`',
    '{',
    '}',
    ';',
    '@media x',
    '\\3c ',
  ],
  ...[
    '<script',
    '</script>',
    '<style>',
    '</style>',
    '<svg>',
    '<math>',
    '<img src=x onerror=y',
    '<a href=',
    'javascript:',
    'x',
    '<body ',
    'style=',
  ],
)

test('whatever comes in, what goes out is tags and attributes of the lists, quoted', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 40 }), parts => {
      const out = inside(parts.join(''))
      expect(out).toMatch(GRAMMAR)
      expect(out).not.toMatch(/<[a-z]+[^>]* on[a-z]+=|<(?:script|svg|math|iframe|form|input|base|meta|link)/i)
    }),
    { numRuns: 3000 },
  )
})

test('so it is with every HTML mail of the fixtures, and none loses its words', () => {
  const mails = fixtureNames().map(name => [name, parseMail(fixture(name)).html] as const)
  const told = mails.filter(([, html]) => html !== null)
  expect(told.length).toBeGreaterThan(20)
  // Of several pages one below the other the other reader takes the first.
  const words = (of: string): string =>
    htmlToText(of.replace(/<\/?(?:html|body|head)\b[^>]*>/gi, ''), htmlBudget()).replace(/<[^<>]*>|\s+/g, '')
  for (const [name, html] of told) {
    expect(GRAMMAR.test(inside(html!)), name).toBe(true)
    if (!/<(?:script|svg|math|form|noscript|plaintext)|<!\[/i.test(html!))
      expect(words(inside(html!)), name).toBe(words(html!))
  }
})

test.for([
  '<a ',
  '<a x="',
  '<!--',
  '<style>',
  '<style>{',
  'a{}',
  '/*',
  '<p style="/*',
  '&#',
  '</',
  '<b>',
  "<b title='",
])('a megabyte of %j is no more work than its length', piece => {
  expect(passedOnHtml(piece.repeat(1_000_000 / piece.length)).length).toBeLessThan(12_000_000)
})
