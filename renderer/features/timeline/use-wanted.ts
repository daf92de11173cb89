import { useEffect, useRef } from 'react'
import { toast } from '../../store/toasts.ts'
import { useTimelineWords } from './context.ts'
import { lastIndexOf } from './layout.ts'
import type { ThreadRow } from './thread.ts'

/** An item that a search or a link asks for: shown where it is, or looked for further back, or said not to be here. */
export function useWanted(
  asked: string | null,
  onShown: () => void,
  rows: readonly ThreadRow[],
  loading: boolean,
  around: string | null,
  setAround: (itemId: string | null) => void,
  goTo: (itemId: string) => void,
): void {
  const say = useTimelineWords()
  // One that was looked for further back is shown when its surroundings have come.
  const pending = useRef<string | null>(null)
  const wanted = asked ?? pending.current
  useEffect(() => {
    if (wanted === null) return
    if (lastIndexOf(rows, wanted) >= 0) {
      pending.current = null
      goTo(wanted)
      onShown()
    } else if (around !== wanted) {
      pending.current = wanted
      setAround(wanted)
    } else if (!loading) {
      pending.current = null
      toast(say('not-here'), { tone: 'bad' })
      onShown()
      setAround(null)
    }
  }, [wanted, rows, loading, around, setAround, goTo, onShown, say])
  useEffect(() => {
    if (around !== null && pending.current === null && lastIndexOf(rows, around) < 0) pending.current = around
  }, [around, rows])
}
