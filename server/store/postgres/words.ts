import { createHash } from 'node:crypto'

const LONGEST = 300

/**
 * A name as the database keeps it. Names hold what strangers wrote (a Message-ID, a subject), of any length and with any
 * character, and an index takes neither: those that are too long or too strange stand there as their hash.
 */
export const kept = (name: string): string =>
  name.length <= LONGEST && !/[\p{Cc}\p{Cs}]/u.test(name) && !name.startsWith('sha256:')
    ? name
    : `sha256:${createHash('sha256').update(JSON.stringify(name)).digest('hex')}`
