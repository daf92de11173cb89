/** Where a request comes from. One rule for requests, websockets of customers, and the sockets of desks. */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

const LOOPBACK = /^(::ffff:)?127\.|^::1$/

export const isHere = (address: string): boolean => LOOPBACK.test(address)

/** Behind a proxy of this machine, the last address that is not of this machine; nobody else's word for it is taken. */
export function addressOf({ headers, socket }: IncomingMessage): string {
  const own = socket.remoteAddress ?? ''
  if (!isHere(own)) return own
  const hops = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map(hop => hop.trim())
  return hops.findLast(hop => isIP(hop) > 0 && !isHere(hop)) ?? own
}

/** Nothing stands between: the other side is a program of this machine. */
export const isBeside = ({ headers, socket }: IncomingMessage): boolean =>
  isHere(socket.remoteAddress ?? '') && headers['x-forwarded-for'] === undefined
