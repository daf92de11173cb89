// node build/bin/run.mjs build/scripts/seed-past.ts DIR
// The long past of a demonstration, made beside its serving hub and more slowly than it could be; ends when it is whole.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { playPast } from '../../server/demo/play.ts'
import { openStage } from '../../server/demo/stage.ts'

const data = process.argv[2]
if (!data) {
  console.error('seed-past.ts DIR: the data folder of a demonstration that is being served.')
  process.exit(1)
}
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    stopping = true
  })
setPriority(5)
process.env.PGOPTIONS ??= '-c synchronous_commit=off'

const file = join(data, 'demo-past')
const begun = Number(await readFile(file, 'utf8').catch(() => '0')) || 0
const stage = await openStage(data)
try {
  let worked = process.cpuUsage()
  let at = Date.now()
  await playPast(stage, Date.now(), {
    begun,
    async save(count) {
      await writeFile(`${file}.new`, String(count))
      await rename(`${file}.new`, file)
    },
    // Half of the time it does nothing.
    async rest() {
      await new Promise(resolve => setTimeout(resolve, Math.min(500, Date.now() - at)))
      at = Date.now()
      return !stopping
    },
  })
  worked = process.cpuUsage(worked)
  if (process.env.SKEIN_LOG === 'debug')
    console.error(`the past: ${Math.round((worked.user + worked.system) / 1e6)} s of processor time`)
} finally {
  await stage.close()
}
