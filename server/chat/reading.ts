/**
 * How far agents have read what customers wrote. Their read marks are rows, so it survives everything; they stand in the
 * agents' own streams, which drafts move at every pause, so they are read a few times a second at most.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import type { Store } from '../store/store.ts'
import type { Follower } from './follower.ts'

const LATER = 200

export interface ReadingDeps {
  store: Store
  agents(): Promise<ReadonlyMap<Id, Agent>>
  followers(): Follower[]
  quietly(work: Promise<unknown>): void
}

export function openReading({ store, agents, followers, quietly }: ReadingDeps) {
  const moved = new Set<Id>()
  let soon: ReturnType<typeof setTimeout> | undefined

  /** Tells these customers what these agents, or all, have read meanwhile. */
  const tell = async (to: readonly Follower[], readers?: ReadonlySet<Id>): Promise<void> => {
    const all = [...(await agents()).values()].filter(({ id }) => readers?.has(id) ?? true)
    const marks = new Set<Id>()
    for (const { known, inboxId } of to)
      for (const [conversationId, { read, lastIn }] of known)
        if (read < lastIn)
          for (const { id, active, inboxIds } of all)
            if (active && inboxIds.includes(inboxId)) marks.add(readMarkId(id, conversationId))
    if (marks.size === 0) return
    for (const { conversationId, seq } of await store.read('readMark', [...marks]))
      for (const follower of to) {
        const known = follower.known.get(conversationId)
        if (!known || seq <= known.read || follower.stopped) continue
        known.read = seq
        follower.tell({ kind: 'read', conversationId, seq })
      }
  }

  return {
    tell,
    /** Something in this agent's stream has changed. */
    hint(agentId: Id): void {
      moved.add(agentId)
      soon ??= setTimeout(() => {
        soon = undefined
        const readers = new Set(moved)
        moved.clear()
        quietly(tell(followers(), readers))
      }, LATER)
    },
    close: () => clearTimeout(soon),
  }
}
