import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { Id } from '#shared/model/base.ts'
import type { CustomerFilter, CustomerLine, CustomerOrder } from '#shared/queries/index.ts'
import { focusThread } from '../../app/columns.ts'
import { type ListHands, useListKeys } from '../../app/keys/list-keys.ts'
import { request } from '../../store/core.ts'
import type { ListWindow } from '../../store/list-window.ts'
import { faultToast } from '../../store/toasts.ts'
import { open } from '../../store/view.ts'
import type { VirtualListHandle } from '../../ui/virtual-list.tsx'
import { choose, chooseAll, stand, unchoose, useList } from './list.ts'

interface Table extends Pick<ListWindow<CustomerLine>, 'count' | 'rowAt' | 'indexOf'> {
  filter: CustomerFilter
  order: CustomerOrder
  reversed: boolean
}

/** Leads to where one reads; what had the focus is gone with the table. */
export function openCustomer(customerId: Id): void {
  flushSync(() => open({ customerId }))
  focusThread()
}

/** The table of customers under the hands. */
export function useTableKeys(
  { count, rowAt, indexOf, ...of }: Table,
  handle: RefObject<VirtualListHandle | null>,
): ListHands {
  const activeId = useList(list => list.activeId)
  const chosen = useList(list => list.chosen)
  return useListKeys(
    {
      count,
      idAt: index => rowAt(index)?.customer.id,
      indexOf,
      activeId,
      stand,
      enter: () => activeId !== null && openCustomer(activeId),
      chosen,
      choose: (ids, off) => {
        // One that is chosen alone is where one is.
        if (ids.length === 1) stand(ids[0]!)
        choose(ids, off)
      },
      chooseAll,
      unchoose,
      async between(first, last) {
        const { filter, order, reversed } = of
        const window = { offset: first, limit: last - first + 1 }
        const result = await request('customerIds', { filter, order, reversed, ...window })
        if (result.ok) return result.value.ids
        faultToast(result.fault)
        return null
      },
    },
    handle,
  )
}
