import { flushSync } from 'react-dom'
import { focusList } from '../../app/columns.ts'
import { useNameKey } from '../../app/keys/names.ts'
import type { KeyId } from '../../app/keys/table.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { useView } from '../../store/view.ts'
import { goToView, useViewLines, useViewName } from './listed.ts'
import type { ViewLine } from './view-order.ts'

/** Views are reached by the numbers of their places; more there are no keys for. */
const places = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** 1 to 9 show the views that are not hidden, in their order, from wherever one is: the seventh line is 7, whatever it has in it. */
export function ViewKeys() {
  const { shown } = useViewLines()
  const nameOf = useViewName()
  return places.map((place, index) => {
    const line = shown[index]
    return line && <ViewKey key={line.key} id={`view-${place}`} line={line} name={nameOf(line)} />
  })
}

function ViewKey({ id, line, name }: { id: KeyId; line: ViewLine; name: string }) {
  useKey(id, () => show(line))
  useNameKey(id, name)
  return null
}

/** From the customers one comes into its list: what had the focus there is gone. */
function show(line: ViewLine): void {
  const inCustomers = useView.getState().section === 'customers'
  flushSync(() => goToView(line))
  if (inCustomers) focusList()
}
