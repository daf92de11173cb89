// Who puts a conversation away goes on: in the list to the next one at once, so that the next key means that one; elsewhere as they chose.
import { useEffect, useRef } from 'react'
import type { Preferences } from '#shared/ipc/states.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import { focusList, focusThread, stayInThread } from '../../app/columns.ts'
import { inScope } from '../../app/keys/use-key.ts'
import { popOutHere } from '../../bridge.ts'
import { statesNow } from '../../store/states.ts'
import { back, cameFromCustomers, leave, open, standOn, useView } from '../../store/view.ts'

type Places = Pick<Conversation, 'id' | 'customerId'>
type WhereTo = NonNullable<Preferences['afterPutAway']>

/** From where a conversation was put away, when one went on from it: there one comes back to it. */
export type LeftFrom = 'list' | 'thread'

interface Shown {
  /** From a conversation, if that is where one stands in it, to the next. Whether there was one. */
  goOn: (from: string) => boolean
  /** Brings one into sight that comes back to it. */
  revealWhenThere: (id: string) => void
}

let shown: Shown | null = null

/** Where one goes after a conversation was resolved or snoozed. */
export const whereTo = (preferences: Preferences | null): WhereTo =>
  preferences?.afterPutAway ?? 'next-in-list'

/** Whether one goes through a list of conversations: the focus is in it, or nowhere. */
export const isInList = (): boolean => shown !== null && inScope('list', document.activeElement)

/** Whether one reads a thread, and does not write in it. */
const isReading = (): boolean => inScope('timeline', document.activeElement)

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

/**
 * Goes on from what was put away: to the one after it, or before it where it is the last, or to the list. A window of its own has no list.
 *
 * @returns from where one went; null: one stays
 */
export function goOnFrom({ id }: Places, inList = false): LeftFrom | null {
  const to = whereTo(statesNow().preferences)
  if (popOutHere() !== null) return null
  if (to === 'list') {
    if (cameFromCustomers(useView.getState())) {
      stayInThread()
      back()
      return null
    }
    leave()
    focusList()
    return 'list'
  }
  if (inList) {
    shown?.goOn(id)
    return 'list'
  }
  if (to !== 'next') return null
  if (!shown?.goOn(id)) return null
  stayInThread()
  focusThread()
  return 'thread'
}

/** To what was put away and is taken back, if one still goes through the list, or still reads where one read it. */
export function goBackTo({ id, customerId }: Places, left: LeftFrom): void {
  const place = { customerId, conversationId: id }
  if (isInList()) {
    shown?.revealWhenThere(id)
    standOn(place)
  } else if (left === 'thread' && isReading()) {
    stayInThread()
    open(place)
    focusThread()
  }
}
