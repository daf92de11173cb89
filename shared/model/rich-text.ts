import { z } from 'zod'

/**
 * Words with formatting, as data. Not HTML: there is nothing in it that could run, load or be hidden, whoever wrote it, and each
 * side draws it in its own way. What a schema does not name does not exist.
 */
export const Mark = z.enum(['bold', 'italic', 'underline', 'strike', 'code'])
export type Mark = z.infer<typeof Mark>

/** Only what a click may open. */
export const LINK = /^(?:https?:\/\/|mailto:|tel:)[^\s<>"\p{Cc}]+$/iu

/** A picture that stands in the words: a file of the same message or draft, found by its Content-ID, and how large it is shown. CSS pixels. */
export const Picture = z.object({
  contentId: z
    .string()
    .max(200)
    .regex(/^[\w.-]+@[\w.-]+$/),
  width: z.int().min(1).max(2000),
  height: z.int().min(1).max(20_000),
})
export type Picture = z.infer<typeof Picture>

export const Span = z.object({
  /** Of a picture: its words in brackets, which is all that whoever does not know of pictures has of it (rules/pictures.ts). */
  text: z.string().min(1).max(1_000_000),
  marks: z.array(Mark).max(5).optional(),
  link: z.string().max(2000).regex(LINK).optional(),
  picture: Picture.optional(),
})
export type Span = z.infer<typeof Span>

/** A paragraph is a line, as in a plain field: an empty one is an empty line. A line break inside is `\n`. */
const Paragraph = z.object({ kind: z.literal('paragraph'), spans: z.array(Span).max(2000) })
const Code = z.object({ kind: z.literal('code'), text: z.string().max(1_000_000) })

export type Block =
  | z.infer<typeof Paragraph>
  | z.infer<typeof Code>
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; ordered: boolean; items: Block[][] }

/** Lists and quotes within one another. Bounded here, so that nothing that walks through can run out of stack. */
export const DEPTH = 4

function blocksTo(depth: number): z.ZodType<Block[]> {
  if (depth === 0) return z.array(z.discriminatedUnion('kind', [Paragraph, Code])).max(5000)
  const inner = blocksTo(depth - 1)
  return z
    .array(
      z.discriminatedUnion('kind', [
        Paragraph,
        Code,
        z.object({ kind: z.literal('quote'), blocks: inner }),
        z.object({ kind: z.literal('list'), ordered: z.boolean(), items: z.array(inner).max(1000) }),
      ]),
    )
    .max(5000)
}

export const RichText = blocksTo(DEPTH)
export type RichText = Block[]
