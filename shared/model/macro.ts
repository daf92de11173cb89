import { z } from 'zod'
import { Id } from './base.ts'
import { ChannelFamily } from './channel.ts'
import { Priority } from './conversation.ts'
import { RichText } from './rich-text.ts'

/** Whose the conversation is afterwards: whoever used the macro, nobody, or this agent. */
export const MacroAssignment = z.union([z.enum(['me', 'nobody']), Id])
export type MacroAssignment = z.infer<typeof MacroAssignment>

/**
 * What is done to the conversation besides the words. An object and no list of kinds: a desk that does not know one passes it over. Tags,
 * assignment and priority are done at once; closing and snoozing wait until the words are sent, where there are some (`Draft.after`).
 */
export const MacroActions = z.object({
  tagIds: z.array(Id).max(20).optional(),
  assign: MacroAssignment.optional(),
  priority: Priority.optional(),
  close: z.literal(true).optional(),
  /** Minutes from then on. */
  snooze: z.int().min(1).max(525_600).optional(),
})
export type MacroActions = z.infer<typeof MacroActions>

/**
 * Words to be used again, with their formatting and variables (rules/variables.ts), and what is done along with them. Without actions it is
 * what others call a canned reply or a template; without words it only does something.
 */
export const Macro = z.object({
  id: Id,
  name: z.string().trim().min(1).max(80),
  /** A word that finds it before all others; empty: none. */
  shortcut: z
    .string()
    .max(40)
    .regex(/^[^\s/]*$/u),
  /** Empty: in none. */
  folder: z.string().trim().max(60),
  /** BCP 47, `en` or `zh`; empty: whatever the customer speaks. */
  language: z.string().max(35),
  /** The families of channels it is for; none: all. */
  families: z.array(ChannelFamily).max(4),
  text: z.string().max(100_000),
  /** The same with its formatting, where there is some. */
  rich: RichText.optional(),
  actions: MacroActions,
  /** Whose own it is, in their stream; null: the team's, in the workspace's. */
  agentId: Id.nullable(),
})
export type Macro = z.infer<typeof Macro>

/** Whether anything is done besides the words. */
export const doesSomething = ({ tagIds = [], assign, priority, close, snooze }: MacroActions): boolean =>
  tagIds.length > 0 ||
  assign !== undefined ||
  priority !== undefined ||
  close !== undefined ||
  snooze !== undefined
