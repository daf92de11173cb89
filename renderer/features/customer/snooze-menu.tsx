import { AlarmClock, AlarmClockOff } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import { languageNow, useWords } from '../../app/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { now } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { moment } from '../../ui/time.ts'
import { reopen, snooze } from './actions.ts'
import { snoozeChoices, weekendOf } from './snooze.ts'
import { words } from './words.ts'

/** Out of sight until a time, or until the customer writes. */
export function SnoozeMenu({
  conversation,
  open,
  onOpenChange,
}: {
  conversation: Conversation
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const say = useWords(words)
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      label={say('snooze')}
      trigger={<IconButton icon={AlarmClock} label={say('snooze')} shortcut="snooze" />}
    >
      {open && (
        <SnoozeChoices
          onChoose={until => {
            onOpenChange(false)
            void snooze(conversation, until)
          }}
          onWake={
            conversation.status === 'snoozed'
              ? () => {
                  onOpenChange(false)
                  void reopen(conversation)
                }
              : undefined
          }
        />
      )}
    </Popover>
  )
}

/** @param onWake back into sight at once; absent: it is in sight */
export function SnoozeChoices({
  onChoose,
  onWake,
}: {
  onChoose: (until: number) => void
  onWake?: (() => void) | undefined
}) {
  const say = useWords(words)
  const [opened] = useState(now)
  const choices = snoozeChoices(opened, weekendOf(languageNow() === 'en' ? navigator.language : 'zh-CN'))
  const [own, setOwn] = useState(localValue(choices[0]?.until ?? opened + 3_600_000))
  const [wrong, setWrong] = useState(false)

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const at = new Date(own).getTime()
    if (at > now()) onChoose(at)
    else setWrong(true)
  }
  return (
    <div className="picker snooze">
      <ul className="picker-list">
        {choices.map((choice, index) => (
          <li key={choice.name}>
            <button
              type="button"
              className="picker-choice"
              // biome-ignore lint/a11y/noAutofocus: the menu was opened to choose
              autoFocus={index === 0}
              onKeyDown={moveFocus}
              onClick={() => onChoose(choice.until)}
            >
              <span className="grow">{say(`snooze-${choice.name}`)}</span>
              <span className="meta faint num">{moment(choice.until)}</span>
            </button>
          </li>
        ))}
        {onWake && (
          <li>
            <button type="button" className="picker-choice" onKeyDown={moveFocus} onClick={onWake}>
              <Icon of={AlarmClockOff} size="s" />
              <span className="grow">{say('snooze-wake')}</span>
            </button>
          </li>
        )}
      </ul>
      <form className="snooze-own" onSubmit={submit}>
        <label className="field">
          {say('snooze-pick')}
          <input
            className={`input ${wrong ? 'input-bad' : ''}`}
            type="datetime-local"
            value={own}
            min={localValue(opened)}
            aria-invalid={wrong || undefined}
            onChange={event => {
              setWrong(false)
              setOwn(event.target.value)
            }}
          />
          {wrong && (
            <span className="field-error" role="alert">
              {say('snooze-past')}
            </span>
          )}
        </label>
        <Button small type="submit">
          {say('snooze-set')}
        </Button>
      </form>
    </div>
  )
}

/** Arrows go through the choices as in a menu. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  const item = event.currentTarget.closest('li')
  const next = event.key === 'ArrowDown' ? item?.nextElementSibling : item?.previousElementSibling
  next?.querySelector('button')?.focus()
}

/** What `datetime-local` wants: local time without a zone. */
function localValue(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
