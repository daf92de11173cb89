import { type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { holesIn } from '#shared/rules/variables.ts'
import './marked-words.css'
import { composes, type MarkedWords, type WordsField, type WordsProps } from './words-field.ts'

/**
 * Words without formatting: what chats and notes are made of. Behind the field lie the same words, unseen: they draw what is marked, and
 * tell where the caret is, which a textarea does not.
 */
export function PlainField({
  ref,
  label,
  placeholder,
  value,
  readOnly,
  list,
  marks,
  caretPlace,
  onChange,
  onBlur,
  onPaste,
  onKey,
  onCaret,
}: WordsProps & { ref: Ref<WordsField> }) {
  const area = useRef<HTMLTextAreaElement>(null)
  const behind = useRef<HTMLDivElement>(null)
  const follow = (): void => {
    if (behind.current && area.current) behind.current.scrollTop = area.current.scrollTop
  }
  useLayoutEffect(follow)
  useImperativeHandle(ref, () => ({
    focus() {
      const { current } = area
      if (!current) return
      const at = caretPlace?.back(current.value.length) ?? current.value.length
      current.focus()
      current.setSelectionRange(at, at)
    },
    refocus: () => area.current?.focus(),
    caret() {
      const { current } = area
      if (!current || document.activeElement !== current) return null
      const { selectionStart: at, selectionEnd, value: text } = current
      if (at !== selectionEnd) return null
      const rect = behind.current && rectAt(behind.current, at)
      return rect && { before: text.slice(text.lastIndexOf('\n', at - 1) + 1, at), ...rect }
    },
    put({ text }, instead) {
      const { current } = area
      if (!current) return
      current.focus()
      current.setSelectionRange(current.selectionStart - instead, current.selectionEnd)
      // The one way that the browser can take back.
      document.execCommand('insertText', false, text)
      // A textarea follows typing, not this.
      current.scrollTop =
        current.selectionEnd === current.value.length ? current.scrollHeight : current.scrollTop
    },
    chooseHole() {
      const { current } = area
      const hole = current && holesIn(current.value)[0]
      if (!hole) return false
      current.focus()
      current.setSelectionRange(hole.from, hole.to)
      return true
    },
  }))
  return (
    <div className="comp-plain">
      <div ref={behind} className="comp-behind" aria-hidden="true">
        {drawn(value.text, marks(value.text))}
        {/* The last line has its height. */}
        {'\u200b'}
      </div>
      <textarea
        ref={area}
        className="comp-text"
        data-column-entry=""
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={list?.id}
        aria-activedescendant={list?.active}
        placeholder={placeholder}
        value={value.text}
        readOnly={readOnly}
        spellCheck
        // A browser would keep it for restoring its session, readable on the disk.
        autoComplete="off"
        onScroll={follow}
        onChange={event => {
          onChange({ text: event.target.value, rich: null })
          if (!(event.nativeEvent as InputEvent).isComposing) queueMicrotask(() => onCaret(true))
        }}
        onCompositionEnd={() => queueMicrotask(() => onCaret(true))}
        onSelect={() => onCaret(false)}
        onKeyDown={event => {
          if (!composes(event.nativeEvent) && onKey(event)) event.preventDefault()
        }}
        onBlur={({ target }) => {
          caretPlace?.leave(target.value.length, target.selectionEnd)
          onBlur()
        }}
        onPaste={event => {
          if (onPaste(event.clipboardData)) event.preventDefault()
        }}
      />
    </div>
  )
}

function drawn(text: string, marks: readonly MarkedWords[]) {
  const parts = []
  let at = 0
  for (const { from, to, kind } of marks) {
    parts.push(text.slice(at, from))
    parts.push(
      <mark key={from} className={`comp-${kind}`}>
        {text.slice(from, to)}
      </mark>,
    )
    at = to
  }
  parts.push(text.slice(at))
  return parts
}

/** Where the letter at `index` begins on the screen. */
function rectAt(behind: HTMLElement, index: number): { left: number; top: number; bottom: number } | null {
  const walker = document.createTreeWalker(behind, NodeFilter.SHOW_TEXT)
  let rest = index
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0
    if (rest <= length) {
      const range = document.createRange()
      range.setStart(node, rest)
      range.setEnd(node, rest)
      const { left, top, bottom } = range.getClientRects()[0] ?? range.getBoundingClientRect()
      return { left, top, bottom }
    }
    rest -= length
  }
  return null
}
