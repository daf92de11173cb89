import type { Id } from '#shared/model/base.ts'

/**
 * Connections that must be held once, and what the hub notes about them (S20). Of several hubs one holds a lease; its fence
 * rises with every change of hands, and a note is refused from whoever held it before. Two implementations: PostgreSQL,
 * which goes by the database's own clock, and memory.
 */
export interface Held {
  /**
   * The lease of that name for so many milliseconds: taken when nobody has it or its time is over, prolonged when `holder` has
   * it. Answers the fence, or null when somebody else has it.
   */
  take(name: string, holder: string, milliseconds: number): Promise<number | null>
  /** Lets go, if `holder` has it. */
  release(name: string, holder: string): Promise<void>
  /** Ends all leases: for a hub that knows itself alone, whose forerunner died with them. */
  releaseAll(): Promise<void>

  /** A note about an inbox, undefined when there is none. Its shape is for its reader to check. */
  note(inboxId: Id, name: string): Promise<unknown>
  notes(inboxId: Id): Promise<{ name: string; doc: unknown }[]>
  /** False when a later holder has written already: the writer must stop. */
  putNote(inboxId: Id, name: string, doc: object, fence: number): Promise<boolean>
}
