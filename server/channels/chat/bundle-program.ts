// Writes the widget as one script to standard output: node bundle-program.ts. See bundle.ts.
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'

const output = (await build({
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'silent',
  publicDir: false,
  build: {
    write: false,
    target: 'es2020',
    minify: 'oxc',
    modulePreload: false,
    rolldownOptions: {
      input: join(import.meta.dirname, 'widget/main.ts'),
      output: { format: 'iife', codeSplitting: false },
    },
  },
})) as Rolldown.RolldownOutput
const [entry] = output.output
process.stdout.write(entry.code)
