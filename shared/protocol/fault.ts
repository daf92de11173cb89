import { z } from 'zod'

/**
 * Expected failures, as data. The renderer has a sentence for each kind in both languages, saying what to do next; nothing
 * else is shown to a person. `detail` is for the diagnostics only and never holds content or secrets.
 */
export const FaultKind = z.enum([
  // reaching the hub
  'hub-unreachable',
  'hub-address-invalid',
  'not-a-hub',
  'hub-busy',
  // who one is
  'wrong-credentials',
  'too-many-attempts',
  'session-expired',
  'device-revoked',
  'forbidden',
  'agent-inactive',
  // versions
  'desk-too-old',
  'hub-too-old',
  'replica-newer',
  // this machine
  'disk-full',
  'disk-failed',
  'replica-locked',
  'profile-in-use',
  'key-unavailable',
  // what was asked
  'invalid',
  'not-found',
  'too-large',
  'attachment-missing',
  'signed-out',
  'internal',
])
export type FaultKind = z.infer<typeof FaultKind>

export const Fault = z.object({
  kind: FaultKind,
  /** Whether the same request may succeed later without a change. */
  retryable: z.boolean(),
  /** Figures and names the sentence needs: `seconds`, `limit`, `size`, `field` ... */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  detail: z.string().max(2000).optional(),
})
export type Fault = z.infer<typeof Fault>

const retryable: ReadonlySet<FaultKind> = new Set([
  'hub-unreachable',
  'hub-busy',
  'too-many-attempts',
  'disk-full',
])

export function fault(kind: FaultKind, extra: Omit<Fault, 'kind' | 'retryable'> = {}): Fault {
  return { kind, retryable: retryable.has(kind), ...extra }
}

/** A result that may have failed in an expected way. */
export type Result<T> = { ok: true; value: T } | { ok: false; fault: Fault }
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const failed = (kind: FaultKind, extra: Omit<Fault, 'kind' | 'retryable'> = {}): Result<never> => ({
  ok: false,
  fault: fault(kind, extra),
})
