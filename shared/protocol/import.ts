import { z } from 'zod'
import { AttributeValue } from '../model/attribute.ts'
import { Id } from '../model/base.ts'
import { Fault } from './fault.ts'

/**
 * Putting many customers in at once: for those who lead the team. The desk reads the file, checks each row as if it were typed, and sends
 * the rows; they wait at the hub and are nobody's until the commit, which is one transaction.
 *
 * POST   /v1/imports              ImportPlan    Bearer -> ImportState   the same id again: the same import
 * GET    /v1/imports/:id                        Bearer -> ImportState   of one's own only
 * POST   /v1/imports/:id/rows     ImportRows    Bearer -> ImportState   rows that are there already are passed over
 * POST   /v1/imports/:id/check                  Bearer -> lines of JSON, each an ImportLine; nothing is written
 * POST   /v1/imports/:id/commit   ImportCommit  Bearer -> lines of JSON, each an ImportLine
 * DELETE /v1/imports/:id                        Bearer -> 204
 *
 * An empty line is a sign of life. Who hangs up during the commit asks for the state again.
 */

/** Rows of one import. */
export const MOST_ROWS = 200_000
/** Rows of one request; and so many characters of their JSON. */
export const ROWS_AT_ONCE = 500
export const ROW_CHARACTERS = 1_000_000

/** Customers that are known by an address of the row or by its id: they get what the row says, or stay as they are. */
export const Existing = z.enum(['update', 'leave'])
export type Existing = z.infer<typeof Existing>

export const ImportPlan = z.object({ id: z.uuid(), rows: z.int().min(1).max(MOST_ROWS), existing: Existing })
export type ImportPlan = z.infer<typeof ImportPlan>

export const ImportAddress = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('email'), address: z.email().max(320).toLowerCase() }),
  /** E.164. */
  z.object({ channel: z.literal('phone'), address: z.string().regex(/^\+[1-9]\d{6,14}$/) }),
])
export type ImportAddress = z.infer<typeof ImportAddress>

/** What one row of the file says of somebody. What is not here, it does not say. */
export const ImportRow = z.object({
  /** Its number in the file, as a program for tables counts. */
  row: z.int().positive(),
  /** Of the customer, where the file names it. */
  customerId: Id.optional(),
  /** By the id of the field, in the stored form (field-value.ts). */
  set: z.record(Id, AttributeValue),
  note: z.string().trim().min(1).max(20_000).optional(),
  tags: z.array(z.string().trim().min(1).max(60)).max(50).optional(),
  addresses: z.array(ImportAddress).max(20),
})
export type ImportRow = z.infer<typeof ImportRow>

export const ImportRows = z.object({
  /** How many rows came before these. */
  from: z.int().nonnegative(),
  rows: z.array(ImportRow).min(1).max(ROWS_AT_ONCE),
})

/** Why a row cannot be put in, beyond what its own cells say. */
export const RowProblem = z.object({
  row: z.int().positive(),
  kind: z.enum([
    'twice', // `other` is a row about the same customer
    'two-customers', // its addresses, or its id and an address, belong to different ones
    'not-yours', // the address is known where who imports may not look
    'no-such-customer', // nobody has the id
    'too-much', // more tags or a longer note than a customer can have
  ]),
  other: z.int().optional(),
})
export type RowProblem = z.infer<typeof RowProblem>

/** Rows by what becomes of them. */
export const ImportReport = z.object({
  added: z.int(),
  changed: z.int(),
  /** Known, and left as they are. */
  left: z.int(),
  wrong: z.int(),
})
export type ImportReport = z.infer<typeof ImportReport>

export const ImportState = z.object({
  /** Rows that are there. */
  rows: z.int(),
  /** What was done; null: nothing yet. */
  done: ImportReport.nullable(),
})
export type ImportState = z.infer<typeof ImportState>

/** `part`: the rows that are right, whatever the others are. Otherwise all or nothing. */
export const ImportCommit = z.object({ part: z.boolean() })

export const ImportLine = z.discriminatedUnion('t', [
  z.object({ t: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ t: z.literal('problems'), problems: z.array(RowProblem).max(ROWS_AT_ONCE) }),
  /** An end: checked, or, of a commit, rows were wrong and nothing was written. */
  z.object({ t: z.literal('report'), report: ImportReport }),
  /** An end: written. */
  z.object({ t: z.literal('done'), report: ImportReport }),
  z.object({ t: z.literal('fault'), fault: Fault }),
])
export type ImportLine = z.infer<typeof ImportLine>
