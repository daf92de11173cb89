// Where the preview's page comes from: the built renderer, or Vite while developing.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { readPageFile } from '../page/files.ts'
import { pageHeaders } from '../page/headers.ts'

export interface Pages {
  answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>
  close(): Promise<void>
}

/** Serves a built renderer (`out/renderer`). */
export const builtPages = (folder: string): Pages => ({
  async answer(_request, response, url) {
    const file = await readPageFile(folder, url.pathname)
    if (file === undefined) return void response.writeHead(404, pageHeaders()).end()
    response.writeHead(200, { ...pageHeaders(), 'Content-Type': file.type }).end(file.body)
  },
  close: async () => {},
})

/**
 * Serves the renderer's sources through Vite, with hot replacement over the preview's own server.
 * @param configFile the renderer's Vite configuration
 */
export const developmentPages = async (configFile: string, server: Server): Promise<Pages> => {
  // Vite belongs to development only: a packaged desk has neither it nor this folder.
  const { createServer } = await import('vite')
  const placeholder = 'skein-script-nonce'
  const vite = await createServer({
    configFile,
    base: '/',
    appType: 'custom',
    html: { cspNonce: placeholder },
    server: { middlewareMode: true, ws: { server } },
  })
  const index = join(vite.config.root, 'index.html')
  return {
    async answer(request, response, url) {
      if (url.pathname === '/') {
        const nonce = randomBytes(16).toString('base64')
        const html = await vite.transformIndexHtml(url.pathname, await readFile(index, 'utf8'))
        response.writeHead(200, {
          ...pageHeaders({ scriptNonce: nonce }),
          'Content-Type': 'text/html; charset=utf-8',
        })
        return void response.end(html.replaceAll(placeholder, nonce))
      }
      for (const [name, value] of Object.entries(pageHeaders())) response.setHeader(name, value)
      vite.middlewares(request, response, () => void response.writeHead(404).end())
    },
    close: () => vite.close(),
  }
}
