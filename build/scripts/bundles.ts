// Builds what is older than its sources, and nothing else.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

const rendererSources = ['renderer', 'shared', 'build/vite.renderer.config.ts', 'package-lock.json']
const shellSources = [...rendererSources, 'electron', 'build/electron.vite.config.ts', 'build/icons']

/** @returns the built renderer's folder; @throws when the build fails (its errors are on stderr) */
export const ensureRenderer = (): string => {
  const folder = join(root, 'out/renderer')
  if (isStale(join(folder, 'index.html'), rendererSources))
    run('node_modules/vite/bin/vite.js', [
      'build',
      '--config',
      'build/vite.renderer.config.ts',
      '--logLevel',
      'warn',
    ])
  return folder
}

/** Everything that Electron runs; @throws when the build fails */
export const ensureDesk = (): void => {
  if (
    isStale(join(root, 'out/main/index.js'), shellSources) ||
    isStale(join(root, 'out/renderer/index.html'), rendererSources)
  )
    run('node_modules/electron-vite/bin/electron-vite.js', [
      'build',
      '--config',
      'build/electron.vite.config.ts',
      '--logLevel',
      'warn',
    ])
}

const isStale = (result: string, sources: string[]): boolean => {
  const built = statSync(result, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return sources.some(source => newest(join(root, source)) > built)
}

const newest = (path: string): number => {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => entry.name !== 'node_modules' && !/\.test\.tsx?$/.test(entry.name))
    .reduce((latest, entry) => Math.max(latest, newest(join(path, entry.name))), 0)
}

const run = (script: string, args: string[]): void => {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error(`${script} ${args[0]} failed`)
}
