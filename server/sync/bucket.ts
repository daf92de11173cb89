import type { Instant } from '#shared/model/base.ts'

/** A token bucket: `burst` at once, `perSecond` in the long run. Answers whether one more may pass. */
export function bucket(burst: number, perSecond: number, now: () => Instant): () => boolean {
  let level = burst
  let at = now()
  return () => {
    const time = now()
    level = Math.min(burst, level + (Math.max(0, time - at) / 1000) * perSecond) // a clock may be set back
    at = time
    if (level < 1) return false
    level--
    return true
  }
}
