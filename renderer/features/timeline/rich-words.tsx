import type { ReactNode } from 'react'
import type { Attachment, Item } from '#shared/model/item.ts'
import type { Block, Mark, RichText, Span } from '#shared/model/rich-text.ts'
import { fileOfPicture, picturesIn, wordsOfPicture } from '#shared/rules/pictures.ts'
import { opensOutside } from './mail-html.ts'
import { linked, PlainText } from './plain-text.tsx'
import { WordPicture } from './word-picture.tsx'
import './rich-words.css'

/** Beyond this, as plain words, of which the beginning is shown. Letters. */
const LONG = 6000

/** Where the pictures in the words are. */
interface Files {
  itemId: string
  files: readonly Attachment[]
}
const noFiles: Files = { itemId: '', files: [] }

/** An item's own words, with their formatting where they have some. Without `id` and `attachments` pictures are their words. */
export function ItemWords({
  item: { text, rich, id, attachments },
  className = '',
}: {
  item: Pick<Item, 'text' | 'rich'> & Partial<Pick<Item, 'id' | 'attachments'>>
  className?: string
}) {
  // Pictures are seen nowhere else.
  if (!rich || (text.length > LONG && picturesIn(rich).size === 0))
    return <PlainText text={text.trim()} className={className} />
  return (
    <div className={`rich text ${className}`} dir="auto">
      <Blocks of={rich} from={id && attachments ? { itemId: id, files: attachments } : noFiles} />
    </div>
  )
}

// biome-ignore-start lint/suspicious/noArrayIndexKey: what was sent never changes
const Blocks = ({ of, from }: { of: RichText; from: Files }): ReactNode =>
  of.map((block, index) => <BlockView key={index} block={block} from={from} />)

function BlockView({ block, from }: { block: Block; from: Files }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          {block.spans.map((span, index) => (
            <SpanView key={index} span={span} from={from} />
          ))}
        </p>
      )
    case 'code':
      return <pre>{block.text}</pre>
    case 'quote':
      return (
        <blockquote>
          <Blocks of={block.blocks} from={from} />
        </blockquote>
      )
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Blocks of={item} from={from} />
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

function SpanView({ span, from: { itemId, files } }: { span: Span; from: Files }) {
  const { text, marks = [], link, picture } = span
  const file = picture && fileOfPicture(files, picture)
  if (picture && file)
    return <WordPicture itemId={itemId} file={file} picture={picture} words={wordsOfPicture(span)} />
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
