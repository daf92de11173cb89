// Builds what is older than its sources, and nothing else.
import { spawnSync } from 'node:child_process'
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { putInPlace } from './put-in-place.ts'

export const root = join(import.meta.dirname, '..', '..')

const rendererSources = ['renderer', 'shared', 'build/vite.renderer.config.ts', 'package-lock.json']
const shellSources = [...rendererSources, 'electron', 'build/electron.vite.config.ts', 'build/icons']

/**
 * Safe from several processes at once, and under pages that are open.
 * @returns the built renderer's folder; @throws when the build fails (its errors are on stderr)
 */
export const ensureRenderer = (): string => {
  const folder = join(root, 'out/renderer')
  alone(() => {
    if (!isStale(join(folder, 'index.html'), rendererSources)) return
    const next = join(root, 'out/renderer-next')
    const begun = new Date()
    run('node_modules/vite/bin/vite.js', [
      'build',
      '--config',
      'build/vite.renderer.config.ts',
      '--outDir',
      next,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ])
    // What is edited while it is built is newer than it.
    utimesSync(join(next, 'index.html'), begun, begun)
    putInPlace(next, folder)
  })
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

/** One process builds, the others wait for it; who died while building is not waited for. */
function alone(build: () => void): void {
  const lock = join(root, 'out/building')
  mkdirSync(join(root, 'out'), { recursive: true })
  const pause = new Int32Array(new SharedArrayBuffer(4))
  // Written first and linked then: whoever sees the lock can read whose it is.
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  for (;;)
    try {
      linkSync(mine, lock)
      rmSync(mine)
      break
    } catch {
      if (!isRunning(Number(readOr(lock, '')))) rmSync(lock, { force: true })
      else Atomics.wait(pause, 0, 0, 200)
    }
  try {
    build()
  } finally {
    rmSync(lock, { force: true })
  }
}

function readOr(file: string, other: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return other
  }
}

function isRunning(pid: number): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
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
    // Whoever asks: under a runner of tests React would come in the form that it has for developers.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error(`${script} ${args[0]} failed`)
}
