// Which day is meant, in either language. The week begins on Monday.
import { daysUntil } from './calendar.ts'
import { inFigures } from './chinese-numbers.ts'
import { type Toward, typedDate, writtenDay } from './typed-date.ts'

const weekdays: readonly RegExp[] = [
  /\bsun(day)?\b|(?:周|星期|礼拜)[日天]/u,
  /\bmon(day)?\b|(?:周|星期|礼拜)一/u,
  /\btue(s(day)?)?\b|(?:周|星期|礼拜)二/u,
  /\bwed(nesday)?\b|(?:周|星期|礼拜)三/u,
  /\bthu(r(s(day)?)?)?\b|(?:周|星期|礼拜)四/u,
  /\bfri(day)?\b|(?:周|星期|礼拜)五/u,
  /\bsat(urday)?\b|(?:周|星期|礼拜)六|(?:this )?\bweekend\b|周末/u,
]

const near: readonly [RegExp, number][] = [
  [/\btoday\b|\btonight\b|今[天日早晚]/u, 0],
  [/大后天/u, 3],
  [/大前天/u, -3],
  [/后天|day after tomorrow/u, 2],
  [/前天|day before yesterday/u, -2],
  [/\btom(orrow)?\b|\btmr\b|明[天日早晚]/u, 1],
  [/\byesterday\b|昨[天日早晚]/u, -1],
]

/** A day that is named by its distance from today, and what is written besides. */
interface NamedDay {
  days: number
  rest: string
}

/** `昨天`, `下周三`, `last monday`, `fri`, in a text of lower case. Undefined: none is named. */
export function namedDay(said: string, now: number, toward: Toward): NamedDay | undefined {
  const found = (words: RegExpExecArray, days: number): NamedDay => ({
    days,
    rest: said.replace(words[0], ' '),
  })
  for (const [words, days] of near) {
    const named = words.exec(said)
    if (named) return found(named, days)
  }
  const today = (new Date(now).getDay() + 6) % 7
  const week =
    /(下+|上+|本|这)个?(?:周|星期|礼拜)([一二三四五六日天末])?/u.exec(said) ??
    /\b(next|last) week\b/u.exec(said)
  if (week) {
    const [, which = '', day = '一'] = week
    const count = /^[下上]/u.test(which) ? which.length : which === 'next' || which === 'last' ? 1 : 0
    const weeks = /^(?:上|last)/u.test(which) ? -count : count
    return found(
      week,
      weeks * 7 + '一二三四五六日'.indexOf(day.replace('天', '日').replace('末', '六')) - today,
    )
  }
  const weekday = weekdays.findIndex(name => name.test(said))
  if (weekday < 0) return undefined
  const last = new RegExp(`\\blast\\s+(?:${weekdays[weekday]!.source})`, 'u').exec(said)
  const ahead = daysUntil(now, weekday)
  const here = ((weekday + 6) % 7) - today
  // On a Monday, last Monday is a week ago.
  if (last) return found(last, ahead - 7 || -7)
  const named = weekdays[weekday]!.exec(said)!
  return found(named, toward === 'ahead' ? ahead : toward === 'past' ? ahead % 7 && ahead - 7 : here)
}

const distance =
  /(?:\bin\s+)?(\d+)\s*(d(?:ays?)?\b|天|日|w(?:eeks?)?\b|个?(?:周|星期|礼拜)|months?\b|个?月|years?\b|年)\s*(ago\b|later\b|[之以]?[前后])?/u

/** `3 days ago`, `2周前`, `in a month` as `in 1 month`, `1年后`. Undefined: it says none. */
function distantDay(said: string, now: number): { at: number; rest: string } | undefined {
  const found = distance.exec(said)
  if (!found) return undefined
  const [all, count, unit = '', way = ''] = found
  const sign = /^(?:ago|.?前)/u.test(way) ? -1 : way || all.startsWith('in') ? 1 : 0
  if (sign === 0) return undefined
  const by = sign * Number(count)
  const at = new Date(now)
  at.setHours(0, 0, 0, 0)
  if (/^y|年/u.test(unit)) at.setFullYear(at.getFullYear() + by)
  else if (/^m|月/u.test(unit)) at.setMonth(at.getMonth() + by)
  else at.setDate(at.getDate() + by * (/^w|周|星期|礼拜/u.test(unit) ? 7 : 1))
  // A month after the 31st of January is the end of February.
  if (/^[ym]|[年月]/u.test(unit) && at.getDate() !== new Date(now).getDate()) at.setDate(0)
  return { at: at.getTime(), rest: said.replace(all, ' ') }
}

/**
 * A day as people type it, in either language: a date (typed-date.ts), `昨天`, `last monday`, `3 days ago`. All of it has to be understood.
 * @param toward where a day lies that is named without its year or week
 * @returns `2026-11-23`, by the desk's calendar. Null: it says no day.
 */
export function typedDay(text: string, now: number, toward: Toward): string | null {
  const said = inFigures(text.normalize('NFKC').trim().toLowerCase())
  const date = typedDate(said, now, toward)
  if (date) return date.start === null || date.rest.trim() ? null : writtenDay(date.start)
  const far = distantDay(said, now)
  if (far) return far.rest.trim() || Number.isNaN(far.at) ? null : writtenDay(far.at)
  const named = namedDay(said, now, toward)
  if (!named || named.rest.trim()) return null
  const at = new Date(now)
  at.setHours(12, 0, 0, 0)
  at.setDate(at.getDate() + named.days)
  return writtenDay(at.getTime())
}
