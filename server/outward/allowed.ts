/**
 * Where administrators may connect the hub to: the public internet, and what whoever runs the machine has named in
 * SKEIN_CONNECT_ALLOW, because an administrator at a desk need not be trusted with the machine's own network.
 */
import { BlockList, isIP } from 'node:net'
import { isPublic, metadata, type Reach } from './reach.ts'

/** What may be reached for the sake of one address: a named host may be in a private network, another one not. */
export type Allowed = (url: URL) => Reach

/** The clouds' metadata, link-local, no one's and everyone's: never, whatever was named. */
const never = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  never.addSubnet(net, bits, 'ipv4')
for (const address of metadata) never.addAddress(address, 'ipv4')
never.addSubnet('fe80::', 10, 'ipv6')
never.addSubnet('ff00::', 8, 'ipv6')
never.addAddress('fd00:ec2::254', 'ipv6')
never.addAddress('::', 'ipv6')

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** Names that stand for this machine; over plain http nothing else is asked. */
export const isLoopbackName = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

/**
 * @param text hosts (`crm.example`), hosts with a port (`127.0.0.1:8080`) and nets (`10.1.0.0/16`), separated by commas or spaces.
 * @throws Error naming the word that is none of these
 */
export function allowedBy(text: string): Allowed {
  const hosts = new Set<string>()
  const nets = new BlockList()
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    const [, net = '', bits = ''] = /^([\d.]+|[\da-f:.]+)\/(\d{1,3})$/i.exec(word) ?? []
    if (isIP(net) && Number(bits) <= (isIP(net) === 4 ? 32 : 128))
      nets.addSubnet(net, Number(bits), familyOf(net))
    else if (isIP(word) === 6) hosts.add(`[${word}]`)
    else if (/^(\[[\da-f:.]+\]|[\p{L}\p{N}.-]+)(:\d{1,5})?$/iu.test(word)) hosts.add(word.toLowerCase())
    else throw new Error(`SKEIN_CONNECT_ALLOW: "${word}" is neither a host nor a net such as 10.0.0.0/8.`)
  }
  return ({ protocol, hostname, port }) => {
    const at = port || (protocol === 'https:' ? '443' : '80')
    const named = hosts.has(hostname) || hosts.has(`${hostname}:${at}`)
    return {
      mayConnect: address =>
        isIP(address) !== 0 &&
        !never.check(address, familyOf(address)) &&
        (named || isPublic(address) || nets.check(address, familyOf(address))),
      mayUse: () => true,
    }
  }
}
