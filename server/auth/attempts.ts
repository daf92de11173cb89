import type { Instant } from '#shared/model/base.ts'

interface Count {
  wrong: number
  blockedUntil: Instant
  lastAt: Instant
}

/** Wrong attempts until the first wait, by what is counted. */
const ALLOWED = { person: 5, address: 50, account: 50 } as const
const FIRST_WAIT = 60_000
const LONGEST_WAIT = 900_000
const FORGET = 3_600_000
const MOST = 100_000

/**
 * Slows down guessing: by account and address together, so that nobody locks out a colleague by guessing at their account
 * from elsewhere; and more generously by each alone. An attempt counts as wrong until it has proven right, so that many at
 * once gain nothing.
 */
export function attemptLimiter(now: () => Instant) {
  const counts = new Map<string, Count>()
  const words = (email: string, address: string) =>
    [
      [`person ${email} ${address}`, ALLOWED.person],
      [`address ${address}`, ALLOWED.address],
      [`account ${email}`, ALLOWED.account],
    ] as const

  return {
    /** Counts an attempt. Answers the seconds to wait instead, when there were too many. */
    begin(email: string, address: string): number {
      const time = now()
      const wait = Math.max(
        0,
        ...words(email, address).map(([word]) => (counts.get(word)?.blockedUntil ?? 0) - time),
      )
      if (wait > 0) return Math.ceil(wait / 1000)
      if (counts.size > MOST) forget(time)
      for (const [word, allowed] of words(email, address)) {
        const count = counts.get(word) ?? { wrong: 0, blockedUntil: 0, lastAt: time }
        if (time - count.lastAt > FORGET) count.wrong = 0
        count.wrong++
        count.lastAt = time
        const over = count.wrong - allowed
        if (over >= 0)
          count.blockedUntil = time + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(over, 10))
        counts.set(word, count)
      }
      return 0
    },
    /** After a wrong attempt: the seconds to wait from now on, 0 when more may follow at once. */
    waitAfter(email: string, address: string): number {
      const until = Math.max(...words(email, address).map(([word]) => counts.get(word)?.blockedUntil ?? 0))
      return Math.max(0, Math.ceil((until - now()) / 1000))
    },
    /** The attempt was right: what was wrong before is forgiven. */
    right(email: string, address: string): void {
      for (const [word] of words(email, address)) counts.delete(word)
    },
  }

  function forget(time: Instant): void {
    for (const [word, count] of counts) if (time - count.lastAt > FORGET) counts.delete(word)
  }
}
