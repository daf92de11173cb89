import type { View } from '#shared/queries/index.ts'
import { useLive } from '../../store/live.ts'
import { useSync } from '../../store/states.ts'
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

/**
 * Whether no conversation has come yet, in one inbox or (null) in any: then nothing is answered, assigned or done either. False while that is
 * not known, as before the first page has come.
 */
export function useNoneYet(inboxId: string | null): boolean {
  const { rows, loading } = useLive('viewCounts', {})
  const catchingUp = useSync()?.phase === 'catching-up'
  if (loading || catchingUp) return false
  return !rows.some(row => row.inboxId === inboxId && row.count > 0)
}
