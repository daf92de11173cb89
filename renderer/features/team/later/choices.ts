import { atHour, daysUntil, firstWorkday, weekendOf } from '../../times/calendar.ts'

export interface LaterChoice {
  /** Of the words table. */
  name: 'in-an-hour' | 'this-afternoon' | 'tomorrow' | 'next-workday' | 'their-morning'
  at: number
}

const HOUR = 3_600_000
const MINUTE = 60_000
const MORNING = 9
const AFTERNOON = 14

/**
 * Sensible times for a message to leave, soonest first, by the desk's clock and the locale's week; besides, nine in the morning where the
 * customer is. What is the same as another is left out.
 *
 * @param zone the customer's, by IANA; empty: unknown
 */
export function laterChoices(
  now: number,
  zone: string,
  weekendDays: readonly number[] = weekendOf('en'),
): LaterChoice[] {
  const theirs = morningIn(zone, now)
  const choices: LaterChoice[] = [
    { name: 'in-an-hour', at: Math.ceil((now + HOUR) / MINUTE) * MINUTE },
    { name: 'this-afternoon', at: atHour(now, 0, AFTERNOON) },
    { name: 'tomorrow', at: atHour(now, 1, MORNING) },
    { name: 'next-workday', at: atHour(now, daysUntil(now, firstWorkday(weekendDays)), MORNING) },
    ...(theirs === null ? [] : [{ name: 'their-morning' as const, at: theirs }]),
  ]
  const seen = new Set<number>()
  return choices
    .filter(({ name, at }) => at > now + (name === 'this-afternoon' ? HOUR : 0))
    .filter(({ at }) => !seen.has(at) && seen.add(at))
    .sort((a, b) => a.at - b.at)
}

/** The next nine in the morning of a zone; null where there is no such zone. */
function morningIn(zone: string, now: number): number | null {
  if (zone === '') return null
  try {
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    /** What a clock there shows, as if it were UTC. */
    const shown = (at: number): number => {
      const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
      return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second)
    }
    const today = new Date(shown(now)).setUTCHours(MORNING, 0, 0, 0)
    for (const days of [0, 1]) {
      const wanted = today + days * 24 * HOUR
      // Twice: the clocks may change between now and then.
      let at = wanted - (shown(now) - now)
      at = wanted - (shown(at) - at)
      at = Math.round(at / MINUTE) * MINUTE
      if (at > now) return at
    }
    return null
  } catch {
    return null
  }
}
