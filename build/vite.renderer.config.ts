// The renderer's one Vite configuration: electron-vite uses it for packages, the browser preview and `npm run dev` use it alone.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The letters of the first sight are asked for with the page, not when its words are laid out: they would be laid out twice. */
const firstLetters: Plugin = {
  name: 'skein-first-letters',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const font = Object.keys(bundle).find(name => /inter-latin-wght-normal-[^/]*\.woff2$/.test(name))
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '' }
      return font ? [{ tag: 'link', attrs: { ...attrs, href: `./${font}` }, injectTo: 'head' }] : []
    },
  },
}

export const rendererConfig: UserConfig = {
  root: `${root}renderer`,
  base: './',
  plugins: [react(), firstLetters],
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
