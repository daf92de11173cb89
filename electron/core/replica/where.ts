import type { Database } from 'better-sqlite3'
import type { Condition, Where } from '#shared/model/segment.ts'
import { type ConditionKind, fits, inDays } from '#shared/rules/conditions.ts'
import { normalise } from '#shared/rules/segment-text.ts'

/**
 * Conditions as SQL. Every piece of text below is ours; what a person chose or typed, names of fields
 * included, is bound. Texts are compared as search compares them: whatever case, width or accent (`normal`).
 */
export interface Compiled {
  sql: string
  params: (string | number)[]
}

const DAY = 86_400_000

/** The day on which it is asked, and those around it, by this desk's calendar. */
export interface Today {
  /** The name of the day so many days from now, `2026-11-22`. */
  name(days: number): string
  /** When the day so many days from now begins. */
  at(days: number): number
}

export function todayOf(now: number): Today {
  const date = (days: number): Date => {
    const day = new Date(now)
    // By the calendar: a day may have 23 hours.
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days)
  }
  const two = (number: number): string => String(number).padStart(2, '0')
  return {
    at: days => date(days).getTime(),
    name(days) {
      const day = date(days)
      return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
    },
  }
}

/** What can be asked of a field, and what its value is read by: null, or an empty array of a set, where there is none. */
export interface Readable {
  kind: ConditionKind
  value: Compiled
}

const nothing: Compiled = { sql: '0', params: [] }

/** Texts as search compares them, as a function of SQL. */
export const defineNormal = (db: Database): void =>
  void db.function('normal', { deterministic: true, directOnly: true }, (text: unknown) =>
    text === null ? null : normalise(String(text)),
  )

const texts = (values: Condition['values']): string[] => values.map(value => normalise(String(value)))

/** The question, with `@` where the value stands, and what is bound after it. */
function question(
  kind: ConditionKind,
  { operator, values }: Condition,
  today: Today,
): [string, ...(string | number)[]] {
  const [value = ''] = values
  if (inDays(operator)) {
    const days = Number(value)
    // Today is one of the days.
    const [from, to] = operator === 'ahead' ? [0, days - 1] : [1 - days, 0]
    if (kind === 'date')
      return operator === 'longer-ago'
        ? ['@ < ?', today.name(-days)]
        : ['@ between ? and ?', today.name(from), today.name(to)]
    return operator === 'longer-ago'
      ? ['@ < ?', today.at(-days)]
      : ['@ between ? and ?', today.at(from), today.at(to + 1) - 1]
  }
  const isSet = kind === 'set' || kind === 'texts'
  if (operator === 'empty') return [isSet ? "@ = '[]'" : '@ is null']
  if (operator === 'filled') return [isSet ? "@ <> '[]'" : '@ is not null']
  switch (kind) {
    case 'text':
      if (operator === 'contains') return ['instr(normal(@), ?) > 0', ...texts(values)]
      if (operator === 'one-of')
        return ['normal(@) in (select value from json_each(?))', JSON.stringify(texts(values))]
      return [operator === 'is' ? 'normal(@) = ?' : 'normal(@) is not ?', ...texts(values)]
    case 'texts':
      if (operator === 'contains')
        return ['exists (select 1 from json_each(@) where instr(normal(value), ?) > 0)', ...texts(values)]
      return ['exists (select 1 from json_each(@) where normal(value) = ?)', ...texts(values)]
    case 'set':
      if (operator === 'one-of')
        return [
          'exists (select 1 from json_each(@) where value in (select value from json_each(?)))',
          JSON.stringify(values),
        ]
      return [`${operator === 'is' ? '' : 'not '}exists (select 1 from json_each(@) where value = ?)`, value]
    case 'instant': {
      const day = value as number
      if (operator === 'before') return ['@ < ?', day]
      return operator === 'after' ? ['@ >= ?', day + DAY] : ['@ between ? and ?', day, day + DAY - 1]
    }
    default:
      if (operator === 'before') return ['@ < ?', value]
      if (operator === 'after') return ['@ > ?', value]
      if (operator === 'one-of') return ['@ in (select value from json_each(?))', JSON.stringify(values)]
      return [operator === 'is' ? '@ = ?' : '@ is not ?', value]
  }
}

function condition(asked: Condition, field: Readable | undefined, today: Today): Compiled {
  if (!field || !fits(asked, field.kind)) return nothing
  const [sql, ...bound] = question(field.kind, asked, today)
  return { sql: sql.replace('@', () => field.value.sql), params: [...field.value.params, ...bound] }
}

/** Null: all. A condition that cannot be asked is answered by nothing. */
export function compile(
  { match, conditions }: Where,
  fieldOf: (id: string) => Readable | undefined,
  today: Today,
): Compiled | null {
  if (conditions.length === 0) return null
  const each = conditions.map(asked => condition(asked, fieldOf(asked.field), today))
  return {
    sql: each.map(({ sql }) => `(${sql})`).join(match === 'all' ? ' and ' : ' or '),
    params: each.flatMap(({ params }) => params),
  }
}
