/**
 * Where the hub may be sent by a stranger's words: to the public internet and nowhere else. A name counts by what it resolves to, and
 * the connection goes to the very addresses that were looked at, so nothing can change in between.
 */
import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Azure's and Alibaba's metadata stand at addresses that look public. */
export const metadata = ['168.63.129.16', '100.100.100.200']

/** Special-purpose addresses by IANA's registries (RFC 6890 and after): machines of one's own, clouds' metadata, no one's. */
const special = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(net, bits, 'ipv4')
for (const address of metadata) special.addAddress(address, 'ipv4')

/** Of IPv6 only what is given out for the internet (2000::/3), without what leads into IPv4 or is for examples. */
const unicast = new BlockList()
unicast.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const)
  special.addSubnet(net, bits, 'ipv6')

/** Whether an address is one of the public internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special.check(address, 'ipv4')
  // Also those that hold an IPv4 address (::ffff:127.0.0.1): they are not in 2000::/3.
  return family === 6 && unicast.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

export interface Reach {
  mayConnect(address: string): boolean
  mayUse(port: number): boolean
}

/** The only reach there is outside of tests. */
export const publicReach: Reach = { mayConnect: isPublic, mayUse: port => port === 80 || port === 443 }

export class OutOfReach extends Error {}

/** For `http.request`: resolves, and refuses a name of which any address is out of reach. */
export const lookupWithin =
  ({ mayConnect }: Reach): LookupFunction =>
  (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const addresses = (found ?? []) as LookupAddress[]
      const wrong =
        error ??
        (addresses.length === 0 || addresses.some(({ address }) => !mayConnect(address))
          ? new OutOfReach(host)
          : null)
      if (wrong) return done(wrong, '', 4)
      if (options.all)
        return (done as unknown as (error: null, all: LookupAddress[]) => void)(null, addresses)
      done(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
