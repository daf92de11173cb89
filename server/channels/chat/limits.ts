import { buckets, type Rate } from '../../limits/buckets.ts'

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
  /** Files brought, and fetched. */
  filesByAddress: Rate
  fileAsksByAddress: Rate
  /** Bytes of files that one visitor brings. */
  fileBytesOfVisitor: Rate
  /** Files that are being taken at the same moment, from anybody. */
  filesAtOnce: number
  /** Transcripts asked for: each is a mail that leaves. */
  transcripts: Rate
  transcriptsByAddress: Rate
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
  filesByAddress: { burst: 40, perSecond: 0.5 },
  fileAsksByAddress: { burst: 200, perSecond: 5 },
  fileBytesOfVisitor: { burst: 60 * 1024 * 1024, perSecond: 30 * 1024 },
  filesAtOnce: 12,
  transcripts: { burst: 3, perSecond: 3 / 3600 },
  transcriptsByAddress: { burst: 12, perSecond: 12 / 3600 },
  openingsByAddress: { burst: 240, perSecond: 10 },
  socketsByAddress: 200,
  sockets: 20_000,
  waiting: 1_000_000,
}

/** By whom each is counted stands in its name; without one it is by visitor. */
const COUNTED = [
  'messages',
  'messagesByAddress',
  'newcomersByAddress',
  'filesByAddress',
  'fileAsksByAddress',
  'fileBytesOfVisitor',
  'transcripts',
  'transcriptsByAddress',
  'openingsByAddress',
] as const

/** What all sockets and requests of a hub use up together. `frames` is for each socket by itself. */
export type Allowance = Record<(typeof COUNTED)[number], ReturnType<typeof buckets>>

export const openAllowance = (limits: ChatLimits, now: () => number): Allowance =>
  Object.fromEntries(COUNTED.map(name => [name, buckets(limits[name], now)])) as Allowance
