// A built page takes the place of an older one under whoever runs: tests in other processes, a desk that is open in a browser.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A page that is open may ask for a part it has not read yet. Milliseconds. */
const KEPT = 60 * 60 * 1000

/**
 * Moves a build into a folder that may be served meanwhile. Names of parts say what is in them, so old and new ones lie beside each other;
 * index.html comes last and at once. What an older build left stays for an hour.
 *
 * @param next the build; gone afterwards
 */
export function putInPlace(next: string, folder: string, now = Date.now()): void {
  const parts = filesOf(next).filter(part => part !== 'index.html')
  for (const part of [...parts, 'index.html']) {
    mkdirSync(dirname(join(folder, part)), { recursive: true })
    renameSync(join(next, part), join(folder, part))
  }
  rmSync(next, { recursive: true })
  const ours = new Set([...parts, 'index.html'])
  for (const part of filesOf(folder))
    if (!ours.has(part) && statSync(join(folder, part)).mtimeMs < now - KEPT) rmSync(join(folder, part))
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
