import type { Block, RichText, Span } from '../model/rich-text.ts'

/**
 * The plain form of words with formatting: what is searched, shown in lists, read by an older desk and by mail programs without
 * HTML. A line is a line; lists have their dashes and numbers, quotes their `>`, links their address.
 */
export const plainOf = (rich: RichText): string => rich.map(plainBlock).join('\n')

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.spans.map(plainSpan).join('')
    case 'code':
      return block.text
    case 'quote':
      return indented(plainOf(block.blocks), '> ', '> ')
    case 'list':
      return block.items
        .map((item, index) => {
          const sign = block.ordered ? `${index + 1}. ` : '- '
          return indented(plainOf(item), sign, ' '.repeat(sign.length))
        })
        .join('\n')
  }
}

const plainSpan = ({ text, link }: Span): string =>
  link === undefined || saysItself(text, link) ? text : `${text} <${link}>`

/** Whether the words of a link are its address already. */
const saysItself = (text: string, link: string): boolean => {
  const bare = (address: string): string => address.replace(/^(?:https?:\/\/|mailto:|tel:)|\/$/giu, '')
  return bare(text.trim()) === bare(link)
}

const indented = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, index) => (index === 0 ? first : rest) + line)
    .map(line => line.trimEnd())
    .join('\n')

/** Whether there is nothing in it that its plain form does not say. */
export const isPlain = (rich: RichText): boolean =>
  rich.every(
    block =>
      block.kind === 'paragraph' &&
      block.spans.every(({ marks = [], link, picture }) => marks.length === 0 && !(link ?? picture)),
  )

/** Plain words as paragraphs, a line each. `plainOf` gives them back. */
export const richOf = (text: string): RichText =>
  text.split('\n').map(line => ({ kind: 'paragraph', spans: line === '' ? [] : [{ text: line }] }))

const isBlank = (block: Block): boolean =>
  block.kind === 'paragraph' && block.spans.every(({ text }) => text.trim() === '')

/** Without empty lines at its ends. */
export function trimmed(rich: RichText): RichText {
  const first = rich.findIndex(block => !isBlank(block))
  return first < 0 ? [] : rich.slice(first, rich.findLastIndex(block => !isBlank(block)) + 1)
}
