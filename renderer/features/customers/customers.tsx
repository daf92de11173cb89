import { useLiveOne } from '../../store/live.ts'
import './customers.css'
import { Conditions } from './conditions.tsx'
import { CustomersHead } from './head.tsx'
import { useList } from './list.ts'
import { CustomerTable } from './table.tsx'

/** Everybody this desk knows: a list that is sorted, searched, narrowed by conditions, and worked on. */
export function Customers() {
  const where = useList(list => list.where)
  const text = useList(list => list.text)
  const filter = { where, text }
  const count = useLiveOne('customerCount', { filter })?.count
  return (
    <div className="customers">
      <CustomersHead count={count} />
      <Conditions />
      <CustomerTable filter={filter} count={count} />
    </div>
  )
}
