import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { later } from '../../app/later.tsx'
import type { WordsField } from './words-field.ts'

const useFile = later(() => import('./rich.ts'))
type Rich = typeof import('./rich.ts')

/**
 * What writing with formatting needs. Until it is there a plain field stands in its place; it gives way at once where nobody is in it or
 * the caret is behind the last word, and else when one leaves it, so that neither a letter nor a place is lost.
 *
 * @param box where the field is
 * @returns undefined: not yet
 */
export function useRich(
  needed: boolean,
  box: RefObject<HTMLElement | null>,
  field: RefObject<WordsField | null>,
): Rich | undefined {
  const read = useFile(needed)
  const [taken, take] = useState(read)
  const composing = useRef(false)
  const goesOn = useRef(false)
  useLayoutEffect(() => {
    const all = box.current
    if (!needed || taken || !all) return
    let exchanged = false
    const look = (): void => {
      const area = all.querySelector<HTMLTextAreaElement>('textarea.comp-text')
      // A field that is exchanged loses the focus, too.
      if (!area || !read || exchanged) return
      const here = area === document.activeElement
      if (here && (composing.current || area.selectionStart < area.value.length)) return
      exchanged = true
      goesOn.current = here
      take(read)
    }
    const compose = ({ type }: Event): void => {
      composing.current = type === 'compositionstart'
      // When the words of the composition stand in the field.
      if (!composing.current) setTimeout(look)
    }
    look()
    all.addEventListener('compositionstart', compose)
    all.addEventListener('compositionend', compose)
    all.addEventListener('keyup', look)
    all.addEventListener('focusout', look)
    return () => {
      all.removeEventListener('compositionstart', compose)
      all.removeEventListener('compositionend', compose)
      all.removeEventListener('keyup', look)
      all.removeEventListener('focusout', look)
    }
  }, [needed, read, taken, box])
  useLayoutEffect(() => {
    if (!taken || !goesOn.current) return
    goesOn.current = false
    field.current?.focus()
  }, [taken, field])
  return taken
}
