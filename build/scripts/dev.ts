// npm run dev: the demonstration's hub (start again after changing the hub or the core) and the desk in a browser with Vite's hot
// replacement. Open the address it prints.
import { join } from 'node:path'
import { root } from './bundles.ts'
import { onEnd } from './child.ts'
import { startDemonstration, usualFolder } from './demonstration.ts'
import { openPreview, signIn } from './open-desk.ts'

const { url, account, hub } = await startDemonstration(usualFolder)
const desk = await openPreview(
  { profile: join(usualFolder, 'desk-dev'), hub: url, port: Number(process.env.PORT ?? 0) },
  join(root, 'build/vite.renderer.config.ts'),
)
onEnd(async () => {
  await desk.close()
  await hub.stop()
})
await signIn(desk, { hubUrl: url, ...account })
console.log(JSON.stringify({ ready: true, url: desk.url, hub: url }))
