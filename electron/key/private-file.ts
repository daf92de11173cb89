// Small secret files: readable by their owner only, replaced in one step, on disk before anybody relies on them.
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** @returns the text, or undefined when there is no such file; other errors (no permission, I/O) are thrown */
export const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes with mode 0600, through a neighbour and a rename: a crash leaves the old file or the new, never half of one. */
export const writePrivately = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const neighbour = `${path}.${randomBytes(4).toString('hex')}`
  const file = await open(neighbour, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(neighbour, path)
}
