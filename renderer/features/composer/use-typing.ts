import { useCallback, useEffect, useRef } from 'react'
import { request } from '../../store/core.ts'
import { useIsActive } from '../../store/pane.ts'
import { now } from '../../ui/clock.ts'

const PAUSE = 4_000
/** The hub believes that one types for eight seconds (server/sync/presence.ts): who writes on is told again before. */
const AGAIN = 5_000

/** Tells colleagues that one looks at a conversation, and while one writes in it. Told when it changes and every few seconds, not at every key. */
export function useTyping(conversationId: string): (typing: boolean) => void {
  const typing = useRef(false)
  const toldAt = useRef(0)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)

  const tell = useCallback(
    (next: boolean): void => {
      clearTimeout(pause.current)
      if (next) pause.current = setTimeout(() => tell(false), PAUSE)
      if (next === typing.current && !(next && now() - toldAt.current > AGAIN)) return
      typing.current = next
      toldAt.current = now()
      void request('presence', { conversationId, typing: next })
    },
    [conversationId],
  )
  // Of two beside each other one looks at the one that is worked in.
  const active = useIsActive()
  useEffect(() => {
    if (!active) return
    void request('presence', { conversationId, typing: false })
    return () => {
      clearTimeout(pause.current)
      void request('presence', { conversationId: null, typing: false })
    }
  }, [conversationId, active])
  return tell
}
