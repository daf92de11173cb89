import type { Id, Instant } from '#shared/model/base.ts'
import type { ImportPlan, ImportReport, ImportRow } from '#shared/protocol/import.ts'

/** An import that was begun. */
export interface Staged {
  id: Id
  agentId: Id
  plan: ImportPlan
  /** Rows that came. */
  rows: number
  /** What a commit set out to do; whether it did, the store knows (see commit.ts). */
  intended: ImportReport | null
}

/**
 * Where the rows of imports wait. Nothing here is a row of anybody's, and no desk ever sees it. Two implementations: PostgreSQL, and
 * memory for a hub without a database.
 */
export interface Staging {
  /** Begins it, unless it was begun. */
  begin(id: Id, agentId: Id, plan: ImportPlan, at: Instant): Promise<void>
  find(id: Id): Promise<Staged | undefined>
  /** Adds rows behind the first `from`; those that are there stay as they are. */
  add(id: Id, from: number, rows: readonly ImportRow[]): Promise<void>
  /** Rows in their order, from a place on. */
  rows(id: Id, from: number, limit: number): Promise<ImportRow[]>
  /** The rows at these places. */
  at(id: Id, places: readonly number[]): Promise<Map<number, ImportRow>>
  intend(id: Id, report: ImportReport): Promise<void>
  /** Forgets the rows; what was done stays known. */
  empty(id: Id): Promise<void>
  /** Forgets the rows of all: among them may be somebody who was erased (I9). They are sent again. */
  emptyAll(): Promise<void>
  drop(id: Id): Promise<void>
  /** Forgets imports begun before that. */
  dropBefore(at: Instant): Promise<void>
}
