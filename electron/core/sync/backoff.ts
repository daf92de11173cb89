import type { Fault, FaultKind } from '#shared/protocol/fault.ts'

const FIRST = 500
const LONGEST = 15_000
/** For what a person or an upgrade has to mend; looked at again now and then, because the hub may have been upgraded. */
const SELDOM = 300_000

/** Nothing can be done without a person. */
const hopeless: ReadonlySet<FaultKind> = new Set([
  'session-expired',
  'device-revoked',
  'agent-inactive',
  'signed-out',
  'wrong-credentials',
])
const seldom: ReadonlySet<FaultKind> = new Set(['desk-too-old', 'hub-too-old', 'not-a-hub', 'forbidden'])

/** Whether this fault stands in the way until somebody acts; the state then is "blocked", not "offline". */
export const blocks = ({ kind }: Fault): boolean =>
  hopeless.has(kind) ||
  seldom.has(kind) ||
  kind === 'disk-full' ||
  kind === 'disk-failed' ||
  kind === 'internal'

/**
 * How long to wait before the next attempt: doubling, with jitter so that the desks of a hub that returns do not all come
 * in one moment. It counts from the beginning of the attempt that failed: who waited for an answer until now has waited. Null: not
 * by itself.
 * @param failures in a row, 1 for the first
 * @param chance 0 up to 1
 * @param took how long the attempt lasted
 */
export function pauseBefore(
  failures: number,
  fault: Fault | undefined,
  chance: number,
  took = 0,
): number | null {
  if (fault && hopeless.has(fault.kind)) return null
  const jitter = 0.5 + chance / 2
  if (fault && seldom.has(fault.kind)) return SELDOM * jitter
  const asked = Number(fault?.params?.seconds ?? 0) * 1000
  const apart = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 10)) * jitter
  return Math.max(asked, apart - Math.max(0, took), FIRST * jitter)
}
