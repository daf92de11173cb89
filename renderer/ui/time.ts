// Times as people read them, in both languages and in the machine's time zone. Pure but for the language spoken now.
import { type Language, languageNow, say } from '../app/i18n.ts'
import { words } from './words.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const formats = new Map<string, Intl.DateTimeFormat>()

/** Building one costs a millisecond; a list asks for hundreds. */
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  let found = formats.get(key)
  if (!found) {
    // en-GB: day before month and a 24-hour clock, as the desk shows them.
    found = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', options)
    formats.set(key, found)
  }
  return found
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** How long ago or how long: `now`, `21 min`, `3 h`, `2 d`. One unit, rounded down. */
export function span(ms: number): string {
  if (ms < minute) return say(words, 'now')
  if (ms < hour) return say(words, 'minutes', { count: Math.floor(ms / minute) })
  if (ms < day) return say(words, 'hours', { count: Math.floor(ms / hour) })
  return say(words, 'days', { count: Math.floor(ms / day) })
}

/** Seconds up to a minute and a half, then as `span`: for countdowns. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return seconds <= 90 ? say(words, 'seconds', { count: seconds }) : span(ms)
}

/** `19 Sept 2023`: a day of whatever year. */
export const dateText = (at: number, language = languageNow()): string =>
  format(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)

/** A day of whatever year with its weekday: `Mon 23 Nov 2026`. */
export function weekdayText(at: number, language = languageNow()): string {
  const weekday = format(language, { weekday: 'short' }).format(at)
  const date = dateText(at, language)
  return language === 'en' ? `${weekday} ${date}` : `${date} ${weekday}`
}

/** A month, given as `2026-11`: `November 2026`. */
export const monthText = (month: string, language = languageNow()): string =>
  format(language, { month: 'long', year: 'numeric' }).format(new Date(`${month}-01T12:00:00`))

/** `14:02`. */
export const clockTime = (at: number, language = languageNow()): string =>
  format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** A day as a heading of the timeline: `Today, Thursday 19 November`; with the year when it is another one. */
export function dayHeading(at: number, now: number, language = languageNow()): string {
  const options: Intl.DateTimeFormatOptions = {
    ...(new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' }),
    day: 'numeric',
    month: 'long',
  }
  const weekday = format(language, { weekday: 'long' }).format(at)
  const date = format(language, options).format(at)
  const text = language === 'en' ? `${weekday} ${date}` : `${date} ${weekday}`
  const ago = Math.round((startOfDay(now) - startOfDay(at)) / day)
  if (ago === 0) return say(words, 'today', { day: text })
  return ago === 1 ? say(words, 'yesterday', { day: text }) : text
}

/** The shortest that is not ambiguous: `14:02` today, `Tue` within the week, `2 Oct`, with the year when it is another one. */
export function shortTime(at: number, now: number, language = languageNow()): string {
  const ago = startOfDay(now) - startOfDay(at)
  if (ago === 0) return clockTime(at, language)
  if (ago > 0 && ago < 6.5 * day) return format(language, { weekday: 'short' }).format(at)
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return format(language, { day: 'numeric', month: 'short', ...year }).format(at)
}

/** A moment to the minute: `14:02`, `yesterday 14:02`, `tomorrow 14:02`, within a week `Tue 14:02`, `2 Oct, 14:02`. */
export function dayAndTime(at: number, now: number, language = languageNow()): string {
  const clock = clockTime(at, language)
  const ago = Math.round((startOfDay(now) - startOfDay(at)) / day)
  if (ago === 0) return clock
  if (ago === 1) return say(words, 'yesterday-at', { time: clock })
  if (ago === -1) return say(words, 'tomorrow-at', { time: clock })
  if (Math.abs(ago) < 7) return `${format(language, { weekday: 'short' }).format(at)} ${clock}`
  return say(words, 'date-at', { date: shortTime(at, now, language), time: clock })
}

/** In full, for tooltips: `Thursday, 19 November 2026 at 14:02`. */
export const fullTime = (at: number, language = languageNow()): string =>
  format(language, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }).format(at)

/** A moment to come, for choices such as snooze: `Fri 20 Nov, 09:00`. */
export const moment = (at: number, language = languageNow()): string =>
  format(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
