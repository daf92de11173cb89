import { z } from 'zod'
import { AttributeValue } from '../model/attribute.ts'
import { Id } from '../model/base.ts'
import { Priority } from '../model/conversation.ts'
import { Where } from '../model/segment.ts'
import { CustomerFilter, CustomerOrder, View } from '../queries/index.ts'

/** A list of customers, in its order. */
export const CustomerListing = z.object({
  filter: CustomerFilter,
  order: CustomerOrder,
  reversed: z.boolean(),
})
export type CustomerListing = z.infer<typeof CustomerListing>

/** Some customers of a list: those named, or all but those. */
export const SomeCustomers = z.object({
  of: CustomerListing,
  all: z.boolean(),
  ids: z.array(Id).max(20_000),
})
export type SomeCustomers = z.infer<typeof SomeCustomers>

/** The same change for many. A value is one that its field takes (model/field-value.ts); null takes it away. */
export const CustomerChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), field: Id, value: AttributeValue.nullable() }),
  z.object({ kind: z.literal('tag'), tagId: Id }),
  z.object({ kind: z.literal('untag'), tagId: Id }),
])
export type CustomerChange = z.infer<typeof CustomerChange>

/** Some conversations of a list: those named, or all but those. A list is a view, or what conditions choose. */
export const SomeConversations = z.object({
  of: z.union([z.object({ view: View, inboxId: Id.nullable() }), z.object({ where: Where })]),
  all: z.boolean(),
  ids: z.array(Id).max(20_000),
})
export type SomeConversations = z.infer<typeof SomeConversations>

/** The same change for many conversations. What it would not change is left as it is. */
export const ConversationChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), agentId: Id.nullable() }),
  z.object({ kind: z.literal('close') }),
  z.object({ kind: z.literal('reopen') }),
  z.object({ kind: z.literal('snooze'), until: z.int() }),
  z.object({ kind: z.literal('prioritise'), priority: Priority }),
  z.object({ kind: z.literal('tag'), tagId: Id }),
  z.object({ kind: z.literal('untag'), tagId: Id }),
  z.object({ kind: z.literal('read') }),
  z.object({ kind: z.literal('unread') }),
])
export type ConversationChange = z.infer<typeof ConversationChange>

export const Changed = z.object({
  /** For whom it was put into the outbox. Who had it already is not among them. */
  changed: z.int(),
  /** Who was left as they were, because it cannot be done to them. */
  left: z.int(),
})
