// npm run dev: the demonstration's hub (start again after changing the hub or the core) and the desk in a browser with Vite's hot
// replacement. Open the address it prints.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './bundles.ts'
import { onEnd } from './child.ts'
import { startDemonstration, usualFolder } from './demonstration.ts'
import { openPreview, signIn } from './open-desk.ts'

const { values } = parseArgs({
  options: { data: { type: 'string', default: usualFolder }, port: { type: 'string', default: '0' } },
})
const folder = resolve(values.data)
const { url, account, hub } = await startDemonstration(folder)
const desk = await openPreview(
  { profile: join(folder, 'desk-dev'), hub: url, port: Number(values.port) },
  join(root, 'build/vite.renderer.config.ts'),
)
onEnd(async () => {
  await desk.close()
  await hub.stop()
})
await signIn(desk, { hubUrl: url, ...account })
console.log(JSON.stringify({ ready: true, url: desk.url, hub: url }))
