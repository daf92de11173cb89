/** How the JSON of another system becomes a card, without code: which place holds what. Paths are those of rules/json-path.ts. */
import { z } from 'zod'
import { parsePath } from '../rules/json-path.ts'
import { LONGEST, MOST } from './card.ts'

const Path = z
  .string()
  .trim()
  .max(200)
  .refine(text => parsePath(text) !== null, 'not a path')

export const MappedKind = z.enum(['text', 'number', 'money', 'date', 'status', 'link'])
export type MappedKind = z.infer<typeof MappedKind>

export const MappedLine = z.object({
  label: z.string().trim().min(1).max(LONGEST.label),
  path: Path,
  kind: MappedKind,
})
export type MappedLine = z.infer<typeof MappedLine>

const Words = z.array(z.string().trim().min(1).max(60)).max(30)

export const CardMapping = z.object({
  /** Where the list is; empty: the answer is the list, or the one matter. What follows is read in an entry of it. */
  list: Path,
  title: Path,
  /** Empty: none; a path to an https address; or an address with paths in it, `https://shop.example/orders/{id}`. */
  link: z.string().trim().max(500),
  status: Path,
  /** Words of the status that mean something; all others are plain. */
  tones: z.object({ ok: Words, warn: Words, bad: Words }),
  date: Path,
  amount: Path,
  /** ISO 4217, or a path to it. */
  currency: z.string().trim().max(200),
  /** Amounts are whole cents. */
  minor: z.boolean(),
  lines: z.array(MappedLine).max(MOST.lines),
  /** The lines of an order, and what is read in each. Empty: none. */
  items: Path,
  itemText: Path,
  itemQuantity: Path,
  itemAmount: Path,
  /** About the customer as a whole, read in the answer itself. */
  summary: z.array(MappedLine).max(MOST.lines),
  newestFirst: z.boolean(),
  most: z.int().min(1).max(MOST.groups),
})
export type CardMapping = z.infer<typeof CardMapping>

export const noMapping: CardMapping = {
  list: '',
  title: '',
  link: '',
  status: '',
  tones: { ok: [], warn: [], bad: [] },
  date: '',
  amount: '',
  currency: '',
  minor: false,
  lines: [],
  items: '',
  itemText: '',
  itemQuantity: '',
  itemAmount: '',
  summary: [],
  newestFirst: true,
  most: 5,
}
