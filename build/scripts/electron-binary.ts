// Is there an Electron to run? Its npm package fetches the program itself from a place that not every machine can reach.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bundles.ts'

const program = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' } as Record<
  string,
  string
>

/** @returns the program, from ELECTRON_OVERRIDE_DIST_PATH or the npm package; undefined when it is not there */
export const findElectron = (): string | undefined => {
  const name = program[process.platform] ?? 'electron'
  return [process.env.ELECTRON_OVERRIDE_DIST_PATH, join(root, 'node_modules/electron/dist')]
    .filter(folder => folder !== undefined && folder !== '')
    .map(folder => join(folder!, name))
    .find(path => existsSync(path))
}

/**
 * Tries to fetch it: a few seconds to see whether its place answers, then as long as a slow line may take.
 * @returns as findElectron, afterwards
 */
export const fetchElectron = async (): Promise<string | undefined> => {
  const place = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/'
  const answers = await fetch(place, { method: 'HEAD', signal: AbortSignal.timeout(5_000) }).then(
    () => true,
    () => false,
  )
  if (!answers) return undefined
  const installer = join(root, 'node_modules/electron/install.js')
  spawnSync(process.execPath, [installer], { cwd: root, stdio: ['ignore', 2, 2], timeout: 300_000 })
  return findElectron()
}

/** Electron shows windows: on Linux it needs a display, and its sandbox does not start as root. */
export const whyNoElectron = (): string | undefined => {
  if (process.platform !== 'linux') return undefined
  if (process.getuid?.() === 0) return 'its sandbox does not run as root'
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  return undefined
}
