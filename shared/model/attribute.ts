import { z } from 'zod'
import { Id } from './base.ts'

export const AttributeKind = z.enum(['text', 'number', 'date', 'choice', 'link'])
export type AttributeKind = z.infer<typeof AttributeKind>

/** Name in each language of the desk; one of them may be empty, then the other is shown. */
export const AttributeLabel = z
  .object({ en: z.string().trim().max(60), zh: z.string().trim().max(60) })
  .refine(({ en, zh }) => en !== '' || zh !== '')
export type AttributeLabel = z.infer<typeof AttributeLabel>

/** One of a few. It is known by its id, so that another name changes no customer. */
export const Choice = z.object({
  id: Id,
  name: z.string().trim().min(1).max(60),
  /** No longer offered; who has it keeps it. */
  archived: z.boolean().optional(),
})
export type Choice = z.infer<typeof Choice>

/**
 * Something to know about every customer, as an administrator defines it. It is never deleted: archived, it is shown nowhere
 * and its values stay.
 */
export const Attribute = z.object({
  id: Id,
  /** Stays what it was made as, so that every value stays readable. */
  kind: AttributeKind,
  label: AttributeLabel,
  /** Of a choice. */
  options: z.array(Choice).max(200).optional(),
  /** Bounds of a number; null or absent: none. */
  min: z.number().nullable().optional(),
  max: z.number().nullable().optional(),
  /** Of a text: it names one customer, as a number of theirs in another system does. Two who have the same may be one person (S26). */
  identifies: z.boolean().optional(),
  archived: z.boolean().optional(),
})
export type Attribute = z.infer<typeof Attribute>

/** A number for a number; else text: a date is `2026-11-22`, a choice the option's id, a link an https address. */
export const AttributeValue = z.union([z.string().min(1).max(2000), z.number()])
export type AttributeValue = z.infer<typeof AttributeValue>
