// Where one reads in a timeline outlives the page (store/kept.ts): after a crash the item in the middle of the sight is there again.
import { useEffect } from 'react'
import { z } from 'zod'
import { keepOf, keptOf } from '../../store/kept.ts'
import { useView } from '../../store/view.ts'
import type { ThreadRow } from './thread.ts'

const sight = 'sight.timeline'

/** @param middle index of the row in the middle; null at the end, where a timeline opens by itself */
export function useKeptSight(customerId: string, rows: readonly ThreadRow[], middle: number | null): void {
  const item = middle === null ? undefined : rows.slice(0, middle + 1).findLast(({ kind }) => kind === 'item')
  const itemId = item?.key ?? null
  useEffect(() => keepOf(sight, customerId, itemId), [customerId, itemId])
}

// Once, as the page begins: asked for as a link would ask for it.
const { customerId, itemId } = useView.getState()
const before = customerId === null ? undefined : keptOf(sight, customerId, z.string())
if (before && itemId === null) useView.setState({ itemId: before })
