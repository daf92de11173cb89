import { describe, expect, test } from 'vitest'
import { DEPTH, type RichText } from '#shared/model/rich-text.ts'
import { documentOf, wordsOf } from './rich-document.ts'

describe('the editor’s document', () => {
  test.each(['', 'one', '\n您好\n\n  two  spaces\n'])(
    'of plain words gives the very words back: %j',
    text => {
      expect(wordsOf(documentOf({ text, rich: null }))).toEqual({ text, rich: null })
    },
  )

  test('of rich words gives them back', () => {
    const rich: RichText = [
      {
        kind: 'paragraph',
        spans: [
          { text: 'a' },
          { text: 'b', marks: ['bold', 'code'], link: 'https://a.example' },
          { text: '\n' },
          { text: 'c' },
          { text: '[the display]', picture: { contentId: 'one@picture', width: 320, height: 180 } },
        ],
      },
      {
        kind: 'quote',
        blocks: [
          { kind: 'paragraph', spans: [] },
          { kind: 'code', text: 'x\n  y' },
        ],
      },
      {
        kind: 'list',
        ordered: true,
        items: [
          [
            { kind: 'paragraph', spans: [{ text: 'one' }] },
            { kind: 'list', ordered: false, items: [[{ kind: 'paragraph', spans: [{ text: 'in' }] }]] },
          ],
        ],
      },
    ]
    expect(wordsOf(documentOf({ text: 'not asked', rich }))).toMatchObject({ rich })
  })

  test('keeps the words of what the model has no room or no name for', () => {
    let deep: object = { type: 'paragraph', content: [{ type: 'text', text: 'deep' }] }
    for (let level = 0; level < DEPTH + 3; level++) deep = { type: 'blockquote', content: [deep] }
    const strange = {
      type: 'heading',
      content: [
        {
          type: 'text',
          text: 'title',
          marks: [{ type: 'textStyle' }, { type: 'link', attrs: { href: 'javascript:alert(1)' } }],
        },
      ],
    }
    const { text, rich } = wordsOf({ type: 'doc', content: [deep, strange] })
    expect(text).toBe(`${'> '.repeat(DEPTH)}deep\ntitle`)
    expect(rich?.[1]).toEqual({ kind: 'paragraph', spans: [{ text: 'title' }] })
  })
})
