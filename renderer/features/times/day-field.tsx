import { type ComponentProps, useId, useState } from 'react'
import { useWords } from '../../app/i18n.ts'
import { now } from '../../ui/clock.ts'
import { weekdayText } from '../../ui/time.ts'
import { CalendarButton } from './calendar-button.tsx'
import './day-field.css'
import type { Toward } from './typed-date.ts'
import { typedDay } from './typed-day.ts'
import { words } from './words.ts'

/**
 * A day, typed as people say it or found in a calendar. What is understood is said below, in the desk's language: the system's own field speaks
 * the system's, and takes nothing but figures in its own order.
 *
 * @param value `2026-11-23`; empty: none; null: what is typed is none
 * @param error what is wrong with a day that was understood
 */
export function DayField({
  label,
  named = true,
  value,
  toward,
  error,
  onChange,
  ...rest
}: {
  label: string
  /** Its label is seen. */
  named?: boolean
  value: string | null
  toward: Toward
  error?: string | undefined
  onChange: (value: string | null) => void
} & Pick<ComponentProps<'input'>, 'autoFocus'> & { 'data-autofocus'?: '' }) {
  const say = useWords(words)
  const id = useId()
  const [typed, setTyped] = useState({ text: value ?? '', value })
  // It was chosen elsewhere, as where a list of days stands beside it.
  if ((typed.value ?? '') !== (value ?? '')) setTyped({ text: value ?? '', value })
  const write = (text: string): void => {
    const day = text.trim() === '' ? '' : typedDay(text, now(), toward)
    setTyped({ text, value: day })
    if (day !== value) onChange(day)
  }
  const understood = value ? weekdayText(Date.parse(`${value}T12:00:00`)) : ''
  return (
    <div className="field">
      {named && <label htmlFor={id}>{label}</label>}
      <div className="calendar-line">
        <input
          {...rest}
          id={id}
          className={error ? 'input input-bad' : 'input'}
          aria-label={named ? undefined : label}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-more`}
          placeholder={say('type-day')}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={typed.text}
          onChange={event => write(event.target.value)}
        />
        <CalendarButton of="date" value={value ?? ''} onChoose={write} />
      </div>
      <span id={`${id}-more`} className={error ? 'field-error' : 'day-said faint num'} role="status">
        {error ?? (typed.value === null ? say('no-day') : understood)}
      </span>
    </div>
  )
}
