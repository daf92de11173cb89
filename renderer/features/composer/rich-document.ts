import type { JSONContent } from '@tiptap/react'
import { type Block, DEPTH, LINK, Mark, RichText, type Span } from '#shared/model/rich-text.ts'
import { pictureSpan, wordsOfPicture } from '#shared/rules/pictures.ts'
import { isPlain, plainOf, richOf } from '#shared/rules/rich-text.ts'
import type { Content } from './use-draft.ts'

/**
 * The editor's document and our words, one made of the other. The editor's own format goes nowhere: neither into drafts nor over the
 * wire, so that another editor, or another version of this one, reads the same.
 */
export function documentOf({ text, rich }: Pick<Content, 'text' | 'rich'>): JSONContent {
  return { type: 'doc', content: nodesOf(rich ?? richOf(text)) }
}

/** Formatting that the model does not know, or has no room for, goes; the words stay. */
export function wordsOf(document: JSONContent): Pick<Content, 'text' | 'rich'> {
  const rich = blocksOf(document.content, DEPTH)
  const text = plainOf(rich)
  return { text, rich: isPlain(rich) || !RichText.safeParse(rich).success ? null : rich }
}

const blocksOf = (nodes: JSONContent[] = [], depth: number): Block[] =>
  nodes.flatMap(node => blockOf(node, depth))

function blockOf({ type, content = [] }: JSONContent, depth: number): Block[] {
  const inner = Math.max(0, depth - 1)
  if (type === 'codeBlock') return [{ kind: 'code', text: content.map(({ text }) => text ?? '').join('') }]
  if (type === 'blockquote') {
    const blocks = blocksOf(content, inner)
    return depth > 0 ? [{ kind: 'quote', blocks }] : blocks
  }
  if (type === 'bulletList' || type === 'orderedList') {
    const items = content.map(item => blocksOf(item.content, inner))
    return depth > 0 ? [{ kind: 'list', ordered: type === 'orderedList', items }] : items.flat()
  }
  return [{ kind: 'paragraph', spans: content.flatMap(spanOf) }]
}

function spanOf({ type, text, marks = [], attrs }: JSONContent): Span[] {
  if (type === 'picture' && attrs) {
    const { contentId, words, width, height } = attrs
    return [pictureSpan(words, { contentId, width, height })]
  }
  if (type === 'hardBreak') return [{ text: '\n' }]
  if (!text) return []
  const known = marks.flatMap(mark => Mark.safeParse(mark.type).data ?? [])
  const link: unknown = marks.find(mark => mark.type === 'link')?.attrs?.href
  return [
    {
      text,
      ...(known.length > 0 ? { marks: known } : {}),
      ...(typeof link === 'string' && LINK.test(link) ? { link } : {}),
    },
  ]
}

const nodesOf = (rich: RichText): JSONContent[] => (rich.length > 0 ? rich : richOf('')).map(nodeOf)

function nodeOf(block: Block): JSONContent {
  switch (block.kind) {
    case 'paragraph':
      return { type: 'paragraph', content: block.spans.flatMap(inlineOf) }
    case 'code':
      return { type: 'codeBlock', content: block.text ? [{ type: 'text', text: block.text }] : [] }
    case 'quote':
      return { type: 'blockquote', content: nodesOf(block.blocks) }
    case 'list':
      return {
        type: block.ordered ? 'orderedList' : 'bulletList',
        content: (block.items.length > 0 ? block.items : [[]]).map(item => ({
          type: 'listItem',
          // The editor wants a line at the head of each.
          content: nodesOf(item[0]?.kind === 'paragraph' ? item : [...richOf(''), ...item]),
        })),
      }
  }
}

function inlineOf(span: Span): JSONContent[] {
  const { text, marks = [], link, picture } = span
  if (picture) return [{ type: 'picture', attrs: { ...picture, words: wordsOfPicture(span) } }]
  const all = [...marks.map(type => ({ type })), ...(link ? [{ type: 'link', attrs: { href: link } }] : [])]
  return text
    .split('\n')
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line ? [{ type: 'text', text: line, marks: all }] : []),
    ])
}
