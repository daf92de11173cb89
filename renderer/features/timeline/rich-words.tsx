import type { ReactNode } from 'react'
import type { Item } from '#shared/model/item.ts'
import type { Block, Mark, RichText, Span } from '#shared/model/rich-text.ts'
import { opensOutside } from './mail-html.ts'
import { linked, PlainText } from './plain-text.tsx'
import './rich-words.css'

/** Beyond this, as plain words, of which the beginning is shown. Letters. */
const LONG = 6000

/** An item's own words, with their formatting where they have some. */
export function ItemWords({
  item: { text, rich },
  className = '',
}: {
  item: Pick<Item, 'text' | 'rich'>
  className?: string
}) {
  if (!rich || text.length > LONG) return <PlainText text={text.trim()} className={className} />
  return (
    <div className={`rich text ${className}`} dir="auto">
      <Blocks of={rich} />
    </div>
  )
}

// biome-ignore-start lint/suspicious/noArrayIndexKey: what was sent never changes
const Blocks = ({ of }: { of: RichText }): ReactNode =>
  of.map((block, index) => <BlockView key={index} block={block} />)

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          {block.spans.map((span, index) => (
            <SpanView key={index} span={span} />
          ))}
        </p>
      )
    case 'code':
      return <pre>{block.text}</pre>
    case 'quote':
      return (
        <blockquote>
          <Blocks of={block.blocks} />
        </blockquote>
      )
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Blocks of={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
  }
}
// biome-ignore-end lint/suspicious/noArrayIndexKey: what was sent never changes

const tags = { bold: 'b', italic: 'i', underline: 'u', strike: 's', code: 'code' } as const satisfies Record<
  Mark,
  string
>

function SpanView({ span: { text, marks = [], link } }: { span: Span }) {
  let marked: ReactNode = link ? text : linked(text)
  for (const mark of marks) {
    const Tag = tags[mark]
    marked = <Tag>{marked}</Tag>
  }
  // Only what may leave the desk is a link (security baseline); the words of another stay words.
  if (!link || !opensOutside(link)) return marked
  return (
    <a href={link} target="_blank" rel="noopener noreferrer" title={link}>
      {marked}
    </a>
  )
}
