// Who may talk to the preview: the browser that opened the one-time address, from the preview's own page, and nobody else.
// A page of another site can reach 127.0.0.1 too, so Host (DNS rebinding), Origin and a cookie are all checked.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Gate {
  /** The preview's own origin; known once the port is. */
  readonly origin: string
  /** A new address that lets one browser in, once. */
  entrance(): string
  /** Trades a token from an entrance for the cookie's header value; undefined when it is unknown or used up. */
  admit(token: string | null): string | undefined
  /** The request names this host and nothing else. */
  rightHost(request: IncomingMessage): boolean
  /** It comes from a browser that was admitted. */
  admitted(request: IncomingMessage): boolean
  /** It was made by a page of this origin; a socket always says where it comes from. */
  rightOrigin(request: IncomingMessage): boolean
}

const secret = (): string => randomBytes(32).toString('base64url')

const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

export const createGate = (port: number): Gate => {
  const host = `127.0.0.1:${port}`
  const origin = `http://${host}`
  // Cookies know no ports: the name keeps two previews of one machine apart.
  const name = `skein-preview-${port}`
  const session = secret()
  const tokens = new Set<string>()
  return {
    origin,
    entrance() {
      const token = secret()
      tokens.add(token)
      return `${origin}/enter?token=${token}`
    },
    admit(token) {
      const known = [...tokens].find(each => token !== null && same(each, token))
      if (known === undefined) return undefined
      tokens.delete(known)
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    rightHost: request => request.headers.host === host,
    admitted: request => same(cookie(request, name) ?? '', session),
    rightOrigin: request => request.headers.origin === origin,
  }
}

const cookie = (request: IncomingMessage, name: string): string | undefined =>
  request.headers.cookie
    ?.split(';')
    .map(pair => pair.trim())
    .find(pair => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
