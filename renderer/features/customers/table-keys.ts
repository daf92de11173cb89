// The list under the hands: keys move, open and choose; the place is kept by id, so that it stays when rows move beneath it.
import { type RefObject, useEffect, useRef } from 'react'
import type { CustomerFilter, CustomerLine, CustomerOrder } from '#shared/queries/index.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { request } from '../../store/core.ts'
import type { ListWindow } from '../../store/list-window.ts'
import { faultToast } from '../../store/toasts.ts'
import { open } from '../../store/view.ts'
import type { VirtualListHandle } from '../../ui/virtual-list.tsx'
import { choose, chooseAll, isChosen, stand, unchoose, useList } from './list.ts'

interface Table extends Pick<ListWindow<CustomerLine>, 'count' | 'rowAt' | 'indexOf'> {
  filter: CustomerFilter
  order: CustomerOrder
  reversed: boolean
}

export interface TableHands {
  /** Stands on a row. */
  go: (index: number) => void
  /** Chooses a row or unchooses it; with `through` also all from where the last one was chosen. */
  toggle: (index: number, through: boolean) => void
}

export function useTableKeys(table: Table, handle: RefObject<VirtualListHandle | null>): TableHands {
  const activeId = useList(list => list.activeId)
  const any = useList(({ chosen }) => chosen.all || chosen.ids.size > 0)
  const found = activeId === null ? -1 : table.indexOf(activeId)
  const last = useRef(-1)
  /** Where a row of choices began. */
  const anchor = useRef<number | null>(null)
  useEffect(() => {
    if (found !== -1) last.current = found
  }, [found])

  const idAt = (index: number): string | undefined => table.rowAt(index)?.customer.id
  const go = (index: number): void => {
    const to = Math.min(Math.max(index, 0), table.count - 1)
    handle.current?.reveal(to)
    const id = idAt(to)
    if (id !== undefined) stand(id)
  }
  const toggle = (index: number, through: boolean): void => {
    const id = idAt(index)
    if (id === undefined) return
    stand(id)
    if (through && anchor.current !== null) return void chooseBetween(table, anchor.current, index)
    anchor.current = index
    choose([id], isChosen(useList.getState().chosen, id))
  }
  /** One step with Shift held: where one stood and where one comes to. */
  const chooseTo = (index: number): void => {
    const to = Math.min(Math.max(index, 0), table.count - 1)
    const ids = [activeId, idAt(to)].filter(id => id !== null && id !== undefined)
    anchor.current ??= found
    choose(ids)
    go(to)
  }

  const there = table.count > 0
  const next = found === -1 ? Math.max(last.current, 0) : found + 1
  const previous = found === -1 ? Math.max(last.current - 1, 0) : found - 1
  useKey('list-next', there ? () => go(next) : null)
  useKey('list-previous', there ? () => go(previous) : null)
  useKey('list-first', there ? () => go(0) : null)
  useKey('list-last', there ? () => go(table.count - 1) : null)
  useKey('list-open', activeId === null ? null : () => open({ customerId: activeId }))
  useKey('list-choose', found === -1 ? null : () => toggle(found, false))
  useKey('list-choose-next', there ? () => chooseTo(next) : null)
  useKey('list-choose-previous', there ? () => chooseTo(previous) : null)
  useKey('list-choose-all', there ? chooseAll : null)
  useKey('list-leave', any ? unchoose : null)
  return { go, toggle }
}

/** Far apart rows are not all in this page: the core names them. */
async function chooseBetween(table: Table, from: number, to: number): Promise<void> {
  const [first, last] = from < to ? [from, to] : [to, from]
  const indexes = Array.from({ length: last - first + 1 }, (_, step) => first + step)
  const ids = indexes.map(index => table.rowAt(index)?.customer.id)
  if (ids.every(id => id !== undefined)) return choose(ids)
  const { filter, order, reversed } = table
  const result = await request('customerIds', {
    ...{ filter, order, reversed },
    ...{ offset: first, limit: last - first + 1 },
  })
  if (result.ok) choose(result.value.ids)
  else faultToast(result.fault)
}
