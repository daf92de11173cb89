// Builds the package's four bundles: main and core (ES modules, plain Node), preload (CommonJS: a sandboxed preload
// knows no modules), renderer. Everything is bundled except the native SQLite, so a package carries one node module.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import { rendererConfig } from './vite.renderer.config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const native = ['electron', 'better-sqlite3', 'bufferutil', 'utf-8-validate']

export default defineConfig({
  main: {
    root,
    build: {
      externalizeDeps: false,
      outDir: `${root}out/main`,
      sourcemap: 'hidden',
      rollupOptions: {
        external: native,
        input: { index: `${root}electron/shell/main.ts`, core: `${root}electron/core/main.ts` },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[hash].js' },
      },
    },
  },
  preload: {
    root,
    build: {
      externalizeDeps: false,
      outDir: `${root}out/preload`,
      rollupOptions: {
        external: ['electron'],
        input: { index: `${root}electron/preload.ts` },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
})
