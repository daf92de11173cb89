// The desk's state to the hub as one of a few that a person can tell apart. Never prettier than it is (S25, S29).
import type { SyncState } from '#shared/ipc/contract.ts'

export type Condition = 'starting' | 'synced' | 'sending' | 'syncing' | 'connecting' | 'offline' | 'blocked'
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
      return 'syncing'
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

/** How many things want a person's look. */
export const needingLook = (sync: SyncState | null): number =>
  sync === null ? 0 : sync.held + sync.refused + sync.uncertain
