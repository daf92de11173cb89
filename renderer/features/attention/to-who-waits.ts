// To whoever waits at the other end of a chat or a telephone, one after the other, and back to what one was at when the first of them rang.
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Alert } from '#shared/queries/index.ts'
import { waitsThere } from '#shared/rules/attention.ts'
import { stayInThread } from '../../app/columns.ts'
import { useLive } from '../../store/live.ts'
import { isThreadInSight } from '../../store/one-column.ts'
import { whenQuiet } from '../../store/quiet.ts'
import { useView } from '../../store/view.ts'
import { useAttention } from './preferences.ts'

export interface Place {
  customerId: string
  conversationId: string
}

/** @param from where one was. @param at where one was led last: whoever has gone elsewhere since is led back no more */
const useWay = create<{ from: Place | null; at: string | null }>(() => ({ from: null, at: null }))

export const forgetWay = (): void => useWay.setState({ from: null, at: null })

/** Who waits at the other end now, unseen; who has waited longest first. What one looks at is about to be read. */
export function useWaitingNow(): readonly Alert[] {
  const [quiet, setQuiet] = useState(false)
  useEffect(() => whenQuiet(() => setQuiet(true)), [])
  const { rows } = useLive('alerts', quiet ? {} : null)
  const attention = useAttention()
  const here = useView(view => (view.section === 'inbox' ? view.conversationId : null))
  const beside = useView(view => view.beside?.conversationId ?? null)
  return rows
    .filter(alert => waitsThere(alert, attention))
    .filter(
      ({ conversationId: id }) => id !== beside && !(id === here && document.hasFocus() && isThreadInSight()),
    )
    .sort((one, other) => (one.since ?? one.at) - (other.since ?? other.at))
}

/** Where one was when the first of them rang, once one was led on from there and has gone nowhere else since. */
export function useWayBack(): Place | null {
  const { from, at } = useWay()
  return useView(view => (view.section === 'inbox' && view.conversationId === at ? from : null))
}

/** @param go leads to a conversation, from this window. Whoever is in the thread stays there. */
export function leadTo(go: (to: Place) => void, { customerId, conversationId }: Place): void {
  stayInThread()
  go({ customerId, conversationId })
}

/** The same to somebody who rings: one will want to be led back. */
export function interruptFor(go: (to: Place) => void, to: Place): void {
  const { section, customerId, conversationId } = useView.getState()
  const { from, at } = useWay.getState()
  const here = section === 'inbox' && customerId && conversationId ? { customerId, conversationId } : null
  useWay.setState({ from: conversationId === at ? from : here, at: to.conversationId })
  leadTo(go, to)
}

/** Back to where one was. */
export function leadBack(go: (to: Place) => void, to: Place): void {
  forgetWay()
  leadTo(go, to)
}
