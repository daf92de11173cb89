import { useCallback, useEffect, useRef } from 'react'
import { request } from '../../store/core.ts'

const PAUSE = 4_000

/** Tells colleagues that one looks at a conversation, and while one writes in it. Told when it changes, not at every key. */
export function useTyping(conversationId: string): (typing: boolean) => void {
  const typing = useRef(false)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)

  const tell = useCallback(
    (next: boolean): void => {
      clearTimeout(pause.current)
      if (next) pause.current = setTimeout(() => tell(false), PAUSE)
      if (next === typing.current) return
      typing.current = next
      void request('presence', { conversationId, typing: next })
    },
    [conversationId],
  )
  useEffect(() => {
    void request('presence', { conversationId, typing: false })
    return () => {
      clearTimeout(pause.current)
      void request('presence', { conversationId: null, typing: false })
    }
  }, [conversationId])
  return tell
}
