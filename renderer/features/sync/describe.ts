// The desk's state to the hub as one of a few that a person can tell apart. Never prettier than it is (S25, S29).
import type { SyncState } from '#shared/ipc/states.ts'

export type Condition =
  | 'starting'
  | 'synced'
  | 'sending'
  | 'fetching'
  | 'syncing'
  | 'connecting'
  | 'offline'
  | 'blocked'
export type Tone = 'quiet' | 'warn' | 'bad'

/**
 * @param sync null: the core has not spoken, or is gone
 * @param before what it was until now: an attempt to connect while there is no contact is still being offline, the first one after
 *   the start is not
 */
export function conditionOf(sync: SyncState | null, before: Condition): Condition {
  switch (sync?.phase) {
    case undefined:
      return 'starting'
    case 'live':
      return sync.waiting > 0 ? 'sending' : 'synced'
    case 'catching-up':
      // The first time everything comes is not the same as what was missed.
      return sync.currentAt === null ? 'fetching' : 'syncing'
    case 'connecting':
      return before === 'offline' || before === 'blocked' ? before : 'connecting'
    case 'offline':
      return 'offline'
    case 'blocked':
      return 'blocked'
  }
}

export const toneOf = (condition: Condition): Tone =>
  condition === 'blocked' ? 'bad' : condition === 'offline' ? 'warn' : 'quiet'

/** Whether everything shown is what the hub has, as far as this desk may see it. */
export const isCurrent = (condition: Condition): boolean => condition === 'synced' || condition === 'sending'

/** How many things want a person's look. */
export const needingLook = (sync: SyncState | null): number =>
  sync === null ? 0 : sync.held + sync.refused + sync.uncertain + sync.failed

/** Whole per cent that have come, never 100 before the end; null when nobody knows how much there is. */
export const percentOf = (sync: SyncState | null): number | null =>
  sync?.progress && sync.progress.total > 0
    ? Math.min(99, Math.floor((100 * sync.progress.done) / sync.progress.total))
    : null

/** Days before a desk without contact locks itself in which that is said (S9). Milliseconds. */
const WARNED_BEFORE = 3 * 86_400_000

/** When the desk locks itself, if that is near enough to be said. */
export const locksSoon = (sync: SyncState, now: number): number | null =>
  sync.locksAt !== null && sync.locksAt - now < WARNED_BEFORE ? sync.locksAt : null
