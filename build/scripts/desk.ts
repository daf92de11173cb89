// npm run desk -- [--browser] [--hub URL] [--profile DIR] [--port N] [--key-file FILE]
// Opens a desk: in Electron where that is possible, else (or with --browser) as a preview for a browser of this machine.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { KeyProblem } from '../../electron/preview/key.ts'
import { root } from './bundles.ts'
import { onEnd } from './child.ts'
import { findElectron, whyNoElectron } from './electron-binary.ts'
import { type DeskArguments, openElectron, openPreview } from './open-desk.ts'
import { sentenceOf } from './sentences.ts'

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      browser: { type: 'boolean', default: false },
      hub: { type: 'string' },
      profile: { type: 'string' },
      port: { type: 'string' },
      'key-file': { type: 'string' },
    },
  })
  const options: DeskArguments = {
    profile: values.profile ?? join(root, '.skein', 'desk'),
    hub: values.hub,
    port: values.port === undefined ? undefined : Number(values.port),
    keyFile: values['key-file'],
  }
  if (
    options.port !== undefined &&
    !(Number.isInteger(options.port) && options.port >= 0 && options.port < 65536)
  )
    throw new KeyProblem('--port takes a number from 0 to 65535.')
  const electron = values.browser ? undefined : findElectron()
  const obstacle =
    electron === undefined ? 'its program is not here (npx install-electron fetches it)' : whyNoElectron()
  if (electron !== undefined && obstacle === undefined) {
    console.error('Opening the desk in Electron.')
    const child = openElectron(electron, options)
    onEnd(child.stop)
    process.exitCode = (await child.ended) ?? 0
    return
  }
  if (!values.browser)
    console.error(`Opening the desk as a browser preview: Electron cannot run here, ${obstacle}.`)
  const desk = await openPreview(options)
  onEnd(desk.close)
  // For whoever started it: one line of JSON.
  console.log(JSON.stringify({ ready: true, url: desk.url }))
}

main().catch(error => {
  console.error(sentenceOf(error))
  process.exit(1)
})
