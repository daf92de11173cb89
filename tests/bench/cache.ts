/** Where benches keep what they fetch and install: outside git, kept between runs. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root =
  process.env.SKEIN_BENCH_CACHE ??
  fileURLToPath(new URL('../../node_modules/.cache/skein-bench', import.meta.url))

export function cacheFolder(...names: string[]): string {
  const folder = join(root, ...names)
  mkdirSync(folder, { recursive: true })
  return folder
}
