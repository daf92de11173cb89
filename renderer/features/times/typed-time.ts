import { atHour } from './calendar.ts'
import { inFigures } from './chinese-numbers.ts'
import { typedDate } from './typed-date.ts'
import { namedDay } from './typed-day.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MORNING = 9

const span =
  /(\d+(?:\.\d+)?)\s*(min(?:ute)?s?\b|m\b|分钟|h(?:ours?|rs?)?\b|个?小时|个钟头?|钟头|d(?:ays?)?\b|天|w(?:eeks?)?\b|(?:周|个?星期|个?礼拜)(?=[之以]?后)|个月(?=[之以]?后))/u
const clock =
  /(\d{1,2})(?:\s*[:：.]\s*(\d{2})|\s*点(?:\s*([1-3])\s*刻|\s*(\d{1,2})\s*分?|(半))?)?\s*(am|pm)?(?!\d)/u
const later = /下午|傍晚|晚|\bafternoon\b|\bevening\b|\btonight\b/u
/** Of a day without an hour, as where times are offered (customer/snooze.ts, team/later/choices.ts). */
const parts: readonly [RegExp, number][] = [
  [/中午|\bnoon\b/u, 12],
  [/下午|\bafternoon\b/u, 14],
  [/晚|\bevening\b|\btonight\b/u, 18],
  [/早|上午|\bmorning\b/u, MORNING],
]

/**
 * A time as people type it, in either language: `2h`, `30 min`, `14:30`, `9am`, `tomorrow`, `fri 14:30`, `明天下午三点`, `下周三`, `两周后`, or with
 * a date (typed-date.ts). A day without an hour means nine in the morning, or the part of it that is named; an hour that is over means
 * tomorrow. 下周三 is the Wednesday after the coming Sunday, as it is said in Chinese. Null: it says no time to come.
 */
export function typedTime(text: string, now: number): number | null {
  const said = inFigures(text.normalize('NFKC').trim().toLowerCase())
  if (said === '') return null
  const date = typedDate(said, now)
  if (date) {
    const time = timeOf(date.rest)
    if (date.start === null || time === 'wrong') return null
    const at = new Date(date.start).setHours(time?.hours ?? MORNING, time?.minutes ?? 0)
    return at > now ? at : null
  }
  if (/\bago\b|[天周月期拜时钟分][之以]?前/u.test(said)) return null
  const within = span.exec(said)
  if (within) return after(now, Number(within[1]), within[2]!, timeOf(said.replace(within[0], ' ')))
  const days = namedDay(said, now, 'ahead')?.days ?? null
  const time = timeOf(said)
  if (time === 'wrong' || (days === null && time === null)) return null
  const { hours, minutes } = time ?? { hours: MORNING, minutes: 0 }
  const at = atHour(now, days ?? 0, hours) + minutes * MINUTE
  if (at > now) return at
  return days === null ? atHour(now, 1, hours) + minutes * MINUTE : null
}

type Time = { hours: number; minutes: number } | null | 'wrong'

/** So much later; with an hour of the day (`3天后下午2点`), at that hour of that day. */
function after(now: number, count: number, unit: string, time: Time): number | null {
  const short = /^分|^m/u.test(unit) ? MINUTE : /^h|时|钟/u.test(unit) ? HOUR : null
  const then = new Date(now)
  if (unit === '个月') then.setMonth(then.getMonth() + Math.floor(count))
  const long = unit === '个月' ? then.getTime() - now : count * (/^d|天/u.test(unit) ? 1 : 7) * 24 * HOUR
  const wait = short === null ? long : count * short
  if (time === 'wrong' || (short && time) || wait <= 0 || wait > 366 * 24 * HOUR) return null
  if (time) return atHour(now + wait, 0, time.hours) + time.minutes * MINUTE
  return Math.ceil((now + wait) / MINUTE) * MINUTE
}

function timeOf(said: string): Time {
  const found = clock.exec(said)
  const part = parts.find(([name]) => name.test(said))
  if (!found) return part ? { hours: part[1], minutes: 0 } : null
  const [, hour, past, quarters, minute, half, meridiem] = found
  const hours = Number(hour)
  const minutes = half ? 30 : quarters ? Number(quarters) * 15 : Number(past ?? minute ?? 0)
  if (hours > 23 || minutes > 59) return 'wrong'
  return { hours: hours + shift(hours, said, meridiem), minutes }
}

/** From the hour that is said to that of the day: 下午3点, 中午1点, 凌晨12点; 晚上12点 is the day's end. */
function shift(hours: number, said: string, meridiem: string | undefined): number {
  if (hours > 12) return 0
  if (meridiem === 'am' || /凌晨/u.test(said)) return hours === 12 ? -12 : 0
  if (/晚上|[今明]晚/u.test(said) && (hours === 12 || hours < 5)) return hours === 12 ? 12 : 24
  if (meridiem === 'pm' || later.test(said)) return hours < 12 ? 12 : 0
  return /中午/u.test(said) && hours < 10 ? 12 : 0
}
