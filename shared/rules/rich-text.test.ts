import { describe, expect, it } from 'vitest'
import { DEPTH, type RichText as Rich, RichText } from '../model/rich-text.ts'
import { isPlain, plainOf, richOf, trimmed } from './rich-text.ts'

const line = (text: string): Rich[number] => ({ kind: 'paragraph', spans: text ? [{ text }] : [] })

describe('the plain form of rich text', () => {
  it('reads well: dashes, numbers, marks of quotation, addresses of links', () => {
    const rich: Rich = [
      { kind: 'paragraph', spans: [{ text: 'Dear ' }, { text: 'Amara', marks: ['bold'] }] },
      line(''),
      {
        kind: 'list',
        ordered: false,
        items: [
          [line('pack'), { kind: 'list', ordered: true, items: [[line('one')], [line('two')]] }],
          [line('label')],
        ],
      },
      { kind: 'quote', blocks: [line('Until Friday?'), line('')] },
      { kind: 'code', text: 'PB-48\n  22-0917' },
      {
        kind: 'paragraph',
        spans: [
          { text: '步骤', link: 'https://veloform.com/warranty' },
          { text: ', ' },
          { text: 'veloform.com', link: 'https://veloform.com/' },
          { text: ', ' },
          { text: 'a@b.example', link: 'mailto:a@b.example' },
        ],
      },
    ]
    expect(RichText.parse(rich)).toEqual(rich)
    expect(plainOf(rich)).toBe(
      [
        'Dear Amara',
        '',
        '- pack',
        '  1. one',
        '  2. two',
        '- label',
        '> Until Friday?',
        '>',
        'PB-48',
        '  22-0917',
        '步骤 <https://veloform.com/warranty>, veloform.com, a@b.example',
      ].join('\n'),
    )
  })

  it('of plain words is the words', () => {
    const text = '\n您好\n\n  two spaces\n'
    expect(plainOf(richOf(text))).toBe(text)
    expect(isPlain(richOf(text))).toBe(true)
    expect(plainOf(trimmed(richOf(text)))).toBe('您好\n\n  two spaces')
    expect(trimmed(richOf('\n \n'))).toEqual([])
  })

  it('says when it loses something', () => {
    expect(isPlain([{ kind: 'paragraph', spans: [{ text: 'a', marks: ['italic'] }] }])).toBe(false)
    expect(isPlain([{ kind: 'quote', blocks: [] }])).toBe(false)
  })
})

describe('rich text from elsewhere', () => {
  it('has no addresses that run or read something', () => {
    const linked = (link: string) => [{ kind: 'paragraph', spans: [{ text: 'x', link }] }]
    for (const link of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://a b',
      'https://a"b',
      '//a',
    ])
      expect(RichText.safeParse(linked(link)).success).toBe(false)
    expect(RichText.safeParse(linked('https://veloform.com/?q=电池')).success).toBe(true)
  })

  it('is nothing but what it names, and no deeper than agreed', () => {
    expect(RichText.parse([{ kind: 'paragraph', spans: [{ text: 'x', style: 'y' }], html: '<b>' }])).toEqual([
      line('x'),
    ])
    expect(RichText.safeParse([{ kind: 'html', text: '<script>' }]).success).toBe(false)
    const nested = (depth: number): unknown[] =>
      depth === 0 ? [line('x')] : [{ kind: 'quote', blocks: nested(depth - 1) }]
    expect(RichText.safeParse(nested(DEPTH)).success).toBe(true)
    expect(RichText.safeParse(nested(DEPTH + 1)).success).toBe(false)
    expect(RichText.safeParse(nested(5_000)).success).toBe(false)
  })
})
