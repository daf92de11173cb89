import { useState } from 'react'
import type { QuietHours, QuietSpan } from '#shared/rules/quiet-hours.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { attentionNow, setAttention } from '../../attention/preferences.ts'
import { words } from './words.ts'

/** Monday comes first, as both languages' calendars have it. */
const week = [1, 2, 3, 4, 5, 6, 0] as const

/** A quiet span for each day of the week. */
export function QuietDays({ days }: { days: QuietHours['days'] }) {
  const t = useWords(words)
  const language = useLanguage()
  const set = (day: number, span: QuietSpan | null): void => {
    const { quiet } = attentionNow()
    void setAttention({ quiet: { ...quiet, days: quiet.days.map((old, at) => (at === day ? span : old)) } })
  }
  return (
    <ul className="alerts-days">
      {week.map(day => {
        const span = days[day] ?? null
        const name = dayName(day, language)
        const changed = (part: keyof QuietSpan) => (minute: number) => {
          if (span) set(day, { ...span, [part]: minute })
        }
        return (
          <li key={day} className="alerts-day">
            <label className="alerts-check">
              <input
                type="checkbox"
                checked={span !== null}
                onChange={event => set(day, event.target.checked ? usual : null)}
              />
              {name}
            </label>
            {span && (
              <>
                <Time label={t('from-of', { day: name })} minute={span.from} onChange={changed('from')} />
                <span aria-hidden="true">–</span>
                <Time label={t('to-of', { day: name })} minute={span.to} onChange={changed('to')} />
                <span className="alerts-hint">
                  {span.to === span.from ? t('whole-day') : span.to < span.from ? t('next-day') : ''}
                </span>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const usual: QuietSpan = { from: 20 * 60, to: 8 * 60 }

/** A time of day as the desk writes them, whatever clock the system prefers. What is no time is taken back on leaving the field. */
function Time({
  label,
  minute,
  onChange,
}: {
  label: string
  minute: number
  onChange: (minute: number) => void
}) {
  const t = useWords(words)
  const [typed, setTyped] = useState<string | null>(null)
  const bad = typed !== null && minuteOf(typed) === null
  return (
    <input
      className={bad ? 'input input-bad alerts-time num' : 'input alerts-time num'}
      inputMode="numeric"
      aria-label={label}
      aria-invalid={bad || undefined}
      title={bad ? t('bad-time') : undefined}
      maxLength={5}
      value={typed ?? textOf(minute)}
      onChange={({ target }) => {
        setTyped(target.value)
        const next = minuteOf(target.value)
        if (next !== null) onChange(next)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

const textOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Null where it is no time, or not yet. */
function minuteOf(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2})[:：](\d\d)$/.exec(text.trim()) ?? []
  const minute = Number(hours) * 60 + Number(minutes)
  return Number(hours) < 24 && Number(minutes) < 60 ? minute : null
}

/** 4 January 1970 was a Sunday. */
const dayName = (day: number, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format((3 + day) * 86_400_000)
