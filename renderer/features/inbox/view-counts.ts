import type { View } from '#shared/queries/index.ts'
import { useLive } from '../../store/live.ts'
import { useView } from '../../store/view.ts'

/** How many conversations each view has in the inbox that is shown; undefined while nothing is known. */
export function useCount(): (view: View) => number | undefined {
  const { rows, loading } = useLive('viewCounts', {})
  const inboxId = useView(state => state.inboxId)
  return view => {
    if (loading) return undefined
    return rows.find(row => row.view === view && row.inboxId === inboxId)?.count ?? 0
  }
}
