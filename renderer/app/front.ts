// Where there is room for one column (store/one-column.ts): which one is in front, and that the focus goes where the eye goes.
import { useLayoutEffect, useRef } from 'react'
import { useOneColumn } from '../store/one-column.ts'
import { bringToFront, cameFromCustomers, useView } from '../store/view.ts'
import { focusColumn } from './columns.ts'

type Front = 'list' | 'main'

/** The column in front, for the shell's attribute. */
export function useFront(): Front {
  const one = useOneColumn()
  const front: Front = useView(view => (view.listInFront ? 'list' : 'main'))
  const was = useRef<boolean | null>(null)
  useLayoutEffect(() => {
    const before = was.current
    was.current = one
    if (!one || before === null) return
    const column = document.activeElement?.closest<HTMLElement>('[data-column]')?.dataset.column
    // The window has become narrow: what one works in stays in sight.
    if (!before && (column === 'main' || column === 'side')) bringToFront('main')
    else if (column ? isBehind(column, front) : document.activeElement === document.body) focusColumn(front)
  }, [one, front])
  return front
}

const isBehind = (column: string, front: Front): boolean =>
  front === 'list' ? column === 'main' || column === 'beside' : column === 'list'

interface WayToList {
  mayGoToList: boolean
  /** The list is behind the thread, and one came from it: back leads there. */
  backIsList: boolean
  listIsCustomers: boolean
}

/** Whether there is a list to go to from a thread, and which. */
export function useWayToList(): WayToList {
  const behind = useView(view => !view.listInFront)
  const fromList = useView(view => view.fromList)
  const inbox = useView(view => view.section === 'inbox')
  const listIsCustomers = useView(cameFromCustomers)
  const one = useOneColumn()
  return {
    mayGoToList: inbox && (!one || behind),
    backIsList: inbox && one && behind && fromList,
    listIsCustomers,
  }
}
