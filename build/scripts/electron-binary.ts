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

/** Tries to fetch it, for at most half a minute. @returns as findElectron, afterwards */
export const fetchElectron = (): string | undefined => {
  spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    cwd: root,
    stdio: 'ignore',
    timeout: 30_000,
  })
  return findElectron()
}

/** Electron shows windows: on Linux it needs a display, and its sandbox does not start as root. */
export const whyNoElectron = (): string | undefined => {
  if (process.platform !== 'linux') return undefined
  if (process.getuid?.() === 0) return 'its sandbox does not run as root'
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  return undefined
}
