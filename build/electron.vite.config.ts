// Builds the package's bundles: main and core (ES modules, plain Node), the preloads (CommonJS, each in one file: a sandboxed
// preload can load nothing), the renderer. All is bundled but the native SQLite, so a package carries one node module.
import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { rendererConfig } from './vite.renderer.config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
// ws tries its two optional accelerators and does without.
const left = [/^electron(\/.+)?$/, 'better-sqlite3', 'bufferutil', 'utf-8-validate']

const icons: Plugin = {
  name: 'skein-icons',
  closeBundle() {
    for (const name of ['icon.png', 'tray.png', 'tray@2x.png', 'trayTemplate.png', 'trayTemplate@2x.png'])
      cpSync(`${root}build/icons/${name}`, `${root}out/icons/${name}`)
  },
}

export default defineConfig({
  main: {
    root,
    plugins: [icons],
    build: {
      externalizeDeps: false,
      outDir: `${root}out/main`,
      rollupOptions: {
        external: left,
        input: { index: `${root}electron/shell/main.ts`, core: `${root}electron/core/main.ts` },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[hash].js' },
      },
    },
  },
  preload: {
    root,
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      outDir: `${root}out/preload`,
      rollupOptions: {
        external: left,
        input: {
          index: `${root}electron/preload.ts`,
          passphrase: `${root}electron/shell/passphrase-preload.ts`,
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
})
