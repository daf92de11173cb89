import { Command } from 'cmdk'
import { CalendarClock } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { languageNow, useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { now } from '../../../ui/clock.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { moment } from '../../../ui/time.ts'
import { weekendOf } from '../../customer/snooze.ts'
import '../../../ui/picker.css'
import { laterChoices } from './choices.ts'
import './later.css'
import { typedTime } from './typed-time.ts'
import { words } from './words.ts'

/**
 * Chooses when a message leaves: one of the usual times, a time that is typed, or a date.
 *
 * @param zone where the customer is, by IANA; empty: unknown
 */
export function LaterMenu({
  trigger,
  zone,
  open,
  onOpenChange,
  onChoose,
  giveBack,
  first,
}: {
  trigger: ReactNode
  zone: string
  open: boolean
  onOpenChange: (open: boolean) => void
  onChoose: (at: number) => void
  giveBack?: () => void
  /** What else can be chosen, before the times. */
  first?: { label: string; run: () => void }
}) {
  const say = useWords(words)
  const choose = (at: number): void => {
    onOpenChange(false)
    onChoose(at)
  }
  return (
    <Popover
      trigger={trigger}
      label={say('choose-time')}
      align="end"
      side="top"
      open={open}
      onOpenChange={onOpenChange}
      {...(giveBack ? { giveBack } : {})}
    >
      {open && <Choices zone={zone} onChoose={choose} first={first} />}
    </Popover>
  )
}

function Choices({
  zone,
  onChoose,
  first,
}: {
  zone: string
  onChoose: (at: number) => void
  first: { label: string; run: () => void } | undefined
}) {
  const say = useWords(words)
  const [opened] = useState(now)
  const [text, setText] = useState('')
  const typed = typedTime(text, opened)
  const choices = laterChoices(
    opened,
    zone,
    weekendOf(languageNow() === 'en' ? navigator.language : 'zh-CN'),
  ).map(({ name, at }) => ({ label: say(name), at }))
  const said = text.trim().toLowerCase()
  const found = choices.filter(({ label, at }) => at === typed || label.toLowerCase().includes(said))
  const shown =
    typed === null || found.some(({ at }) => at === typed)
      ? found
      : [{ label: text.trim(), at: typed }, ...found]
  return (
    <Command label={say('choose-time')} loop shouldFilter={false} className="picker later">
      <div className="picker-field">
        <Command.Input value={text} onValueChange={setText} placeholder={say('type')} />
      </div>
      <Command.List>
        {shown.length === 0 && <p className="picker-empty">{say('no-time')}</p>}
        {first && said === '' && (
          <Command.Item value="first" onSelect={first.run}>
            <span className="grow">{first.label}</span>
          </Command.Item>
        )}
        {shown.map(({ label, at }) => (
          <Command.Item key={at} value={String(at)} onSelect={() => onChoose(at)}>
            <Icon of={CalendarClock} size="s" />
            <span className="grow trunc text">{label}</span>
            <span className="meta faint num">{moment(at)}</span>
          </Command.Item>
        ))}
      </Command.List>
      <OwnTime from={choices[0]?.at ?? opened} onChoose={onChoose} />
      <p className="later-hint meta faint">{say('hint')}</p>
    </Command>
  )
}

function OwnTime({ from, onChoose }: { from: number; onChoose: (at: number) => void }) {
  const say = useWords(words)
  const [own, setOwn] = useState(localValue(from))
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const at = new Date(own).getTime()
    if (at > now()) onChoose(at)
    else setWrong(true)
  }
  return (
    <form className="snooze-own" onSubmit={submit} onKeyDown={event => event.stopPropagation()}>
      <label className="field">
        {say('own')}
        <input
          className={`input ${wrong ? 'input-bad' : ''}`}
          type="datetime-local"
          value={own}
          aria-invalid={wrong || undefined}
          onChange={event => {
            setWrong(false)
            setOwn(event.target.value)
          }}
        />
        {wrong && (
          <span className="field-error" role="alert">
            {say('past')}
          </span>
        )}
      </label>
      <Button small type="submit">
        {say('own-set')}
      </Button>
    </form>
  )
}

/** What `datetime-local` wants: local time without a zone. */
function localValue(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
