import { z } from 'zod'

/** When alerts keep silent: a span for each day of the week, by the clock of the machine. */

const Minute = z.int().min(0).max(1439)

/** Minutes of a day. It ends on the next day where it ends before it begins, and is the whole day where both are the same. */
export const QuietSpan = z.object({ from: Minute, to: Minute })
export type QuietSpan = z.infer<typeof QuietSpan>

export const QuietHours = z.object({
  on: z.boolean(),
  /** From Sunday on; a span belongs to the day it begins on. Null: none begins on that day. */
  days: z.array(QuietSpan.nullable()).length(7),
})
export type QuietHours = z.infer<typeof QuietHours>

const evening: QuietSpan = { from: 20 * 60, to: 8 * 60 }
export const usualQuiet: QuietHours = { on: false, days: Array.from({ length: 7 }, () => evening) }

/** A moment of the week as the machine's clock shows it. */
export interface WeekTime {
  /** 0 is Sunday. */
  day: number
  minute: number
}

export const weekTime = (at: number): WeekTime => {
  const date = new Date(at)
  return { day: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() }
}

/** Whether a moment lies in the span of its own day, or in one that began the day before. */
export function isQuiet({ on, days }: QuietHours, { day, minute }: WeekTime): boolean {
  if (!on) return false
  const today = days[day]
  const before = days[(day + 6) % 7]
  const fromToday = today != null && minute >= today.from && (today.to <= today.from || minute < today.to)
  const fromBefore = before != null && before.to <= before.from && minute < before.to
  return fromToday || fromBefore
}
