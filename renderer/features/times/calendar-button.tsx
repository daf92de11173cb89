import { CalendarDays } from 'lucide-react'
import { useRef } from 'react'
import { useWords } from '../../app/i18n.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import './calendar-button.css'
import { words } from './words.ts'

/** The system's calendar, at the end of a field in which a day is typed (`calendar-line`). Only its leaves are wanted: its words would be in the system's language. */
export function CalendarButton({
  of,
  value,
  onChoose,
}: {
  of: 'date' | 'datetime-local'
  value: string
  onChoose: (value: string) => void
}) {
  const say = useWords(words)
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        icon={CalendarDays}
        size="s"
        label={say('calendar')}
        onClick={() => field.current?.showPicker()}
      />
      <input
        ref={field}
        type={of}
        tabIndex={-1}
        aria-hidden
        value={value}
        onChange={event => event.target.value && onChoose(event.target.value)}
      />
    </>
  )
}
