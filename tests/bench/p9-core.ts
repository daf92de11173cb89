// The desk's core and the preview of its page in a process of their own, as in Electron's utility process: what P9 weighs.
import { readdirSync } from 'node:fs'
import type { Port } from '#shared/ipc/port.ts'
import { type Core, startCore } from '../../electron/core/start.ts'
import { startPreview } from '../../electron/preview/host.ts'
import { replicaKey } from './fill.ts'
import { ownMemory } from './own-memory.ts'
import type { CoreSays, CoreWeight } from './p9-parts.ts'

const [profileDir = '', folder = ''] = process.argv.slice(2)
const say = (message: CoreSays): void => void process.send?.(message)

// The page is read while the core opens its replica, as the shell does it.
const early: Port[] = []
let core: Core | undefined
const preview = await startPreview({
  connect: port => (core ? core.connect(port) : void early.push(port)),
  renderer: { folder },
})
core = await startCore({ profileDir, key: replicaKey, device: { name: 'bench', platform: 'bench' } })
for (const port of early) core.connect(port)

const weigh = (): CoreWeight => {
  for (let n = 0; n < 3; n++) globalThis.gc?.()
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
  return {
    rss,
    heapUsed,
    heapTotal,
    external,
    own: ownMemory('self'),
    handles: readdirSync('/proc/self/fd').length,
  }
}

process.on('message', async message => {
  if (message === 'weigh') say({ weight: weigh() })
  if (message === 'close') {
    await preview.close()
    await core?.close()
    process.exit(0)
  }
})
say({ url: preview.url })
