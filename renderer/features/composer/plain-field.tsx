import { type Ref, useImperativeHandle, useRef } from 'react'
import type { WordsField, WordsProps } from './words-field.ts'

/** Words without formatting: what chats and notes are made of. */
export function PlainField({
  ref,
  label,
  placeholder,
  value,
  readOnly,
  onChange,
  onBlur,
  onPaste,
}: WordsProps & { ref: Ref<WordsField> }) {
  const area = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => ({
    focus() {
      const { current } = area
      current?.focus()
      current?.setSelectionRange(current.value.length, current.value.length)
    },
  }))
  return (
    <textarea
      ref={area}
      className="comp-text"
      data-column-entry=""
      aria-label={label}
      placeholder={placeholder}
      value={value.text}
      readOnly={readOnly}
      spellCheck
      // A browser would keep it for restoring its session, readable on the disk.
      autoComplete="off"
      onChange={event => onChange({ text: event.target.value, rich: null })}
      onBlur={onBlur}
      onPaste={event => {
        if (onPaste(event.clipboardData)) event.preventDefault()
      }}
    />
  )
}
