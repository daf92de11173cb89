/**
 * The widget as the one file that pages load. It is built by `node build/scripts/widget.ts` and shipped with the hub, which needs
 * no bundler then. Where the hub runs from its sources, the file is made anew when they are newer than it.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

export interface WidgetScript {
  code: string
  gzipped: Uint8Array
  etag: string
}

const root = join(import.meta.dirname, '../../..')
const shipped = join(root, 'out/widget/widget.js')
const program = join(root, 'build/scripts/widget.ts')

let loaded: Promise<WidgetScript> | undefined

/** Rejects when it was not shipped and cannot be built here; the next request tries again. */
export function widgetScript(): Promise<WidgetScript> {
  loaded ??= load().catch(error => {
    loaded = undefined
    throw error
  })
  return loaded
}

async function load(): Promise<WidgetScript> {
  if ((await changedAt(shipped)) < (await newestSource()))
    await promisify(execFile)(process.execPath, [program])
  const code = await readFile(shipped, 'utf8')
  return {
    code,
    gzipped: gzipSync(code, { level: 9 }),
    etag: `"${createHash('sha256').update(code).digest('base64url').slice(0, 22)}"`,
  }
}

/** Where there is no program to build it with, nothing is newer than what was shipped. */
async function newestSource(): Promise<number> {
  const own = await changedAt(program)
  if (own === 0) return 0
  const widget = join(import.meta.dirname, 'widget')
  const sources = (await readdir(widget)).map(name => join(widget, name))
  const all = await Promise.all([...sources, join(import.meta.dirname, 'protocol.ts')].map(changedAt))
  return Math.max(own, ...all)
}

/** Milliseconds; 0: it is not there. */
const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
