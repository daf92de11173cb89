import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { addressOf, isBeside } from './origin.ts'

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

test.each([
  ['203.0.113.7', undefined, '203.0.113.7'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  // A proxy of this machine is believed, by its last word that is not about this machine.
  ['127.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['::ffff:127.0.0.1', '198.51.100.1, 203.0.113.7, 127.0.0.1', '203.0.113.7'],
  ['::1', '2001:db8::1', '2001:db8::1'],
  // Anybody else's word is not, and neither is one that is no address.
  ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['127.0.0.1', 'nonsense', '127.0.0.1'],
])('from %s, forwarded for %s, it is %s', (remote, forwarded, expected) => {
  expect(addressOf(request(remote, forwarded))).toBe(expected)
})

test('beside the hub is who comes from this machine without a proxy', () => {
  expect(isBeside(request('127.0.0.1'))).toBe(true)
  expect(isBeside(request('127.0.0.1', '203.0.113.7'))).toBe(false)
  expect(isBeside(request('203.0.113.7'))).toBe(false)
})
