// What a person at the terminal is told when something expected stands in the way; everything else is a bug and keeps its stack.
import { FaultError } from '../../electron/core/fault-error.ts'
import { KeyProblem } from '../../electron/preview/key.ts'
import { Busy } from './demonstration.ts'

const byFault: Partial<Record<string, string>> = {
  'profile-in-use': 'Another desk has this profile open: close it, or choose another with --profile.',
  'disk-full': 'The disk is full: make room and start again. Nothing is lost.',
}

const byCode: Partial<Record<string, string>> = {
  EADDRINUSE: 'The port is in use: choose another with --port, or 0 for a free one.',
  EACCES: 'This folder or port may not be used by you.',
  ENOSPC: 'The disk is full: make room and start again. Nothing is lost.',
}

export const sentenceOf = (error: unknown): string => {
  if (error instanceof KeyProblem || error instanceof Busy) return error.message
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException
  if (code.startsWith('ERR_PARSE_ARGS')) return (error as Error).message
  const known = error instanceof FaultError ? byFault[error.fault.kind] : byCode[code]
  return known ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
}
