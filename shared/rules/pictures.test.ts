import { expect, it } from 'vitest'
import { RichText } from '../model/rich-text.ts'
import { filesBeside, pictureSpan, picturesIn, wordsOfPicture } from './pictures.ts'
import { isPlain, plainOf, trimmed } from './rich-text.ts'

const shot = { contentId: 'one@picture', width: 320, height: 180 }
const file = (contentId: string | null, type = 'image/png') => ({
  ...{ sha256: 'a'.repeat(64), name: 'shot.png', size: 9, type, contentId },
})

it('a picture is its words in brackets to whoever reads plain text, and to a desk that knows no pictures', () => {
  const rich: RichText = [
    { kind: 'paragraph', spans: [{ text: 'Press ' }, pictureSpan('the red\n button', shot)] },
    { kind: 'quote', blocks: [{ kind: 'paragraph', spans: [pictureSpan('', shot)] }] },
  ]
  expect(RichText.parse(rich)).toEqual(rich)
  expect(plainOf(rich)).toBe('Press [the red button]\n> []')
  const older = rich.map(block =>
    block.kind === 'paragraph' ? { ...block, spans: block.spans.map(bare) } : block,
  )
  expect(plainOf(older)).toBe(plainOf(rich))
  expect(wordsOfPicture(pictureSpan('the red button', shot))).toBe('the red button')
})

const bare = ({ text }: { text: string }) => ({ text })

it('words that are nothing but a picture are neither plain nor empty', () => {
  const only: RichText = [{ kind: 'paragraph', spans: [pictureSpan('x.png', shot)] }]
  expect(isPlain(only)).toBe(false)
  expect(trimmed([{ kind: 'paragraph', spans: [] }, ...only])).toEqual(only)
})

it('what stands in braces in the name of a file is no hole to be filled', () => {
  expect(pictureSpan('{{customer.name}}.png', shot).text).toBe('[customer.name.png]')
})

it('a Content-ID is one word of an address, and nothing that ends an attribute or begins a header', () => {
  for (const contentId of ['a"b@c', 'a b@c', 'a@b\r\nX: y', '<a@b>', 'a'])
    expect(
      RichText.safeParse([{ kind: 'paragraph', spans: [{ text: '[x]', picture: { ...shot, contentId } }] }])
        .success,
      contentId,
    ).toBe(false)
})

it('a file that no picture shows is a file like any other: its picture was taken out, or is of a kind that is not shown', () => {
  const rich: RichText = [
    {
      kind: 'list',
      ordered: false,
      items: [[{ kind: 'paragraph', spans: [pictureSpan('x', shot)] }]],
    },
  ]
  expect([...picturesIn(rich)]).toEqual(['one@picture'])
  const files = [file('one@picture'), file('other@picture'), file(null)]
  expect(filesBeside(files, rich).map(({ contentId }) => contentId)).toEqual(['one@picture', null, null])
  expect(filesBeside([file('one@picture', 'image/svg+xml')], rich)).toEqual([file(null, 'image/svg+xml')])
  expect(filesBeside(files, null).every(({ contentId }) => contentId === null)).toBe(true)
})
