// The browser preview: the same renderer, contract and core as in Electron, served to one browser of this machine on loopback.
// For machines without a display or an Electron binary, and for the end-to-end tests. Never part of a package.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Port } from '#shared/ipc/port.ts'
import { pageHeaders } from '../page/headers.ts'
import { createGate, type Gate } from './gate.ts'
import { builtPages, developmentPages, type Pages } from './pages.ts'
import { webSocketPort } from './port.ts'

export interface PreviewOptions {
  /** Serves the contract to one page: `core.connect`. */
  connect(port: Port): void
  /** The built renderer's folder, or the Vite configuration that serves its sources. */
  renderer: { folder: string } | { viteConfig: string }
  /** 0 picks a free one. */
  port?: number
}

export interface Preview {
  /** The one-time address to open first. */
  url: string
  origin: string
  /** Another one-time address, for another browser. */
  entrance(): string
  close(): Promise<void>
}

/** No request of a page comes near it; a larger one is a mistake or an attack. */
const largestMessage = 64 * 1024 * 1024

/** Serves until closed. @throws when the port is taken */
export const startPreview = async (options: PreviewOptions): Promise<Preview> => {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const gate = createGate((server.address() as AddressInfo).port)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage })
  // Before Vite, so that its own upgrade handler sees only what this one leaves alone.
  server.on('upgrade', (request, socket, head) => {
    if (request.headers['sec-websocket-protocol']?.startsWith('vite-') && 'viteConfig' in options.renderer)
      return
    if (
      request.url !== '/port' ||
      !gate.rightHost(request) ||
      !gate.rightOrigin(request) ||
      !gate.admitted(request)
    )
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) =>
      options.connect(webSocketPort(webSocket)),
    )
  })
  const pages: Pages =
    'folder' in options.renderer
      ? builtPages(options.renderer.folder)
      : await developmentPages(options.renderer.viteConfig, server)
  server.on('request', (request, response) => {
    serve(gate, pages, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, pageHeaders())
      response.end()
    })
  })
  return {
    url: gate.entrance(),
    origin: gate.origin,
    entrance: gate.entrance,
    async close() {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      await pages.close()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

const serve = async (
  gate: Gate,
  pages: Pages,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const refuse = (status: number, sentence: string): void =>
    void response
      .writeHead(status, { ...pageHeaders(), 'Content-Type': 'text/plain; charset=utf-8' })
      .end(`${sentence}\n`)
  if (!gate.rightHost(request)) return refuse(421, 'This preview answers only to its own address.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(405, 'Only reading is possible here.')
  const url = new URL(request.url ?? '/', gate.origin)
  if (url.pathname === '/enter') {
    const cookie = gate.admit(url.searchParams.get('token'))
    if (cookie !== undefined) response.setHeader('Set-Cookie', cookie)
    else if (!gate.admitted(request))
      return refuse(403, 'This address was used before. Start the desk again for a new one.')
    // The token leaves the address bar and the history.
    return void response.writeHead(303, { ...pageHeaders(), Location: '/' }).end()
  }
  if (!gate.admitted(request)) return refuse(403, 'Open the address that the desk printed when it started.')
  await pages.answer(request, response, url)
}
