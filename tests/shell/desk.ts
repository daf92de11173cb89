// Starts the shell on the double, with a small page of its own, for the tests beside this file.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { runShell } from '../../electron/shell/shell.ts'
import { createElectron, type DoubleOptions, type ElectronDouble } from './double/electron.ts'
import type { WindowDouble } from './double/window.ts'

const root = join(import.meta.dirname, '..', '..')

/** The preloads as packages have them: one CommonJS file each. @returns their folder */
export const buildPreloads = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'skein-preload-'))
  for (const [name, input] of Object.entries({
    index: 'electron/preload.ts',
    passphrase: 'electron/shell/passphrase-preload.ts',
  }))
    await build({
      configFile: false,
      root,
      logLevel: 'silent',
      build: {
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: {
          input: join(root, input),
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: `${name}.cjs` },
        },
      },
    })
  return folder
}

export interface StartOptions extends DoubleOptions {
  preloads: string
  /** A core's entry; the echo core when left out. */
  core?: string
  /** A built renderer; a small page of the tests' own when left out. */
  renderer?: string
  argv?: string[]
  /** Runs before the shell: what lay on the disk already. */
  before?(double: ElectronDouble): Promise<void> | void
}

export interface ShellUnderTest extends ElectronDouble {
  /** Resolves when the first window is there. */
  window(): Promise<WindowDouble>
  /** The page of the first window, once it has been loaded and shown. */
  page(): Promise<Page>
  ran: Promise<void>
  end(): Promise<void>
}

const html = `<!doctype html><meta charset="utf-8"><title>desk</title><script type="module" src="./app.js"></script>
<a id="out" href="https://example.com/page" target="_blank">out</a><a id="away" href="https://example.com/away">away</a>
<iframe id="mail" sandbox="allow-same-origin" srcdoc="<a id=link href='https://example.com/mail'>mail</a>"></iframe>`

// Keeps what arrives over the port, as the renderer's bridge would.
const script = `
globalThis.heard = []
globalThis.went = []
addEventListener('message', event => {
  if (event.source !== window || event.data !== 'skein:port') return
  const port = event.ports[0]
  globalThis.port = port
  port.onmessage = ({ data }) => heard.push(data)
  port.addEventListener('close', () => skein.connect())
  port.postMessage('hello')
})
skein.onNavigate(to => went.push(to))
skein.connect()
`

const smallPage = async (userData: string): Promise<string> => {
  const folder = join(userData, 'page')
  await mkdir(folder)
  await writeFile(join(folder, 'index.html'), html)
  await writeFile(join(folder, 'app.js'), script)
  return folder
}

export const startShell = async (options: StartOptions): Promise<ShellUnderTest> => {
  const double = await createElectron(options)
  const renderer = options.renderer ?? (await smallPage(double.userData))
  await options.before?.(double)
  const ran = runShell(double.electron, {
    preload: join(options.preloads, 'index.cjs'),
    passphrasePreload: join(options.preloads, 'passphrase.cjs'),
    renderer,
    core: options.core ?? join(import.meta.dirname, 'double', 'echo-core.ts'),
    icon: 'icon.png',
    trayIcon: 'tray.png',
    argv: options.argv ?? [],
  })
  const window = (): Promise<WindowDouble> => until(() => double.windows[0])
  return {
    ...double,
    ran,
    window,
    async page() {
      const first = await window()
      await until(() => first.shown || undefined)
      return first.webContents.page!
    },
    async end() {
      await ran.catch(() => {})
      await double.close()
    },
  }
}

/** Asks again, a little later each time, until there is an answer; the test's own time limit ends it. */
export const until = async <T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })

declare global {
  interface Window {
    skein: { connect(): void; popOut(place: { customerId: string; conversationId: string }): void }
    heard: unknown[]
    went: unknown[]
    port: MessagePort
  }
}
