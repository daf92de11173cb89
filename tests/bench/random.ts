/** A seeded generator (mulberry32): the same seed gives the same data on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** An integer in [0, below). */
  below(below: number): number
  pick<T>(from: readonly T[]): T
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, pick: from => from[below(from.length)]! }
}
