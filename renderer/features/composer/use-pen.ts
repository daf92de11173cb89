import { useEffect, useMemo, useRef } from 'react'
import type { Shared } from '#shared/model/draft.ts'

interface Pen {
  /** The words are on their way, and the pen goes with them: nobody is told that it is gone. */
  hold(): void
  /** They did not go after all. */
  free(): void
  /** They have gone. */
  forget(): void
}

/**
 * Notices that the pen of what is written here has gone to somebody else, or that it was sent. A pen counts as lost only once it was seen:
 * right after sharing, its row is still on its way.
 *
 * @param pen of the shared draft, as the replica has it; undefined: not known yet; null: there is none
 */
export function usePen({
  pen,
  mine,
  lost,
}: {
  pen: string | null | undefined
  mine: Shared | null
  lost: () => void
}): Pen {
  const seen = useRef<string | null>(null)
  const held = useRef(false)
  const look = useRef<() => void>(() => {})
  look.current = () => {
    if (!mine || pen === undefined || held.current) return
    if (pen === mine.pen) seen.current = pen
    else if (seen.current === mine.pen) {
      seen.current = null
      lost()
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when either of them changes
  useEffect(() => look.current(), [pen, mine])
  return useMemo(
    () => ({
      hold() {
        held.current = true
      },
      free() {
        held.current = false
        look.current()
      },
      forget() {
        held.current = false
        seen.current = null
      },
    }),
    [],
  )
}
