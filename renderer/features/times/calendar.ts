import { languageNow } from '../../app/i18n.ts'

/** The days off of whoever sits at the desk, 0 for Sunday: Chinese is read where Saturday and Sunday are; English, everywhere. */
export const weekendHere = (): number[] => weekendOf(languageNow() === 'en' ? navigator.language : 'zh-CN')

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
