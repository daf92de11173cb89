import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../../app/i18n.ts'
import { words } from './words.ts'

/**
 * A field of a profile that is edited where it stands: a press makes it a field, Enter or leaving it keeps the change, Escape gives it
 * up. What colleagues change meanwhile is shown, unless one is typing here.
 */
export function Editable({
  label,
  value,
  shown,
  lines,
  placeholder,
  check,
  onChange,
}: {
  label: string
  value: string
  /** Another way to show it than as it is typed. */
  shown?: string
  lines?: boolean
  placeholder?: string
  /** What is wrong with it; empty: nothing. */
  check?: (value: string) => string
  onChange: (value: string) => void
}) {
  const say = useWords(words)
  const id = useId()
  const [text, setText] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const back = useRef(false)
  const wrong = text === null ? '' : (check?.(text.trim()) ?? '')

  useEffect(() => {
    if (text === null && back.current) button.current?.focus()
    back.current = false
  }, [text])

  const keep = (): void => {
    if (text === null) return
    const next = text.trim()
    if (check?.(next)) return
    setText(null)
    if (next !== value) onChange(next)
  }
  const key = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (!lines || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      back.current = true
      keep()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      event.preventDefault()
      back.current = true
      setText(null)
    }
  }
  if (text === null)
    return (
      <button
        ref={button}
        type="button"
        className={`editable ${lines ? 'editable-lines' : ''} ${value ? '' : 'editable-empty'}`}
        aria-label={`${say('edit-field', { field: label })}: ${shown || value || placeholder || say('add')}`}
        onClick={() => setText(value)}
      >
        {shown || value || placeholder || say('add')}
      </button>
    )
  const field = {
    id,
    value: text,
    'aria-label': label,
    // Kept by the replica, not readable in a browser's session file.
    autoComplete: 'off',
    'aria-invalid': wrong ? (true as const) : undefined,
    className: `input editable-field ${lines ? 'input-lines' : ''} ${wrong ? 'input-bad' : ''}`,
    onBlur: () => (wrong ? setText(null) : keep()),
    onKeyDown: key,
  }
  return (
    <span className="editable-open">
      {lines ? (
        // biome-ignore lint/a11y/noAutofocus: it was pressed to be edited
        <textarea {...field} autoFocus onChange={event => setText(event.target.value)} />
      ) : (
        <input
          {...field}
          // biome-ignore lint/a11y/noAutofocus: it was pressed to be edited
          autoFocus
          onFocus={event => event.target.select()}
          onChange={event => setText(event.target.value)}
        />
      )}
      {wrong && (
        <span className="field-error" role="alert">
          {wrong}
        </span>
      )}
    </span>
  )
}
