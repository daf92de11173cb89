import { type Fault, fault } from '#shared/protocol/fault.ts'

/**
 * The database cannot be had, for a reason that a person can do something about. The message is a sentence for whoever
 * runs the hub; `fault` is what a desk may be told.
 */
export class DatabaseTrouble extends Error {
  readonly fault: Fault
  constructor(sentence: string, kind: Fault['kind'] = 'hub-busy', cause?: unknown) {
    super(sentence, { cause })
    this.fault = fault(kind, { detail: sentence.slice(0, 2000) })
  }
}

const DISK_FULL = '53100'
const CONNECTION_LOST = /^(08\w{3}|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/

/** What the driver says, without a code, of a connection that is gone or not to be had. */
const LOST = /Connection terminated|not queryable|Client was closed|timeout exceeded when trying to connect/

export const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** What a desk may be told about an error of the database; undefined when it is a bug. */
export function faultOf(error: unknown): Fault | undefined {
  if (error instanceof DatabaseTrouble) return error.fault
  const code = codeOf(error)
  if (code === DISK_FULL || code === 'ENOSPC') return fault('disk-full', { detail: code })
  if (CONNECTION_LOST.test(code)) return fault('hub-busy', { detail: code })
  if (error instanceof Error && LOST.test(error.message)) return fault('hub-busy', { detail: error.message })
  return undefined
}

/** The reason that PostgreSQL gives in its log, as a sentence. */
export function troubleFrom(log: string, what: string): DatabaseTrouble {
  const last = log.trim().split('\n').slice(-12).join('\n')
  if (/No space left on device/.test(log)) {
    const sentence = `${what}: the disk is full. Free some space and start the hub again; nothing is lost.\n${last}`
    return new DatabaseTrouble(sentence, 'disk-full')
  }
  if (/Permission denied|Operation not permitted/.test(log)) {
    const sentence = `${what}: its folder may not be read or written by the account it runs as.\n${last}`
    return new DatabaseTrouble(sentence, 'internal')
  }
  return new DatabaseTrouble(`${what}.\n${last}`, 'internal')
}

export const isPortTaken = (log: string): boolean =>
  /could not bind|Address already in use|could not create any TCP\/IP sockets/.test(log)
