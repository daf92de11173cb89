/**
 * How much is too much, by visitor and by where they come from: a flood costs the hub a look at a counter. In memory, of this
 * hub alone. Many people of one office share an address, so what is allowed by address is generous.
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
export interface Rate {
  burst: number
  perSecond: number
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

const MOST = 50_000

/** Token buckets by a word; a full one is forgotten. `take` answers 0, or the milliseconds until there is room again. */
export function buckets({ burst, perSecond }: Rate, now: () => number) {
  const levels = new Map<string, { level: number; at: number }>()
  const levelOf = (word: string, time: number): number => {
    const known = levels.get(word)
    return known ? Math.min(burst, known.level + (Math.max(0, time - known.at) / 1000) * perSecond) : burst
  }
  return {
    take(word: string): number {
      const time = now()
      if (levels.size > MOST)
        for (const each of [...levels.keys()]) if (levelOf(each, time) >= burst) levels.delete(each)
      const level = levelOf(word, time)
      if (level < 1) return Math.ceil(((1 - level) / perSecond) * 1000)
      levels.set(word, { level: level - 1, at: time })
      return 0
    },
  }
}
