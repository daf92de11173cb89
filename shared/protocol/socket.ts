import { z } from 'zod'

/**
 * How desk and hub open their socket: socket.io with socket.io-msgpack-parser, transport `websocket` only, on the hub's own
 * address. Each message is an event named as in `up` and `down`, with one argument. A handshake that is not let in fails with
 * a connect_error whose `data` is `{fault}`.
 */
export const socketPath = '/v1/socket'

/** `auth` of the handshake. */
export const Handshake = z.object({
  token: z.string().min(1).max(4000),
  /**
   * The desk reads documents of rows that come as text: as a msgpack extension of the type `jsonExtension` whose bytes are the
   * document's JSON. Without it, or from an older hub, they come as objects; either way a patch says the same.
   */
  documents: z.literal('text').optional(),
})
export type Handshake = z.infer<typeof Handshake>

/** A push should stay below this, as JSON, unless it is a single mutation. Bytes. */
export const pushBytes = 1_000_000

/** The hub drops a socket that sends a larger message. Bytes; larger than any single mutation can be. */
export const messageBytes = 16_000_000

/** See `Handshake.documents`. */
export const jsonExtension = 1
