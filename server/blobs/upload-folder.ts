/** Uploads under way, as files: `<id>.part` holds the bytes, `<id>.json` what was announced. Survives a restart of the hub. */
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DataStore, ERRORS, Upload } from '@tus/server'
import { z } from 'zod'

const Announced = z.object({
  size: z.int().nonnegative(),
  createdAt: z.string(),
  metadata: z.record(z.string(), z.string().nullable()),
})

/** An upload nobody has finished after this long is thrown away. Milliseconds. */
const ABANDONED = 7 * 86_400_000

export class UploadFolder extends DataStore {
  readonly #folder: string

  private constructor(folder: string) {
    super()
    this.#folder = folder
    this.extensions = ['creation', 'creation-with-upload', 'termination']
  }

  static async open(folder: string, now: number): Promise<UploadFolder> {
    await mkdir(folder, { recursive: true })
    const uploads = new UploadFolder(folder)
    for (const name of await readdir(folder)) {
      const { mtimeMs } = await stat(join(folder, name))
      if (now - mtimeMs > ABANDONED) await rm(join(folder, name), { force: true })
    }
    return uploads
  }

  path(id: string): string {
    return join(this.#folder, `${id}.part`)
  }

  override async create(upload: Upload): Promise<Upload> {
    if (upload.size === undefined) throw ERRORS.INVALID_LENGTH
    const createdAt = new Date().toISOString()
    const { id, size, metadata = {} } = upload
    const announced = { size, createdAt, metadata }
    await writeFile(this.path(upload.id), '', { flag: 'wx', mode: 0o600 })
    const aside = `${this.#info(upload.id)}.new`
    await writeFile(aside, JSON.stringify(announced), { mode: 0o600, flush: true })
    await rename(aside, this.#info(upload.id))
    return new Upload({ id, size, metadata, offset: 0, creation_date: createdAt })
  }

  override async getUpload(id: string): Promise<Upload> {
    if (!/^[\w-]{1,100}$/.test(id)) throw ERRORS.FILE_NOT_FOUND
    try {
      const announced = Announced.parse(JSON.parse(await readFile(this.#info(id), 'utf8')))
      const { size: offset } = await stat(this.path(id))
      const { size, metadata, createdAt } = announced
      return new Upload({ id, size, offset, metadata, creation_date: createdAt })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw ERRORS.FILE_NOT_FOUND
      throw error
    }
  }

  /** Appends at `offset`. What arrived before a connection broke is kept: that is what makes it resumable. */
  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    const target = createWriteStream(this.path(id), { flags: 'r+', start: offset })
    await pipeline(readable, target)
    const file = await open(this.path(id), 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    return offset + target.bytesWritten
  }

  override async remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true })
    await rm(this.#info(id), { force: true })
  }

  #info(id: string): string {
    return join(this.#folder, `${id}.json`)
  }
}
