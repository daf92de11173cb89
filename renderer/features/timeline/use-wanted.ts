import { useEffect, useRef } from 'react'
import { toast } from '../../store/toasts.ts'
import { itemShown, useView } from '../../store/view.ts'
import { useTimelineWords } from './context.ts'
import { lastIndexOf } from './layout.ts'
import type { ThreadRow } from './thread.ts'

/** An item that a search or a link asked for: shown where it is, or looked for further back, or said not to be here. */
export function useWanted(
  rows: readonly ThreadRow[],
  loading: boolean,
  around: string | null,
  setAround: (itemId: string | null) => void,
  goTo: (itemId: string) => void,
): void {
  const say = useTimelineWords()
  const view = useView(({ itemId }) => itemId)
  // One that was looked for further back is shown when its surroundings have come.
  const pending = useRef<string | null>(null)
  const wanted = view ?? pending.current
  useEffect(() => {
    if (wanted === null) return
    if (lastIndexOf(rows, wanted) >= 0) {
      pending.current = null
      goTo(wanted)
      itemShown()
    } else if (around !== wanted) {
      pending.current = wanted
      setAround(wanted)
    } else if (!loading) {
      pending.current = null
      toast(say('not-here'), { tone: 'bad' })
      itemShown()
      setAround(null)
    }
  }, [wanted, rows, loading, around, setAround, goTo, say])
  useEffect(() => {
    if (around !== null && pending.current === null && lastIndexOf(rows, around) < 0) pending.current = around
  }, [around, rows])
}
