/**
 * Bytes by their SHA-256, in a folder. What is here under a name has that hash and is on the disk: written aside, synced,
 * then renamed. A row may refer to a blob only after `put` or `adopt` has answered (S27).
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Sha256 } from '#shared/model/base.ts'
import { failed, ok, type Result } from '#shared/protocol/fault.ts'

export interface BlobStore {
  /** Stores bytes. Faults: disk-full, disk-failed. */
  put(bytes: Uint8Array): Promise<Result<Sha256>>
  /** Takes over a file of the same disk, if its content has this hash. Faults: invalid (it has not), disk-full, disk-failed. */
  adopt(path: string, sha256: Sha256): Promise<Result<Sha256>>
  path(sha256: Sha256): string
  /** Bytes; null when it is not here. */
  size(sha256: Sha256): Promise<number | null>
  /** Overwrites and removes a blob. One that was stored once more after `since` is kept: somebody else needs it. Milliseconds. */
  forget(sha256: Sha256, since: number): Promise<void>
  /** A part of a blob that is here; `end` is inclusive. */
  read(sha256: Sha256, range?: { start: number; end: number }): Readable
}

/** Opens the store in a folder, making it when it is not there. */
export async function folderBlobs(folder: string, newName: () => string): Promise<BlobStore> {
  const aside = join(folder, 'aside')
  await rm(aside, { recursive: true, force: true }) // what a killed hub left half-written
  await mkdir(aside, { recursive: true })
  const path = (sha256: Sha256) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

  const place = async (from: string, sha256: Sha256): Promise<void> => {
    const to = path(sha256)
    await mkdir(dirname(to), { recursive: true })
    await rename(from, to)
    await syncFolder(dirname(to))
  }

  return {
    path,
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const part = join(aside, newName())
      try {
        if ((await sizeOf(path(sha256))) === bytes.byteLength && (await touch(path(sha256))))
          return ok(sha256)
        const file = await open(part, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await place(part, sha256)
        return ok(sha256)
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined)
        return diskFault(error)
      }
    },
    async adopt(from, sha256) {
      try {
        const hash = createHash('sha256')
        for await (const chunk of createReadStream(from)) hash.update(chunk as Buffer)
        if (hash.digest('hex') !== sha256) return failed('invalid', { params: { field: 'sha256' } })
        await place(from, sha256)
        return ok(sha256)
      } catch (error) {
        return diskFault(error)
      }
    },
    async forget(sha256, since) {
      // Aside first: who stores the same bytes now writes a file of their own.
      const going = join(aside, newName())
      try {
        await rename(path(sha256), going)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
        throw error
      }
      const { mtimeMs, size } = await stat(going)
      if (mtimeMs > since) await place(going, sha256)
      else await wipe(going, size)
    },
    size: sha256 => sizeOf(path(sha256)),
    read: (sha256, range) => createReadStream(path(sha256), range),
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Notes that it was stored once more. False: it went meanwhile. */
async function touch(path: string): Promise<boolean> {
  try {
    const now = new Date()
    await utimes(path, now, now)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

const ZEROS = Buffer.alloc(256 * 1024)

/** Zeros over the bytes, as far as the disk writes where it is told to, then away with the name. */
async function wipe(path: string, size: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    for (let at = 0; at < size; at += ZEROS.length)
      await file.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at)
    await file.sync()
  } finally {
    await file.close()
  }
  await rm(path)
  await syncFolder(dirname(path))
}

/** Makes a rename survive a power cut. Windows has no such thing for folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A full disk is expected and can be mended; anything else the disk says is told as it is. */
export function diskFault(error: unknown): Result<never> {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (['ENOSPC', 'EDQUOT'].includes(code)) return failed('disk-full')
  if (error instanceof Error && code) return failed('disk-failed', { detail: code })
  throw error
}
