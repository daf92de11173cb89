// A day as people write it in either language. The day stands before the month in English, as everywhere at the desk.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(${months.join('|')})[a-z]*\\.?`

/** Where a day lies that is named without its year, month or week: still to come, over (or today), or as near as can be. */
export type Toward = 'ahead' | 'past' | 'nearest'

const forms: readonly {
  pattern: RegExp
  order: readonly ('year' | 'month' | 'day')[]
  /** In how many months, where none is named. */
  ahead?: number
}[] = [
  { pattern: /(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/u, order: ['year', 'month', 'day'] },
  { pattern: /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/u, order: ['year', 'month', 'day'] },
  { pattern: /(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/u, order: ['month', 'day'] },
  { pattern: /下个?月\s*(\d{1,2})\s*[日号]/u, order: ['day'], ahead: 1 },
  { pattern: /上个?月\s*(\d{1,2})\s*[日号]/u, order: ['day'], ahead: -1 },
  { pattern: /(?:本|这个?)?月?\s*(\d{1,2})\s*号/u, order: ['day'] },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+${month}(?:\\s+(\\d{4})\\b)?`, 'u'),
    order: ['day', 'month', 'year'],
  },
  {
    pattern: new RegExp(`\\b${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+(\\d{4})\\b)?`, 'u'),
    order: ['month', 'day', 'year'],
  },
]

export interface TypedDate {
  /** The day's beginning, by the desk's clock; null: there is no such day. */
  start: number | null
  /** What is written besides. */
  rest: string
}

/**
 * The day that is named in a text of lower case: `2026-11-20`, `20261120`, `2026年11月20日`, `11月20日`, `25号`, `下个月5号`, `20 nov`, `nov 20`.
 * Without a year or month it is the one that `toward` says. Undefined: none is named.
 */
export function typedDate(said: string, now: number, toward: Toward = 'ahead'): TypedDate | undefined {
  for (const { pattern, order, ahead } of forms) {
    const found = pattern.exec(said)
    if (!found) continue
    const part = (name: 'year' | 'month' | 'day'): string => found[order.indexOf(name) + 1] ?? ''
    const rest = said.replace(found[0], ' ')
    const day = Number(part('day'))
    const today = new Date(now)
    if (!order.includes('month')) {
      const by = ahead ?? turned(day - today.getDate(), toward)
      const first = new Date(today.getFullYear(), today.getMonth() + by, 1)
      return { start: dayOf(first.getFullYear(), first.getMonth(), day), rest }
    }
    const named = months.indexOf(part('month'))
    const index = named < 0 ? Number(part('month')) - 1 : named
    const written = Number(part('year'))
    if (written) return { start: dayOf(written, index, day), rest }
    const year = today.getFullYear()
    const from = new Date(now).setHours(0, 0, 0, 0)
    const [before, here, after] = [-1, 0, 1].map(by => new Date(year + by, index, day).getTime() - from)
    const years =
      toward !== 'nearest'
        ? turned(here!, toward)
        : Math.abs(here!) <= Math.min(-before!, after!)
          ? 0
          : -before! < after!
            ? -1
            : 1
    return { start: dayOf(year + years, index, day), rest }
  }
  return undefined
}

/** How many months or years further on what lies so far from today is meant: of what is over the next, of what is to come the last. */
const turned = (from: number, toward: Toward): number =>
  toward === 'ahead' && from < 0 ? 1 : toward === 'past' && from > 0 ? -1 : 0

/** There is no 31st of November. */
function dayOf(year: number, index: number, day: number): number | null {
  const date = new Date(year, index, day)
  return date.getMonth() === index && date.getDate() === day ? date.getTime() : null
}

/** The same in both languages, and read by `typedTime`: `2026-11-20 17:30`. */
export function writtenTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16).replace('T', ' ')
}

/** `2026-11-20`, by the desk's calendar: the same in both languages, and read by `typedDay`. */
export const writtenDay = (at: number): string => writtenTime(at).slice(0, 10)
