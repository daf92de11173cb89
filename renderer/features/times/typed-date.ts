// A day as people write it in either language. The day stands before the month in English, as everywhere at the desk.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(${months.join('|')})[a-z]*\\.?`

const forms: readonly {
  pattern: RegExp
  order: readonly ('year' | 'month' | 'day')[]
  /** In how many months, where none is named. */
  ahead?: number
}[] = [
  { pattern: /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/u, order: ['year', 'month', 'day'] },
  { pattern: /(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/u, order: ['month', 'day'] },
  { pattern: /下个?月\s*(\d{1,2})\s*[日号]/u, order: ['day'], ahead: 1 },
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
 * The day that is named in a text of lower case: `2026-11-20`, `2026年11月20日`, `11月20日`, `25号`, `下个月5号`, `20 nov`, `nov 20`. Without a
 * year or month the next one that is not over. Undefined: none is named.
 */
export function typedDate(said: string, now: number): TypedDate | undefined {
  for (const { pattern, order, ahead = 0 } of forms) {
    const found = pattern.exec(said)
    if (!found) continue
    const part = (name: 'year' | 'month' | 'day'): string => found[order.indexOf(name) + 1] ?? ''
    const today = new Date(now).setHours(0, 0, 0, 0)
    if (!order.includes('month')) {
      const day = Number(part('day'))
      const over = ahead === 0 && day < new Date(now).getDate()
      const first = new Date(today)
      first.setMonth(first.getMonth() + ahead + (over ? 1 : 0), 1)
      return { start: dayOf(first.getFullYear(), first.getMonth(), day), rest: said.replace(found[0], ' ') }
    }
    const named = months.indexOf(part('month'))
    const [written, index, day] = [
      Number(part('year')),
      named < 0 ? Number(part('month')) - 1 : named,
      Number(part('day')),
    ]
    const year = written || new Date(now).getFullYear()
    const over = written === 0 && new Date(year, index, day).getTime() < today
    return { start: dayOf(over ? year + 1 : year, index, day), rest: said.replace(found[0], ' ') }
  }
  return undefined
}

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
