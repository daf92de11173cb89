import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Existing, ImportReport } from '../protocol/import.ts'
import { separators } from '../rules/csv-reader.ts'

/** A table of customers between page and core: chosen, looked at, checked, put in. */

/** Bytes of a table. */
export const LARGEST_TABLE = 64_000_000
/** Bytes of one piece on the way to the core. */
export const TABLE_PIECE = 1024 * 1024

export const tableEncodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export const TableEncoding = z.enum(tableEncodings)
export type TableEncoding = z.infer<typeof TableEncoding>

/** How a table is read; null: as it seems. */
export const TableReading = z.object({
  encoding: TableEncoding.nullable(),
  separator: z.enum(separators).nullable(),
  header: z.boolean().nullable(),
})
export type TableReading = z.infer<typeof TableReading>

const Cell = z.string().max(60_000)

/** What is in a table, and what its columns seem to be about (rules/import-columns.ts). */
export const TableLook = z.object({
  reading: z.object({ encoding: TableEncoding, separator: z.enum(separators), header: z.boolean() }),
  columns: z.array(z.object({ name: z.string().max(200), target: Id.or(z.literal('')) })),
  /** The first records below the header. */
  rows: z.array(z.object({ row: z.int(), cells: z.array(Cell) })),
  /** Records below the header. */
  total: z.int(),
})
export type TableLook = z.infer<typeof TableLook>

/** How a table is to be understood. */
export const TablePlan = z.object({
  reading: TableReading,
  mapping: z.array(Id.or(z.literal(''))).max(500),
  country: z.string().max(2),
  existing: Existing,
})
export type TablePlan = z.infer<typeof TablePlan>

/** Why a row is wrong: of one cell (`column`), or of all of it. Kinds are those of import-row.ts and of protocol/import.ts. */
export const WrongRow = z.object({
  row: z.int(),
  cells: z.array(Cell),
  wrong: z.array(
    z.object({
      column: z.int().nullable(),
      kind: z.string().max(40),
      limit: z.number().optional(),
      other: z.int().optional(),
    }),
  ),
})
export type WrongRow = z.infer<typeof WrongRow>

export const TableChecked = z.object({ report: ImportReport, total: z.int() })
export type TableChecked = z.infer<typeof TableChecked>

/** `done` false: rows were wrong meanwhile, and nothing was put in. */
export const TablePutIn = z.object({ done: z.boolean(), report: ImportReport })

export const TableProgress = z.object({
  tableId: Id,
  step: z.enum(['read', 'send', 'check', 'write']),
  done: z.int(),
  total: z.int(),
})
export type TableProgress = z.infer<typeof TableProgress>
