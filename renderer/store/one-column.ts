// A window that has room for one column, as one of 1366 pixels in which everything is twice as large: list and thread stand in the same
// place, and the one in front is seen (shell.css). The other one stays as it is, so that nothing of it is lost.
import { useSyncExternalStore } from 'react'
import { useView } from './view.ts'

/** As in shell.css. */
const query = matchMedia('(max-width: 699px)')

function listen(changed: () => void): () => void {
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export const useOneColumn = (): boolean => useSyncExternalStore(listen, () => query.matches)

/** Whether what is open can be seen, not only worked on from the list in front of it. */
export const isThreadInSight = (): boolean => !(query.matches && useView.getState().listInFront)

export function useThreadInSight(): boolean {
  const one = useOneColumn()
  return !useView(view => view.listInFront) || !one
}
