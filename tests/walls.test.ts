import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

// The import walls of docs/architecture.md. Biome enforces them where they are written; this shows that they hold, also
// for paths that lint patterns cannot follow.

const root = resolve(import.meta.dirname, '..')
const sides = ['shared', 'electron', 'renderer', 'server'] as const
type Side = (typeof sides)[number]

interface Import {
  from: string
  target: string
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/u.test(name) && !/\.test\.tsx?$/u.test(name))
    .map(name => join(folder, name))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/gu)].map(([, target]) => ({
    from: file,
    target: resolvedName(file, target!),
  }))
}

/** A path within the project, or a package's name. */
function resolvedName(file: string, target: string): string {
  if (target.startsWith('#shared/')) return `shared/${target.slice('#shared/'.length)}`
  if (target.startsWith('.')) return relative(root, resolve(root, file, '..', target))
  return target
}

const sideOf = (path: string): Side | undefined => sides.find(side => path.startsWith(`${side}/`))
const all = sides.flatMap(sources).flatMap(importsOf)

describe('import walls', () => {
  it.each(sides)('%s imports no other side but shared', side => {
    const crossing = all.filter(({ from, target }) => {
      const other = sideOf(target)
      return sideOf(from) === side && other !== undefined && other !== side && other !== 'shared'
    })
    expect(crossing).toEqual([])
  })

  it('shared imports zod only', () => {
    const outside = all.filter(({ from, target }) => sideOf(from) === 'shared' && sideOf(target) !== 'shared')
    expect([...new Set(outside.map(({ target }) => target))]).toEqual(['zod'])
  })

  it('only the shell and the preload import electron', () => {
    const importers = new Set(all.filter(({ target }) => target === 'electron').map(({ from }) => from))
    for (const file of importers) expect(file).toMatch(/^electron\/(shell\/|preload\.ts)/u)
  })

  it('channels never import one another', () => {
    const crossing = all.filter(({ from, target }) => {
      const own = /^server\/channels\/([^/]+)\//u.exec(from)?.[1]
      const other = /^server\/channels\/([^/]+)\//u.exec(target)?.[1]
      return own !== undefined && other !== undefined && own !== other
    })
    expect(crossing).toEqual([])
  })

  it('the renderer reaches the core through its bridge only', () => {
    const reaching = all.filter(({ from }) => sideOf(from) === 'renderer' && from !== 'renderer/bridge.ts')
    for (const { from } of reaching) {
      const text = readFileSync(join(root, from), 'utf8')
      expect(/window\.skein|new WebSocket|fetch\(/u.test(text), from).toBe(false)
    }
  })
})
