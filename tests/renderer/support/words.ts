// The words of the desk without the desk: its own gathering of them (renderer/app/i18n.ts) belongs to the page.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Words } from '../../../renderer/app/words-of.ts'

const renderer = join(import.meta.dirname, '../../../renderer')

/** Of every feature, in both languages. */
export const allWords: readonly Words[] = await Promise.all(
  globSync('**/{words,*.words}.ts', { cwd: renderer }).map(async path => {
    const { words } = (await import(pathToFileURL(join(renderer, path)).href)) as { words: Words }
    return words
  }),
)
