// That both languages have the same words with the same figures in them is said beside them (renderer/app/words.test.ts).
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allWords } from '../support/words.ts'

const root = join(import.meta.dirname, '../../..')
const sources = globSync('{renderer,shared,electron/shell}/**/*.{ts,tsx}', { cwd: root }).filter(
  path => !/(^|[./])words\.ts$|\.test\.tsx?$/.test(path),
)
const texts = sources.map(path => readFileSync(join(root, path), 'utf8'))
const quoted = new Set(
  texts.flatMap(text => [...text.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, key]) => key!)),
)
/** Keys of an object stand without quotes. */
const named = new Set(texts.flatMap(text => [...text.matchAll(/\b(\w+)\??:/g)].map(([, key]) => key!)))
const patterns = [
  ...new Set(
    texts.flatMap(text => [...text.matchAll(/`([\w.${}()[\]?!' -]*\$\{[^`]*)`/g)].map(([, key]) => key!)),
  ),
]
  .map(template => template.split(/\$\{[^}]*\}/))
  .filter(parts => parts.some(part => /[a-z]/.test(part)) && parts.every(part => /^[\w.-]*$/.test(part)))
  .map(parts => new RegExp(`^${parts.map(part => part.replaceAll('.', '\\.')).join('.+')}$`))

const isSaid = (key: string): boolean =>
  quoted.has(key) || named.has(key) || patterns.some(pattern => pattern.test(key))

describe('the words of the desk', () => {
  it('are all said somewhere', () => {
    const unsaid = allWords.flatMap(({ name, zh }) =>
      Object.keys(zh)
        .map(key => key.replace(/_(one|other)$/, ''))
        .filter(key => !isSaid(key))
        .map(key => `${name}: ${key}`),
    )
    expect(unsaid).toEqual([])
  })

  it('write figures, lists and the order of names by the language: nothing is formatted by hand', () => {
    const byHand = sources.flatMap((path, index) =>
      path.startsWith('renderer/') && !/^renderer\/ui\/(numbers|time|size)\.ts$/.test(path)
        ? [...texts[index]!.matchAll(/\.(toLocale(?:Date|Time)?String|localeCompare)\(('en'|\)|[^l)])/g)].map(
            ([what]) => `${path}: ${what}`,
          )
        : [],
    )
    expect(byHand).toEqual([])
  })
})
