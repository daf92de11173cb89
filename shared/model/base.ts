import { z } from 'zod'

/** No control characters and no halves of surrogate pairs: every database can hold it and find it again. */
const isWord = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text)

/** A row's id: a UUIDv7 made where the row is made, or a name built from such ids (see `draftId`). */
export const Id = z.string().min(1).max(120).refine(isWord)
export type Id = string

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.int().nonnegative()
export type Instant = number

/** SHA-256 of some bytes, 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export type Sha256 = string
