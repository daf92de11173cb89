export interface SnoozeChoice {
  /** Of the words table: `snooze.<name>`. */
  name: 'laterToday' | 'thisEvening' | 'tomorrow' | 'weekend' | 'nextWeek'
  until: number
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
    { name: 'laterToday', until: roundUp(now + 3 * hour) },
    { name: 'thisEvening', until: atHour(now, 0, 18) },
    { name: 'tomorrow', until: atHour(now, 1, 9) },
    { name: 'weekend', until: atHour(now, daysUntil(now, weekendDays[0] ?? 6), 9) },
    { name: 'nextWeek', until: atHour(now, daysUntil(now, firstWorkday(weekendDays)), 9) },
  ]
  const today = atHour(now, 1, 0)
  const seen = new Set<number>()
  return choices
    .filter(({ name, until }) => until - now >= hour && (name !== 'laterToday' || until < today - 4 * hour))
    .sort((a, b) => a.until - b.until)
    .filter(({ until }) => {
      const known = seen.has(until)
      seen.add(until)
      return !known
    })
}

/** The locale's days off, 0 for Sunday. */
export function weekendOf(locale: string): number[] {
  try {
    const { weekend } = (
      new Intl.Locale(locale) as unknown as { getWeekInfo(): { weekend: number[] } }
    ).getWeekInfo()
    return weekend.map(day => day % 7)
  } catch {
    return [6, 0]
  }
}

/** An hour of the day in so many days, by the desk's clock. */
export function atHour(now: number, days: number, hours: number): number {
  const date = new Date(now)
  date.setDate(date.getDate() + days)
  date.setHours(hours, 0, 0, 0)
  return date.getTime()
}

/** Days until the next such weekday, at least one. */
export const daysUntil = (now: number, weekday: number): number =>
  ((weekday - new Date(now).getDay() + 6) % 7) + 1

/** Of the week, 0 for Sunday. */
export const firstWorkday = (weekend: readonly number[]): number => {
  const last = weekend.at(-1) ?? 0
  return (last + 1) % 7
}

/** To the next half hour. */
const roundUp = (instant: number): number => {
  const half = 1_800_000
  return Math.ceil(instant / half) * half
}
