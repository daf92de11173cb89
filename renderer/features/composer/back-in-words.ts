// A page that is loaded anew, after a crash or by a key, while somebody types: the next letters are words again. With the focus nowhere
// they would be commands, and E resolves the conversation.
import { type RefObject, useEffect } from 'react'
import { z } from 'zod'
import { keep, kept } from '../../store/kept.ts'

const NAME = 'in-words'

/** In whose words one was when the page went; told to one composer, once. */
let before = kept(NAME, z.string())

/**
 * Remembers that one is in the words of this conversation, and puts one back there when the page was loaded anew meanwhile.
 *
 * @param ready whether what was begun is there
 */
export function useBackInWords(
  conversationId: string,
  ready: boolean,
  box: RefObject<HTMLElement | null>,
  focus: () => void,
): void {
  useEffect(() => {
    const all = box.current
    if (!all) return
    const look = (): void => keep(NAME, conversationId)
    const leave = (): void => {
      // Who goes to another window has not left the words.
      if (document.hasFocus()) keep(NAME, null)
    }
    all.addEventListener('focusin', look)
    all.addEventListener('focusout', leave)
    return () => {
      all.removeEventListener('focusin', look)
      all.removeEventListener('focusout', leave)
    }
  }, [conversationId, box])
  useEffect(() => {
    if (!ready || before === undefined) return
    const at = document.activeElement
    const nowhere = at === document.body || at?.closest('[data-keys]')?.matches('[data-keys=timeline]')
    const here = before === conversationId && nowhere
    before = undefined
    if (here) focus()
  }, [ready, conversationId, focus])
}
