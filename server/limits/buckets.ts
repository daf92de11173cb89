/**
 * Token buckets: `burst` at once, `perSecond` in the long run. In memory, of this hub alone: a flood costs a look at a number.
 * (Wrong passwords are something else: they wait longer each time and are forgiven by a right one, see auth/attempts.ts.)
 */
export interface Rate {
  burst: number
  perSecond: number
}

interface Level {
  left: number
  at: number
}

const MOST = 50_000

/** A bucket for each word; a full one is forgotten. `take` answers 0, or the milliseconds until there is room for as much. */
export function buckets({ burst, perSecond }: Rate, now: () => number) {
  const levels = new Map<string, Level>()
  const leftOf = (word: string, time: number): number => {
    const known = levels.get(word)
    // A clock may be set back.
    return known ? Math.min(burst, known.left + (Math.max(0, time - known.at) / 1000) * perSecond) : burst
  }
  return {
    take(word: string, much = 1): number {
      const time = now()
      if (levels.size > MOST)
        for (const each of [...levels.keys()]) if (leftOf(each, time) >= burst) levels.delete(each)
      const left = leftOf(word, time)
      const enough = left >= much
      levels.set(word, { left: enough ? left - much : left, at: time })
      return enough ? 0 : Math.ceil(((much - left) / perSecond) * 1000)
    },
  }
}

/** One bucket. Answers whether one more may pass. */
export function bucket(rate: Rate, now: () => number): () => boolean {
  const one = buckets(rate, now)
  return () => one.take('') === 0
}
