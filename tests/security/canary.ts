/**
 * Where every name of the world leads while hostile HTML is looked at (`--host-resolver-rules`): whoever connects is written down,
 * also by TLS, and when nothing is asked.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** Whom the browser itself calls, whatever a page holds. */
const BROWSER = /(?:^|\.)(?:google|googleapis|gstatic|gvt1)\.com(?::\d+)?$/

export interface Canary {
  /** Arguments that lead a Chromium's every name here; 127.0.0.1 itself, where our own parts listen, stays. */
  browserArgs: string[]
  /**
   * One line a connection, empty for the browser's own: what was asked and of whom, or `connected` when nothing was. A browser says whom it wants some milliseconds
   * after it is connected: those that may still say it are waited for.
   */
  seen(): Promise<string[]>
  close(): Promise<void>
}

/** A connection that said nothing for so long is one that was made ahead, and is told as that. */
const SILENT_MS = 1000

export async function startCanary(): Promise<Canary> {
  const seen: string[] = []
  const sockets = new Set<Socket>()
  /** Connections that have not said yet whom they want. */
  const silent = new Map<Socket, Promise<void>>()
  const server = createServer(socket => {
    const at = seen.push('connected') - 1
    sockets.add(socket)
    const { promise, resolve } = Promise.withResolvers<void>()
    const spoke = (): void => {
      silent.delete(socket)
      resolve()
    }
    silent.set(socket, promise)
    setTimeout(spoke, SILENT_MS).unref()
    socket.on('close', () => {
      sockets.delete(socket)
      spoke()
    })
    socket.on('error', () => undefined)
    let said = ''
    socket.on('data', data => {
      said += data.toString('latin1')
      const asked = /^([A-Z]+ \S+) HTTP/.exec(said)?.[1]
      const host = /\r\nHost: (\S+)/i.exec(said)?.[1]
      const name = host ?? serverName(said) ?? 'nobody'
      seen[at] = BROWSER.test(name) ? '' : `${asked ?? 'tls'} of ${name}`
      if (name === 'nobody') return // the rest of the greeting is to come
      spoke()
      if (!asked) return void socket.destroy()
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    seen: async () => {
      await Promise.all(silent.values())
      return [...seen]
    },
    browserArgs: [`--host-resolver-rules=MAP * 127.0.0.1:${port}, EXCLUDE 127.0.0.1`],
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Whom a TLS greeting is for: its server_name extension stands there as it is (RFC 6066, section 3). */
function serverName(greeting: string): string | undefined {
  for (const found of greeting.matchAll(/\0\0.{4}\0(..)(?=([\w.-]+))/gs)) {
    const length = (found[1]!.charCodeAt(0) << 8) + found[1]!.charCodeAt(1)
    if (length > 3 && length <= found[2]!.length) return found[2]!.slice(0, length)
  }
  return undefined
}
