import { type Fault, type FaultKind, fault } from '#shared/protocol/fault.ts'

/**
 * An expected failure on its way out of a transaction, so that it is rolled back. Caught at the border (serve.ts) and handed
 * on as the fault it carries; any other exception is a bug.
 */
export class FaultError extends Error {
  readonly fault: Fault

  constructor(given: Fault) {
    super(given.kind)
    this.name = 'FaultError'
    this.fault = given
  }
}

export const fail = (kind: FaultKind, extra: Parameters<typeof fault>[1] = {}): FaultError =>
  new FaultError(fault(kind, extra))

const full = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])
const damaged = /^SQLITE_(CORRUPT|NOTADB|IOERR_CORRUPTFS|IOERR_DATA)/
const broken = /^(SQLITE_(IOERR|READONLY|CANTOPEN|PERM|AUTH)|EIO|EROFS|EACCES|EPERM)/

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** Whether an error says that the replica's file is damaged, so that it must be rebuilt (S28). */
export const isDamage = (error: unknown): boolean => damaged.test(codeOf(error))

/** The fault an exception stands for: a full or failing disk is expected, anything unknown is `internal`. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault
  const code = codeOf(error)
  if (full.has(code)) return fault('disk-full')
  if (isDamage(error) || broken.test(code)) return fault('disk-failed', { detail: code })
  return fault('internal', { detail: error instanceof Error ? error.name : 'unknown' })
}
