import { X } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { type Mailbox, mailboxText } from '#shared/model/item.ts'
import { useWords } from '../../app/i18n.ts'
import { Icon } from '../../ui/icon.tsx'
import { parseMailbox, splitMailboxes } from './recipients.ts'
import { words } from './words.ts'
import { composes } from './words-field.ts'

/** One line of those a mail goes to. Addresses become chips when they are complete; what is not one stays in the field and says so. */
export function AddressField({
  label,
  hint,
  value,
  unfinished,
  onChange,
  onUnfinished,
  first = false,
}: {
  label: string
  hint?: string
  value: readonly string[]
  /** What is typed and not an address yet. */
  unfinished: string
  onChange: (value: string[]) => void
  onUnfinished: (text: string) => void
  /** Whether there is nothing to say before somebody stands here. */
  first?: boolean
}) {
  const say = useWords(words)
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState(false)

  const take = (text: string): void => {
    const parts = splitMailboxes(text)
    const found = parts.map(parseMailbox)
    const good = found.filter((box): box is Mailbox => box !== null).map(mailboxText)
    const rest = parts.filter((_, index) => found[index] === null).join(', ')
    if (good.length > 0) onChange([...value, ...good.filter(one => !value.includes(one))])
    onUnfinished(rest)
    setWrong(rest !== '')
  }
  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (composes(event.nativeEvent)) return
    if (
      (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) ||
      event.key === ',' ||
      event.key === ';'
    ) {
      event.preventDefault()
      take(unfinished)
    } else if (event.key === 'Backspace' && unfinished === '' && value.length > 0) {
      event.preventDefault()
      onChange(value.slice(0, -1))
    }
  }
  return (
    <div className="comp-cc">
      <label htmlFor={id} title={hint}>
        {label}
      </label>
      <ul className="comp-cc-list">
        {value.map((text, index) => (
          <li key={text} className="comp-cc-chip" title={text}>
            <span className="trunc text">{text}</span>
            <button
              type="button"
              aria-label={say('address-remove', { address: text })}
              onClick={() => {
                onChange(value.filter((_, at) => at !== index))
                field.current?.focus()
              }}
            >
              <Icon of={X} size="xs" />
            </button>
          </li>
        ))}
        <li className="grow">
          <input
            ref={field}
            id={id}
            value={unfinished}
            placeholder={value.length === 0 ? say('address-add') : ''}
            spellCheck={false}
            autoComplete="off"
            inputMode="email"
            data-first={first ? (value.length === 0 ? 'empty' : 'filled') : undefined}
            aria-invalid={wrong || undefined}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            onChange={event => {
              setWrong(false)
              onUnfinished(event.target.value)
            }}
            onPaste={event => {
              const text = event.clipboardData.getData('text')
              if (!/[,;@\n]/u.test(text)) return
              event.preventDefault()
              take(unfinished + text)
            }}
            onBlur={() => unfinished && take(unfinished)}
            onKeyDown={key}
          />
        </li>
      </ul>
      {wrong && (
        <span id={`${id}-wrong`} className="comp-wrong" role="alert">
          {say('address-wrong')}
        </span>
      )}
    </div>
  )
}
