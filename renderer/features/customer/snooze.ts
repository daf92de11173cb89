import { atHour, daysUntil, firstWorkday, weekendOf } from '../times/calendar.ts'

export interface SnoozeChoice {
  /** Of the words table: `snooze-<name>`. */
  name: 'laterToday' | 'thisEvening' | 'tomorrow' | 'weekend' | 'nextWeek'
  at: number
}

/**
 * Sensible times to be reminded at, soonest first, by the desk's clock and the locale's week. What would be in less than an hour, or
 * the same as another, is left out.
 *
 * @param weekendDays days of the week (0 Sunday) on which people do not work
 */
export function snoozeChoices(now: number, weekendDays: readonly number[] = weekendOf('en')): SnoozeChoice[] {
  const hour = 3_600_000
  const choices: SnoozeChoice[] = [
    { name: 'laterToday', at: roundUp(now + 3 * hour) },
    { name: 'thisEvening', at: atHour(now, 0, 18) },
    { name: 'tomorrow', at: atHour(now, 1, 9) },
    { name: 'weekend', at: atHour(now, daysUntil(now, weekendDays[0] ?? 6), 9) },
    { name: 'nextWeek', at: atHour(now, daysUntil(now, firstWorkday(weekendDays)), 9) },
  ]
  const today = atHour(now, 1, 0)
  const seen = new Set<number>()
  return choices
    .filter(({ name, at }) => at - now >= hour && (name !== 'laterToday' || at < today - 4 * hour))
    .sort((a, b) => a.at - b.at)
    .filter(({ at }) => !seen.has(at) && seen.add(at))
}

/** To the next half hour. */
const roundUp = (instant: number): number => {
  const half = 1_800_000
  return Math.ceil(instant / half) * half
}
