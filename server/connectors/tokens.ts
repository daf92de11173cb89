/** Access tokens: fetched once however many ask, renewed before they end, forgotten when they are refused. In memory only. */
import type { CardTrouble } from '#shared/model/card.ts'

export interface Token {
  value: string
  /** What came with it. */
  place: string
  /** Milliseconds by the hub's clock. */
  until: number
}
export type Granted = { ok: true; token: Token } | { ok: false; trouble: CardTrouble }

export interface Tokens {
  get(grant: () => Promise<Granted>): Promise<Granted>
  /** It was refused; another one that was fetched meanwhile stays. */
  drop(value: string): void
}

/** One that ends while it is on its way is of no use. */
const MARGIN = 60_000

export function createTokens(now: () => number): Tokens {
  let known: Token | undefined
  let underWay: Promise<Granted> | undefined

  const granted = async (grant: () => Promise<Granted>): Promise<Granted> => {
    try {
      const answer = await grant()
      if (answer.ok) known = answer.token
      return answer
    } finally {
      underWay = undefined
    }
  }
  return {
    get(grant) {
      if (known && known.until - MARGIN > now()) return Promise.resolve({ ok: true, token: known })
      underWay ??= granted(grant)
      return underWay
    },
    drop(value) {
      if (known?.value === value) known = undefined
    },
  }
}

/** Seconds as an OAuth answer tells them, as the instant it ends: an hour where it does not say. */
export const endOf = (expiresIn: unknown, now: number): number => {
  const seconds = Number(expiresIn)
  return now + (seconds > 0 && seconds < 1e7 ? seconds : 3600) * 1000
}
