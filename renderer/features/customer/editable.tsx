import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../../app/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { words as profileWords } from './profile.words.ts'
import { words } from './words.ts'

/**
 * A field of a profile that is edited where it stands: a press makes it a field, Enter or leaving it keeps the change, Escape gives it
 * up. What a colleague makes of it meanwhile is told on the spot and replaced only on purpose; a long text takes both.
 */
export function Editable({
  label,
  value,
  shown,
  lines = false,
  placeholder,
  begun = false,
  check,
  meanwhile,
  onChange,
  onEnd,
}: {
  label: string
  value: string
  /** Another way to show it than as it is typed. */
  shown?: ReactNode
  lines?: boolean
  placeholder?: string
  /** Being edited from the start. */
  begun?: boolean
  /** What is wrong with it; empty: nothing. */
  check?: (value: string) => string
  /** When it has become something else while it was edited: what to say; of a long text, who wrote. */
  meanwhile: () => string
  /** @param seen what its author had before them */
  onChange: (value: string, seen: string) => void
  /** It is no longer edited. */
  onEnd?: () => void
}) {
  const say = useWords(words)
  const tell = useWords(profileWords)
  const id = useId()
  const [edit, setEdit] = useState<{ text: string; seen: string } | null>(
    begun ? { text: value, seen: value } : null,
  )
  const button = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const back = useRef(false)
  // Nothing was typed yet: what a colleague makes of it is what one edits.
  if (edit && edit.text === edit.seen && edit.seen !== value) setEdit({ text: value, seen: value })
  const wrong = edit === null ? '' : (check?.(edit.text.trim()) ?? '')
  const changed = edit !== null && edit.seen !== value && edit.text.trim() !== value

  useEffect(() => {
    if (edit === null && back.current) button.current?.focus()
    back.current = false
  }, [edit])

  // Somebody went elsewhere by a key: what was typed goes along the same way as by leaving the field.
  const typed = useRef(() => {})
  useEffect(() => {
    typed.current = () => {
      if (edit && !wrong && edit.text.trim() !== edit.seen) onChange(edit.text.trim(), edit.seen)
    }
  })
  useEffect(() => () => typed.current(), [])

  const end = (focus: boolean): void => {
    back.current = focus
    typed.current = () => {}
    setEdit(null)
    onEnd?.()
  }
  const keep = (seen: string, focus: boolean): void => {
    if (edit === null || wrong) return
    const next = edit.text.trim()
    end(focus)
    if (next !== seen) onChange(next, seen)
  }
  const key = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing || edit === null) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      event.preventDefault()
      end(true)
    } else if (
      event.key === 'Enter' &&
      event.target === field.current &&
      (!lines || event.ctrlKey || event.metaKey)
    ) {
      event.preventDefault()
      if (!changed || lines) keep(edit.seen, true)
      // Theirs has to be passed on purpose: the next Enter puts one's own.
      else field.current?.closest('.editable-open')?.querySelector<HTMLElement>('.editable-mine')?.focus()
    }
  }
  const leave = (to: EventTarget | null): void => {
    if (edit === null || (to instanceof Node && field.current?.closest('.editable-open')?.contains(to)))
      return
    if (wrong) end(false)
    // A colleague's words are in the way: it stays open, with what was typed.
    else if (!changed || lines) keep(edit.seen, false)
  }

  if (edit === null)
    return (
      <button
        ref={button}
        type="button"
        className={`editable text ${lines ? 'editable-lines' : ''} ${value ? '' : 'editable-empty'}`}
        aria-label={`${say('edit-field', { field: label })}: ${(typeof shown === 'string' ? shown : '') || value || placeholder || say('add')}`}
        title={lines ? undefined : value}
        onClick={() => setEdit({ text: value, seen: value })}
      >
        {shown || value || placeholder || say('add')}
      </button>
    )
  const shared = {
    id,
    ref: field,
    value: edit.text,
    'aria-label': label,
    // Kept by the replica, not readable in a browser's session file.
    autoComplete: 'off',
    'aria-invalid': wrong ? (true as const) : undefined,
    'aria-describedby': wrong || changed ? `${id}-more` : undefined,
    className: `input editable-field ${lines ? 'input-lines' : ''} ${wrong ? 'input-bad' : ''}`,
    ...(placeholder ? { placeholder } : {}),
  }
  const type = (text: string): void => setEdit({ ...edit, text })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what its field and buttons do not take
    <span className="editable-open" onKeyDown={key} onBlur={event => leave(event.relatedTarget)}>
      {lines ? (
        // biome-ignore lint/a11y/noAutofocus: it was pressed to be edited
        <textarea {...shared} autoFocus onChange={event => type(event.target.value)} />
      ) : (
        <input
          {...shared}
          // biome-ignore lint/a11y/noAutofocus: it was pressed to be edited
          autoFocus
          onFocus={event => event.target.select()}
          onChange={event => type(event.target.value)}
        />
      )}
      {wrong && (
        <span id={`${id}-more`} className="field-error" role="alert">
          {wrong}
        </span>
      )}
      {changed && !wrong && (
        <span id={`${id}-more`} className="editable-meanwhile" role="alert">
          <span>{lines ? tell('note-meanwhile', { name: meanwhile() }) : meanwhile()}</span>
          {!lines && (
            <span className="row">
              <Button small kind="ink" className="editable-mine" onClick={() => keep(value, true)}>
                {tell('put-mine')}
              </Button>
              <Button small kind="ghost" onClick={() => end(true)}>
                {tell('leave-theirs')}
              </Button>
            </span>
          )}
        </span>
      )}
    </span>
  )
}
