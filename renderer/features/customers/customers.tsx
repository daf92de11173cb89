import { useDeferredValue, useEffect, useRef } from 'react'
import type { CustomerFilter } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { ChosenCustomers } from './chosen-bar.tsx'
import { CustomerConditions } from './conditions.tsx'
import '../../ui/search-field.css'
import './customers.css'
import { CustomersHead } from './head.tsx'
import { Import } from './import/import.tsx'
import { useImport } from './import/state.ts'
import { segmentCame, useList } from './list.ts'
import { CustomerTable } from './table.tsx'
import { words } from './words.ts'

/** Everybody this desk knows, or more of them being put in. */
export function Customers() {
  return <div className="customers">{useImport(state => state.open) ? <Import /> : <List />}</div>
}

/**
 * The filter whose customers are known, and how many those are. While another one is looked up, which with very many customers takes
 * a moment, the list stays as it was.
 */
function useAnswered(asked: CustomerFilter): { filter: CustomerFilter; count: number | undefined } {
  const { rows, loading, fault } = useLive('customerCount', { filter: asked })
  const answered = useRef({ filter: asked, count: undefined as number | undefined })
  if (!loading || fault) answered.current = { filter: asked, count: rows[0]?.count }
  return answered.current
}

/** A list that is sorted, searched, narrowed by conditions, and worked on. */
function List() {
  const t = useWords(words)
  const where = useList(list => list.where)
  // Typing never waits for what it finds.
  const text = useDeferredValue(useList(list => list.text))
  const segmentId = useList(list => list.segmentId)
  const segment = useLive('segments', {}).rows.find(({ id }) => id === segmentId)
  useEffect(() => {
    if (segment) segmentCame(segment)
  }, [segment])
  const { filter, count } = useAnswered({ where, text })
  const name = segment?.name ?? t('everybody')
  return (
    <>
      <CustomersHead name={name} segment={segment} count={count} />
      <CustomerConditions />
      <CustomerTable filter={filter} count={count} />
      <ChosenCustomers count={count ?? 0} name={name} />
    </>
  )
}
