// Who puts a conversation away from the list stands on the next one there at once: the next key means that one.
import { useEffect, useRef } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import { standOn } from '../../store/view.ts'

type Places = Pick<Conversation, 'id' | 'customerId'>

interface Shown {
  /** From a conversation, if that is where one stands in it, to the next. */
  goOn: (from: string) => void
  /** Brings one into sight that comes back to it. */
  revealWhenThere: (id: string) => void
}

let shown: Shown | null = null

/** Whether one goes through a list of conversations: the focus is in it, or nowhere. */
export function isInList(): boolean {
  if (shown === null) return false
  const { activeElement } = document
  if (activeElement === null || activeElement === document.body) return true
  return activeElement.closest('[data-keys]')?.getAttribute('data-keys') === 'list'
}

/** The list that is shown. */
export function useGoingOn(list: Shown): void {
  const latest = useRef(list)
  latest.current = list
  useEffect(() => {
    const mine: Shown = {
      goOn: from => latest.current.goOn(from),
      revealWhenThere: id => latest.current.revealWhenThere(id),
    }
    shown = mine
    return () => {
      if (shown === mine) shown = null
    }
  }, [])
}

/** To the one after it, or before it where it is the last. */
export const goOnFrom = ({ id }: Places): void => shown?.goOn(id)

/** To what was put away and is taken back, if one still goes through the list. */
export function goBackTo({ id, customerId }: Places): void {
  if (!isInList()) return
  shown?.revealWhenThere(id)
  standOn({ customerId, conversationId: id })
}
