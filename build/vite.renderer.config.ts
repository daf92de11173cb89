// The renderer's one Vite configuration: electron-vite uses it for packages, the browser preview and `npm run dev` use it alone.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

export const rendererConfig: UserConfig = {
  root: `${root}renderer`,
  base: './',
  plugins: [react()],
  // `#shared/*` is resolved by package.json "imports"; fonts and shared/ lie beside the renderer's own folder.
  server: { host: '127.0.0.1', fs: { allow: [root] } },
  build: {
    outDir: `${root}out/renderer`,
    emptyOutDir: true,
    target: 'chrome150',
    modulePreload: { polyfill: false },
    // A font or picture inlined as data: would need a wider CSP than the page has.
    assetsInlineLimit: 0,
    // One sheet for all parts, so that what comes later in it does not depend on what was read first.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 4_000, // read from this machine's disk, not from a network
    rollupOptions: { input: `${root}renderer/index.html` },
  },
}

export default defineConfig(rendererConfig)
