/**
 * The widget as the one file that pages load: built from its TypeScript when it is first asked for, by a process of its own,
 * so that the hub neither keeps a bundler in memory nor ships a generated file.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

export interface WidgetScript {
  code: string
  gzipped: Uint8Array
  etag: string
}

const MOST = 4 * 1024 * 1024
let built: Promise<WidgetScript> | undefined

/** Rejects when the bundler is not installed or the widget does not build; the next request tries again. */
export function widgetScript(): Promise<WidgetScript> {
  built ??= build().catch(error => {
    built = undefined
    throw error
  })
  return built
}

async function build(): Promise<WidgetScript> {
  const program = join(import.meta.dirname, 'bundle-program.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [program], { maxBuffer: MOST })
  return {
    code: stdout,
    gzipped: gzipSync(stdout, { level: 9 }),
    etag: `"${createHash('sha256').update(stdout).digest('base64url').slice(0, 22)}"`,
  }
}
