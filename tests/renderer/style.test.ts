// Colour, type, corners, depth, motion and layers are tokens; a component only names them. Its own geometry may stand with it.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const renderer = fileURLToPath(new URL('../../renderer', import.meta.url))
const read = (path: string): string => readFileSync(join(renderer, path), 'utf8')
const tokens = read('app/tokens.css')
const sheets = globSync('**/*.css', { cwd: renderer })
  .filter(path => !path.endsWith('tokens.css'))
  .sort()
  .map(path => [path, read(path)] as const)

/** A number with a unit, other than lines of up to 3 pixels and delays (`.15s backwards`). */
const hard = /(?<![\w.])(?!0|1px|1\.5px|2px|3px)\d*\.?\d+(px|em|rem|ms)\b/

const bare = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '')
/** Conditions cannot name tokens. */
const withoutConditions = (css: string): string => bare(css).replace(/@(media|container)[^{]*\{/g, '{')

it('reads the sheets themselves', () => {
  expect(tokens).toContain('--surface:')
  expect(sheets.every(([, css]) => css.includes('{'))).toBe(true)
})

describe.each(sheets)('%s', (_path, css) => {
  it('has no colour of its own', () => {
    // Black in a mask is not a colour: it says what stays visible.
    expect(
      withoutConditions(css)
        .replace(/mask[\w-]*:[^;]+;/g, '')
        .match(/#[0-9a-f]{3,8}\b|\b(rgb|rgba|hsl|oklch)\(/gi) ?? [],
    ).toEqual([])
  })

  it('takes type, corners, depth, motion and layers from the tokens', () => {
    const declared = [
      ...bare(css).matchAll(
        /(?<![\w-])(font-size|line-height|font-weight|border-radius|box-shadow|z-index|transition|animation)\s*:\s*([^;}]+)/g,
      ),
    ]
    const own = declared.filter(([, name, value]) =>
      (name === 'z-index' ? /[1-9]/ : hard).test(value!.replace(/var\([^)]*\)/g, '')),
    )
    expect(own.map(([, name, value]) => `${name}: ${value!.trim()}`)).toEqual([])
  })

  it('names only tokens that exist, or properties set in the same place', () => {
    const own = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name))
    const carried = new Set(['--ch', '--ch-text', '--ch-tint'])
    const named = [...bare(css).matchAll(/var\((--[\w-]+)(\s*,)?/g)]
      .filter(([, , fallback]) => !fallback)
      .map(([, name]) => name!)
    const unknown = named.filter(
      name =>
        !own.has(name) && !carried.has(name) && !name.startsWith('--radix-') && !tokens.includes(`${name}:`),
    )
    expect(unknown).toEqual([])
  })
})
