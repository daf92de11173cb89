// node build/scripts/widget.ts: the chat widget as the one script that pages load, out/widget/widget.js. A hub that is shipped
// brings this file along; one that runs from its sources makes it when it is first asked for (server/channels/chat/bundle.ts).
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'

const root = join(import.meta.dirname, '../..')
const widget = join(root, 'server/channels/chat/widget')
const folder = join(root, 'out/widget')

const output = (await build({
  configFile: false,
  root: widget,
  logLevel: 'silent',
  publicDir: false,
  build: {
    write: false,
    target: 'es2020',
    minify: 'oxc',
    modulePreload: false,
    rolldownOptions: {
      input: join(widget, 'main.ts'),
      output: { format: 'iife', codeSplitting: false },
    },
  },
})) as Rolldown.RolldownOutput

// Several hubs of one checkout may ask at once: each puts a whole file in place.
const aside = join(folder, `widget.${process.pid}.part`)
await mkdir(folder, { recursive: true })
await writeFile(aside, output.output[0].code)
await rename(aside, join(folder, 'widget.js'))
