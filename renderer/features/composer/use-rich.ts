import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { later } from '../../app/later.tsx'
import type { WordsField } from './words-field.ts'

const useFile = later(() => import('./rich.ts'))
type Rich = typeof import('./rich.ts')

/** Somebody comes near (by mouse, by keyboard, with files), or leaves the field. */
const moments = ['pointerenter', 'focusin', 'dragenter', 'keyup', 'focusout'] as const
/** A page that is never idle has it by then. Milliseconds. */
const AT_LATEST = 1_000

/**
 * What writing with formatting needs. Until it is taken a plain field stands in its place; it gives way where nobody is in it or the
 * caret is behind the last word, and else when one leaves it, so that neither a letter nor a place is lost.
 *
 * Making such a field and throwing it away is a third of what showing a conversation costs. While nothing is written it waits until
 * the conversation is painted, or until somebody comes near: who goes through a list does not wait for fields that they do not use.
 *
 * @param empty whether nothing is written yet
 * @param box where the field is
 * @returns what was read (undefined: not yet), whether it is to be in place, and the plain field's ref: whoever gives that the focus
 *   gives it to the other one
 */
export function useRich(
  needed: boolean,
  empty: boolean,
  box: RefObject<HTMLElement | null>,
  field: RefObject<WordsField | null>,
): { file: Rich | undefined; taken: boolean; standIn: (plain: WordsField | null) => void } {
  const file = useFile(needed)
  const [taken, take] = useState(Boolean(file) && !empty)
  const composing = useRef(false)
  const goesOn = useRef(false)
  useLayoutEffect(() => {
    const all = box.current
    if (!needed || taken || !all) return
    let exchanged = false
    const look = (): void => {
      const area = all.querySelector<HTMLTextAreaElement>('textarea.comp-text')
      // A field that is exchanged loses the focus, too.
      if (!area || !file) return
      const here = area === document.activeElement
      // Who came near with the mouse may be in it before the other is drawn. What is taken away loses the focus: that says nothing.
      if (exchanged && here) goesOn.current = true
      if (exchanged || (here && (composing.current || area.selectionStart < area.value.length))) return
      exchanged = true
      goesOn.current = here
      take(true)
    }
    const compose = ({ type }: Event): void => {
      composing.current = type === 'compositionstart'
      // When the words of the composition stand in the field.
      if (!composing.current) setTimeout(look)
    }
    const waits = empty && !all.contains(document.activeElement)
    if (!waits) look()
    const quiet = requestIdleCallback(look, { timeout: AT_LATEST })
    all.addEventListener('compositionstart', compose)
    all.addEventListener('compositionend', compose)
    for (const moment of moments) all.addEventListener(moment, look)
    return () => {
      cancelIdleCallback(quiet)
      all.removeEventListener('compositionstart', compose)
      all.removeEventListener('compositionend', compose)
      for (const moment of moments) all.removeEventListener(moment, look)
    }
  }, [needed, empty, file, taken, box])
  useLayoutEffect(() => {
    if (!taken || !goesOn.current) return
    goesOn.current = false
    field.current?.focus()
  }, [taken, field])
  const ready = useRef(false)
  ready.current = Boolean(file) && !taken
  const standIn = useCallback(
    (plain: WordsField | null): void => {
      field.current = plain && {
        ...plain,
        focus() {
          const before = field.current
          // At once: what is opened at the caret would close with the field that the caret leaves.
          if (ready.current && !composing.current) flushSync(() => take(true))
          const now = field.current === before ? plain : field.current
          now?.focus()
        },
      }
    },
    [field],
  )
  return { file, taken, standIn }
}
