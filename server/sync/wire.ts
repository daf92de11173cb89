/**
 * How packets become bytes on the hub: those of socket.io-msgpack-parser, by which desks read, written by our own
 * writer, several times as fast.
 * socket.io takes it in place of its parser (https://socket.io/docs/v4/custom-parser).
 */
import * as parser from 'socket.io-msgpack-parser'
import { pack } from './msgpack.ts'

interface Packet {
  type: number
  data?: unknown
}

/** Messages that go to many desks are one object, and are written once. */
const written = new WeakMap<object, Buffer>()

class Encoder {
  encode(packet: Packet): Buffer[] {
    const [name, message] = Array.isArray(packet.data) ? packet.data : []
    if (name !== 'heartbeat') return [pack(packet)]
    const bytes = written.get(message) ?? pack(packet)
    written.set(message, bytes)
    return [bytes]
  }
}

export const { protocol, PacketType, Decoder } = parser as unknown as {
  protocol: number
  PacketType: object
  Decoder: new () => object
}
export { Encoder }
