// A list under the hands: keys move, open and choose; the place is kept by id, so that it stays when rows move beneath it. When the row
// one stands on has left the list, the next key goes on from where it was.
import { type RefObject, useEffect, useRef } from 'react'
import type { Id } from '#shared/model/base.ts'
import { anyChosen, type Chosen, isChosen } from '../../store/chosen.ts'
import type { VirtualListHandle } from '../../ui/virtual-list.tsx'
import { useKey } from './use-key.ts'

export interface KeyedList {
  count: number
  idAt: (index: number) => Id | undefined
  indexOf: (id: Id) => number
  activeId: Id | null
  /** Stands on a row. */
  stand: (id: Id, index: number) => void
  /** Goes into what one stands on. */
  enter: () => void
  chosen: Chosen
  /** Chooses these, or with `off` the contrary. */
  choose: (ids: readonly Id[], off?: boolean) => void
  chooseAll: () => void
  unchoose: () => void
  /** Ids from one row to another, both among them: far apart rows are not all in the page. Null: they cannot be had. */
  between: (first: number, last: number) => Promise<readonly Id[] | null>
}

export interface ListHands {
  /** Stands on a row. */
  go: (index: number) => void
  /** Chooses a row or unchooses it; with `through` also all from where the last one was chosen. */
  toggle: (index: number, through: boolean) => void
  /** From this row, if one stands on it, to the next; from the last to the one before. Whether there was one. */
  goOn: (from: Id) => boolean
  /** Brings the row one stands on into sight, once it is in the list. */
  revealWhenThere: (id: Id) => void
}

export function useListKeys(list: KeyedList, handle: RefObject<VirtualListHandle | null>): ListHands {
  const { count, idAt, activeId, chosen } = list
  const found = activeId === null ? -1 : list.indexOf(activeId)
  const last = useRef(-1)
  /** Which row it was that stood there. */
  const lastId = useRef<Id | null>(null)
  /** Where a row of choices began. */
  const anchor = useRef<number | null>(null)
  useEffect(() => {
    if (found === -1) return
    last.current = found
    lastId.current = activeId
  }, [found, activeId])

  const go = (index: number): void => {
    const to = Math.min(Math.max(index, 0), count - 1)
    handle.current?.reveal(to)
    const id = idAt(to)
    if (id !== undefined) list.stand(id, to)
  }
  const toggle = (index: number, through: boolean): void => {
    const id = idAt(index)
    if (id === undefined) return
    if (through && anchor.current !== null) return void chooseBetween(list, anchor.current, index)
    anchor.current = index
    list.choose([id], isChosen(chosen, id))
  }
  /** One step with Shift held: where one stood and where one comes to. */
  const chooseTo = (index: number): void => {
    const to = Math.min(Math.max(index, 0), count - 1)
    const ids = [activeId, idAt(to)].filter(id => id !== null && id !== undefined)
    anchor.current ??= found
    list.choose(ids)
    go(to)
  }

  const there = count > 0
  // What one has left and stands on no more may still be in the list for a moment, or for good.
  const at = activeId === null && lastId.current !== null ? list.indexOf(lastId.current) : found
  const next = at === -1 ? Math.max(last.current, 0) : at + 1
  const previous = at === -1 ? Math.max(last.current - 1, 0) : at - 1
  useKey('list-next', there ? () => go(next) : null)
  useKey('list-previous', there ? () => go(previous) : null)
  useKey('list-first', there ? () => go(0) : null)
  useKey('list-last', there ? () => go(count - 1) : null)
  useKey('list-open', activeId === null ? null : list.enter)
  useKey('list-choose', found === -1 ? null : () => toggle(found, false))
  useKey('list-choose-next', there ? () => chooseTo(next) : null)
  useKey('list-choose-previous', there ? () => chooseTo(previous) : null)
  useKey('list-choose-all', there ? list.chooseAll : null)
  useKey('list-leave', anyChosen(chosen) ? list.unchoose : null)
  const goOn = (from: Id): boolean => {
    if (from !== activeId || from !== lastId.current) return false
    // It may have left the list already: then the next one stands where it stood.
    if (count < (found === -1 ? 1 : 2)) return false
    go(found === -1 ? last.current : found + 1 < count ? found + 1 : found - 1)
    return true
  }
  const sought = useRef<Id | null>(null)
  useEffect(() => {
    if (found === -1 || activeId !== sought.current) return
    sought.current = null
    handle.current?.reveal(found)
  }, [found, activeId, handle])
  const revealWhenThere = (id: Id): void => {
    sought.current = id
  }
  return { go, toggle, goOn, revealWhenThere }
}

async function chooseBetween({ idAt, choose, between }: KeyedList, from: number, to: number): Promise<void> {
  const [first, last] = from < to ? [from, to] : [to, from]
  const ids = Array.from({ length: last - first + 1 }, (_, step) => idAt(first + step))
  const all = ids.every(id => id !== undefined) ? ids : await between(first, last)
  if (all) choose(all)
}
