import type { Rate } from '../../limits/buckets.ts'

/**
 * How much is too much, by visitor and by where they come from. Many people of one office share an address, so what is allowed by address is generous.
 */
export interface ChatLimits {
  /** Messages of one visitor. */
  messages: Rate
  messagesByAddress: Rate
  /** Visitors without a conversation who write for the first time: each makes a customer. */
  newcomersByAddress: Rate
  /** Frames of one socket, typing and marks included. */
  frames: Rate
  /** Websockets opened, and requests for settings. */
  openingsByAddress: Rate
  socketsByAddress: number
  sockets: number
  /** Bytes not yet taken by a visitor's browser; with more it is let go, and comes again for what it missed. */
  waiting: number
}

export const defaultLimits: ChatLimits = {
  messages: { burst: 15, perSecond: 1 },
  messagesByAddress: { burst: 120, perSecond: 5 },
  newcomersByAddress: { burst: 60, perSecond: 0.5 },
  frames: { burst: 120, perSecond: 20 },
  openingsByAddress: { burst: 240, perSecond: 10 },
  socketsByAddress: 200,
  sockets: 20_000,
  waiting: 1_000_000,
}
