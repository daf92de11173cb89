import { atHour, daysUntil } from './calendar.ts'
import { typedDate } from './typed-date.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MORNING = 9

const weekdays: readonly RegExp[] = [
  /\bsun(day)?\b|(?:周|星期|礼拜)[日天]/u,
  /\bmon(day)?\b|(?:周|星期|礼拜)一/u,
  /\btue(s(day)?)?\b|(?:周|星期|礼拜)二/u,
  /\bwed(nesday)?\b|(?:周|星期|礼拜)三/u,
  /\bthu(r(s(day)?)?)?\b|(?:周|星期|礼拜)四/u,
  /\bfri(day)?\b|(?:周|星期|礼拜)五/u,
  /\bsat(urday)?\b|(?:周|星期|礼拜)六/u,
]
const span = /(\d+(?:\.\d+)?)\s*(min(?:ute)?s?\b|m\b|分钟|h(?:ours?|rs?)?\b|个?小时|d(?:ays?)?\b|天)/u
const clock =
  /(上午|早上|下午|晚上)?\s*(\d{1,2})(?:\s*[:：.]\s*(\d{2})|\s*点(?:\s*(\d{1,2})\s*分?|(半))?)?\s*(am|pm)?(?!\d)/u

/**
 * A time as people type it, in either language: `2h`, `30 min`, `14:30`, `9am`, `tomorrow`, `fri 14:30`, `明天下午3点`, `周五`, or with a
 * date (typed-date.ts). A day without an hour means nine in the morning; an hour that is over means tomorrow. Null: it says no time to come.
 */
export function typedTime(text: string, now: number): number | null {
  const said = text.normalize('NFKC').trim().toLowerCase()
  if (said === '') return null
  const date = typedDate(said, now)
  if (date) {
    const time = timeOf(date.rest)
    if (date.start === null || time === 'wrong') return null
    const at = new Date(date.start).setHours(time?.hours ?? MORNING, time?.minutes ?? 0)
    return at > now ? at : null
  }
  const within = span.exec(said)
  if (within && !/[:：点]/u.test(said)) {
    const unit = /^(?:m|分)/u.test(within[2]!) ? MINUTE : /^(?:d|天)/u.test(within[2]!) ? 24 * HOUR : HOUR
    const at = now + Number(within[1]) * unit
    return Number(within[1]) > 0 && at - now <= 366 * 24 * HOUR ? Math.ceil(at / MINUTE) * MINUTE : null
  }
  const days = dayOf(said, now)
  const time = timeOf(said)
  if (time === 'wrong' || (days === null && time === null)) return null
  const { hours, minutes } = time ?? { hours: MORNING, minutes: 0 }
  const at = atHour(now, days ?? 0, hours) + minutes * MINUTE
  if (at > now) return at
  return days === null ? atHour(now, 1, hours) + minutes * MINUTE : null
}

/** In how many days. Null: it does not say. */
function dayOf(said: string, now: number): number | null {
  if (/\btoday\b|今天|今晚/u.test(said)) return 0
  if (/后天|day after tomorrow/u.test(said)) return 2
  if (/\btom(orrow)?\b|\btmr\b|明天|明早|明晚/u.test(said)) return 1
  const weekday = weekdays.findIndex(name => name.test(said))
  return weekday < 0 ? null : daysUntil(now, weekday)
}

function timeOf(said: string): { hours: number; minutes: number } | null | 'wrong' {
  const found = clock.exec(said)
  if (!found) return null
  const [, part, hour, after, past, half, meridiem] = found
  let hours = Number(hour)
  const minutes = half ? 30 : Number(after ?? past ?? 0)
  const late = meridiem === 'pm' || part === '下午' || part === '晚上' || /今晚|明晚/u.test(said)
  if (late && hours < 12) hours += 12
  if (meridiem === 'am' && hours === 12) hours = 0
  return hours > 23 || minutes > 59 ? 'wrong' : { hours, minutes }
}
