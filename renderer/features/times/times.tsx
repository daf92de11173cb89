import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useWords } from '../../app/i18n.ts'
import { activeOption } from '../../ui/active-option.ts'
import { Button } from '../../ui/button.tsx'
import { now } from '../../ui/clock.ts'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { fullTime, moment } from '../../ui/time.ts'
import '../../ui/picker.css'
import { CalendarButton } from './calendar-button.tsx'
import './times.css'
import { writtenTime } from './typed-date.ts'
import { typedTime } from './typed-time.ts'
import { words } from './words.ts'

/**
 * Chooses a time to come: one of the usual ones, one that is typed as people say it, or a date.
 *
 * @param times made once, when it is opened: they do not move under a hand
 */
export function Times({
  label,
  icon,
  times,
  own,
  hint,
  first,
  onChoose,
}: {
  /** What the time is for. */
  label: string
  icon: LucideIcon
  times: (now: number) => { label: string; at: number }[]
  /** What is done at a date that was put together. */
  own: string
  hint?: string
  /** What else can be chosen, before the times. */
  first?: { label: string; icon?: LucideIcon; run: () => void } | undefined
  onChoose: (at: number) => void
}) {
  const say = useWords(words)
  const [opened] = useState(now)
  const [text, setText] = useState('')
  const choices = times(opened)
  const typed = typedTime(text, opened)
  const said = text.trim().toLowerCase()
  const found = choices.filter(choice => choice.at === typed || choice.label.toLowerCase().includes(said))
  const shown =
    typed === null || found.some(({ at }) => at === typed)
      ? found
      : [{ label: text.trim(), at: typed }, ...found]
  return (
    <Command ref={activeOption} label={label} loop shouldFilter={false} className="picker times">
      <div className="picker-field">
        <Command.Input value={text} onValueChange={setText} placeholder={say('type')} />
      </div>
      <Command.List label={label}>
        {shown.length === 0 && <p className="picker-empty">{say('no-time')}</p>}
        {first && said === '' && (
          <Command.Item value="first" onSelect={first.run}>
            {first.icon && <Icon of={first.icon} size="s" />}
            <span className="grow">{first.label}</span>
          </Command.Item>
        )}
        {shown.map(choice => (
          <Command.Item key={choice.at} value={String(choice.at)} onSelect={() => onChoose(choice.at)}>
            <Icon of={icon} size="s" />
            <span className="grow trunc text">{choice.label}</span>
            <span className="meta faint num">{moment(choice.at)}</span>
          </Command.Item>
        ))}
      </Command.List>
      <OwnTime from={choices[0]?.at ?? opened} set={own} onChoose={onChoose} />
      {hint && <p className="times-hint meta faint">{hint}</p>}
    </Command>
  )
}

/** A date and a time, written as the desk writes them in either language, or found in a calendar. What is understood is said below. */
function OwnTime({ from, set, onChoose }: { from: number; set: string; onChoose: (at: number) => void }) {
  const say = useWords(words)
  const [own, setOwn] = useState(writtenTime(from))
  const [wrong, setWrong] = useState(false)
  const at = typedTime(own, now())
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (at === null) setWrong(true)
    else onChoose(at)
  }
  const write = (text: string): void => {
    setWrong(false)
    setOwn(text)
  }
  return (
    // The list above has keys of its own; Tab goes round with all of it.
    <form
      className="times-own"
      onSubmit={submit}
      onKeyDown={event => event.key === 'Tab' || event.stopPropagation()}
    >
      <div className="calendar-line">
        <TextField
          label={say('own')}
          value={own}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong || undefined}
          {...(wrong ? { className: 'input-bad' } : {})}
          onChange={event => write(event.target.value)}
        />
        <CalendarButton
          of="datetime-local"
          value={writtenTime(at ?? from)}
          onChoose={value => write(writtenTime(new Date(value).getTime()))}
        />
      </div>
      {wrong ? (
        <p className="field-error" role="alert">
          {say('past')}
        </p>
      ) : (
        <p className="meta faint num" role="status">
          {at !== null && fullTime(at)}
        </p>
      )}
      <Button small type="submit">
        {set}
      </Button>
    </form>
  )
}
