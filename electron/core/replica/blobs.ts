import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { fail } from '../fault-error.ts'
import type { Replica } from './replica.ts'

/**
 * Files on the desk (S27): found by their SHA-256, encrypted in pieces with AES-256-GCM (NIST SP 800-38D) under a key of
 * their own, named by a keyed hash so that a name tells nothing. A piece is bound to its place and to being the last one, so
 * none can be cut off or exchanged. What the hub has too is dropped, least used first, above the budget.
 */
export interface Blobs {
  /** Writes a new file, piece by piece. */
  create(): BlobWriter
  /** The bytes; undefined when they are not here, or are damaged (then they are forgotten). */
  read(sha256: string): Buffer | undefined
  /** Keeps downloaded bytes. @returns false when they are not what they should be */
  keep(sha256: string, bytes: Uint8Array): boolean
  /** Drops what is over the budget, what was given up, and what nothing knows of. */
  tidy(): void
}

export interface BlobWriter {
  readonly written: number
  write(bytes: Uint8Array): void
  /** Durable under its hash. */
  finish(): { sha256: string; size: number }
  abort(): void
}

const PIECE = 256 * 1024
const IV = 12
const TAG = 16

export interface BlobOptions {
  dir: string
  /** The replica's key. */
  key: Uint8Array
  /** Bytes kept of what the hub has too. */
  budget: number
  now(): number
}

export function createBlobs(replica: Replica, { dir, key, budget, now }: BlobOptions): Blobs {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `skein ${use}`, 32))
  const contentKey = derive('blobs')
  const nameKey = derive('blob names')
  const { sql } = replica
  const nameOf = (sha256: string): string => createHmac('sha256', nameKey).update(sha256).digest('hex')
  const pathOf = (sha256: string): string => join(dir, nameOf(sha256))

  const boundTo = (index: number, last: boolean): Buffer => {
    const bound = Buffer.alloc(5)
    bound.writeUInt32BE(index)
    bound[4] = last ? 1 : 0
    return bound
  }

  const seal = (piece: Uint8Array, index: number, last: boolean): Buffer => {
    const iv = randomBytes(IV)
    const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(boundTo(index, last))
    const sealed = Buffer.concat([cipher.update(piece), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed])
  }

  const unseal = (file: Buffer): Buffer => {
    const pieces: Buffer[] = []
    const step = IV + TAG + PIECE
    for (let at = 0, index = 0; index === 0 || at < file.length; at += step, index += 1) {
      const piece = file.subarray(at, at + step)
      const decipher = createDecipheriv('aes-256-gcm', contentKey, piece.subarray(0, IV))
        .setAAD(boundTo(index, at + step >= file.length))
        .setAuthTag(piece.subarray(IV, IV + TAG))
      pieces.push(decipher.update(piece.subarray(IV + TAG)), decipher.final())
    }
    return Buffer.concat(pieces)
  }

  const unfinished = new Set<string>()
  const create = (): BlobWriter => {
    const name = randomBytes(12).toString('hex')
    const path = join(dir, name)
    const file = openSync(path, 'wx', 0o600)
    unfinished.add(name)
    const hash = createHash('sha256')
    let rest = Buffer.alloc(0)
    let written = 0
    let index = 0
    let over = false
    const put = (piece: Uint8Array, last: boolean): void => {
      writeSync(file, seal(piece, index, last))
      index += 1
    }
    const abort = (): void => {
      if (over) return
      over = true
      unfinished.delete(name)
      closeSync(file)
      rmSync(path, { force: true })
    }
    return {
      get written() {
        return written
      },
      write(bytes) {
        hash.update(bytes)
        written += bytes.length
        rest = Buffer.concat([rest, bytes])
        while (rest.length > PIECE) {
          put(rest.subarray(0, PIECE), false)
          rest = rest.subarray(PIECE)
        }
      },
      finish() {
        try {
          put(rest, true)
          fsyncSync(file)
        } catch (error) {
          abort()
          throw error
        }
        over = true
        closeSync(file)
        const sha256 = hash.digest('hex')
        renameSync(path, pathOf(sha256))
        unfinished.delete(name)
        replica.transaction(() => sql.blob.touch.run(sha256, written, now()))
        return { sha256, size: written }
      },
      abort,
    }
  }

  return {
    create,
    read(sha256) {
      const known = sql.blob.read.get(sha256)
      if (!known) return undefined
      try {
        const bytes = unseal(readFileSync(pathOf(sha256)))
        if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw fail('disk-failed')
        replica.transaction(() => sql.blob.touch.run(sha256, known.size, now()))
        return bytes
      } catch {
        return undefined
      }
    },
    keep(sha256, bytes) {
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) return false
      const writer = create()
      try {
        writer.write(bytes)
        writer.finish()
      } catch (error) {
        writer.abort()
        throw error
      }
      return true
    },
    tidy() {
      let size = sql.blob.size.get() ?? 0
      for (let next = sql.blob.oldest.get(); next; next = sql.blob.oldest.get()) {
        const { sha256, used_at } = next
        if (size <= budget && used_at >= 0) break
        replica.transaction(() => sql.blob.remove.run(sha256))
        size -= next.size
      }
      const known = new Set(sql.blob.all.all().map(nameOf))
      for (const name of readdirSync(dir))
        if (!known.has(name) && !unfinished.has(name)) rmSync(join(dir, name), { force: true })
    },
  }
}
