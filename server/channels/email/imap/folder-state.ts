import { z } from 'zod'

/** How far the hub has come in one folder of a mailbox. Kept in the hub's database after what it speaks of has committed. */
export const FolderState = z.object({
  /** UIDVALIDITY; with another one all UIDs below mean nothing (RFC 9051 2.3.1.1). */
  validity: z.string().max(40),
  /** Every message up to this UID was taken, or stands in `troubled`. */
  uid: z.int().nonnegative(),
  /** Messages up to this UID were there when the folder was first connected. */
  historyUid: z.int().nonnegative(),
  /** Up to this UID only messages since a certain day are looked at (`sinceOf`). */
  boundUid: z.int().nonnegative(),
  /** When it was first connected, by the hub's clock. */
  connectedAt: z.int(),
  /** When the hub last knew itself to have everything. */
  checkedAt: z.int(),
  /** HIGHESTMODSEQ where the server has it: unchanged means that nothing happened at all. */
  modseq: z.string().max(40).nullable(),
  /** Messages that could not be taken while those behind them could; tried again later, then given up and shown. */
  troubled: z
    .array(
      z.object({ uid: z.int(), tries: z.int(), nextAt: z.int().nullable(), detail: z.string().max(200) }),
    )
    .max(1000),
})
export type FolderState = z.infer<typeof FolderState>

const DAY = 24 * 60 * 60 * 1000

/** A folder that is new to the hub. What is there already is history. */
export function firstState(validity: string, uidNext: number, now: number): FolderState {
  return {
    validity,
    uid: 0,
    historyUid: uidNext - 1,
    boundUid: uidNext - 1,
    connectedAt: now,
    checkedAt: 0,
    modseq: null,
    troubled: [],
  }
}

/**
 * The folder has been numbered anew: everything that may be new is read again, and what is known is recognised by its
 * content (S19). While history was still being read it stays history.
 */
export function renumbered(state: FolderState, validity: string, uidNext: number): FolderState {
  return {
    ...state,
    validity,
    uid: 0,
    historyUid: state.checkedAt === 0 ? uidNext - 1 : 0,
    boundUid: uidNext - 1,
    modseq: null,
    troubled: [],
  }
}

/**
 * The day from which messages up to `boundUid` are looked at: so many days before the folder was first
 * connected, or before everything was last known to be here. One day is added for servers in other time zones.
 */
export function sinceOf(state: FolderState, historyDays: number): Date {
  return new Date(Math.max(0, Math.max(state.connectedAt, state.checkedAt) - (historyDays + 1) * DAY))
}

/** Minutes until a troubled message is tried again; after the last one a person has to look. */
const AGAIN = [1, 10, 60, 360, 1440]

export function troubledAgain(
  state: FolderState,
  uid: number,
  detail: string,
  now: number,
): FolderState['troubled'] {
  const before = state.troubled.find(each => each.uid === uid)
  const minutes = AGAIN[before?.tries ?? 0]
  const entry = {
    uid,
    tries: (before?.tries ?? 0) + 1,
    nextAt: minutes === undefined ? null : now + minutes * 60_000,
    detail: detail.slice(0, 200),
  }
  return [...state.troubled.filter(each => each.uid !== uid), entry].slice(-1000)
}
