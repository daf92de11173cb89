// Who puts a conversation away from the list stands on the next one there at once: the next key means that one.
import { useEffect, useRef } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import { standOn } from '../../store/view.ts'

type Places = Pick<Conversation, 'id' | 'customerId'>

let next: ((from: string) => void) | null = null

/** Whether one goes through a list of conversations: the focus is in it, or nowhere. */
export function isInList(): boolean {
  if (next === null) return false
  const { activeElement } = document
  if (activeElement === null || activeElement === document.body) return true
  return activeElement.closest('[data-keys]')?.getAttribute('data-keys') === 'list'
}

/** The list that is shown goes on like this. @param goOn from a conversation, if that is where one stands in it */
export function useGoingOn(goOn: (from: string) => void): void {
  const latest = useRef(goOn)
  latest.current = goOn
  useEffect(() => {
    const mine = (from: string): void => latest.current(from)
    next = mine
    return () => {
      if (next === mine) next = null
    }
  }, [])
}

/** To the one after it, or before it where it is the last. */
export const goOnFrom = ({ id }: Places): void => next?.(id)

/** To what was put away and is taken back, if one still goes through the list. */
export function goBackTo({ id, customerId }: Places): void {
  if (isInList()) standOn({ customerId, conversationId: id })
}
