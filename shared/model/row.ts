import { z } from 'zod'
import { Agent } from './agent.ts'
import { Id } from './base.ts'
import { Channel } from './channel.ts'
import { Conversation } from './conversation.ts'
import { Customer } from './customer.ts'
import { Draft } from './draft.ts'
import { Erasure } from './erasure.ts'
import { Identity } from './identity.ts'
import { Inbox } from './inbox.ts'
import { Item } from './item.ts'
import { Macro } from './macro.ts'
import { ReadMark } from './read-mark.ts'
import { SavedView } from './saved-view.ts'
import { Segment } from './segment.ts'
import { Tag } from './tag.ts'
import { Workspace } from './workspace.ts'

/** Every noun that is synced. Its schema is the truth on desk and hub. A new noun is one file and one line here. */
export const nouns = {
  workspace: Workspace,
  agent: Agent,
  channel: Channel,
  inbox: Inbox,
  tag: Tag,
  segment: Segment,
  customer: Customer,
  identity: Identity,
  conversation: Conversation,
  item: Item,
  draft: Draft,
  readMark: ReadMark,
  erasure: Erasure,
  macro: Macro,
  savedView: SavedView,
} as const

export type RowType = keyof typeof nouns
export type Doc<T extends RowType = RowType> = z.infer<(typeof nouns)[T]>
export const rowTypes = Object.keys(nouns) as RowType[]
export const RowType = z.enum(rowTypes as [RowType, ...RowType[]])

/** Nouns that came after desks were given out: those that a desk does not name in its hello are not sent to it (S14). */
export const laterNouns: readonly RowType[] = ['macro', 'savedView']

/** Names one row. */
export interface Key<T extends RowType = RowType> {
  type: T
  id: Id
}
export const Key = z.object({ type: RowType, id: Id })

/** `type:id`, for maps and sets. */
export const keyOf = (key: Key): string => `${key.type}:${key.id}`
export const key = <T extends RowType>(type: T, id: Id): Key<T> => ({ type, id })

/**
 * A row as it travels. `rev` is raised by the hub at each change under the row's lock; a row replaces only a lower one (S6).
 */
export type Row = { [T in RowType]: { type: T; id: Id; rev: number; doc: Doc<T> } }[RowType]

const rowOf = <T extends RowType>(type: T) =>
  z.object({ type: z.literal(type), id: Id, rev: z.int().positive(), doc: nouns[type] })

export const Row = z.discriminatedUnion(
  'type',
  rowTypes.map(rowOf) as unknown as [ReturnType<typeof rowOf>, ...ReturnType<typeof rowOf>[]],
) as unknown as z.ZodType<Row>
