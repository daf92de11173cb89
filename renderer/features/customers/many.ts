// What is done to everybody who is chosen: asked of the core, told while it goes on, and taken back as one.
import { uuidv7 } from 'uuidv7'
import type { RequestResult } from '#shared/ipc/contract.ts'
import type { CustomerChange, SomeCustomers } from '#shared/ipc/many.ts'
import type { Result } from '#shared/protocol/fault.ts'
import { conditionFields } from '#shared/rules/conditions.ts'
import { languageNow, say } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { rowsNow } from '../../store/live.ts'
import { goOn, useMany } from '../../store/many.ts'
import { faultToast, toast } from '../../store/toasts.ts'
import { saveFile } from '../../ui/save-file.ts'
import { fieldName } from './fields.ts'
import { words as importWords } from './import/words.ts'
import { useList } from './list.ts'
import { words } from './words.ts'

/** Who is chosen of the list as it is shown. */
function chosenNow(): SomeCustomers {
  const { where, text, order, reversed, chosen } = useList.getState()
  return { of: { filter: { where, text }, order, reversed }, all: chosen.all, ids: [...chosen.ids] }
}

type Changed = RequestResult<'customersChange'>

/** @param name the change in words, such as `Tier: VIP` */
export async function changeMany(change: CustomerChange, name: string): Promise<void> {
  const attempt = uuidv7()
  const who = chosenNow()
  const result = await goOn(name, attempt, 'customersChange', () =>
    request('customersChange', { attempt, who, change }),
  )
  if (!result) return
  if (result.changed + result.left === 0) return void toast(say(words, 'changed-nobody', { name }))
  toast(told('changed', result, name), {
    action: { label: say(words, 'undo'), run: () => void takeBack(attempt, name), shortcut: 'undo' },
  })
}

async function takeBack(attempt: string, name: string): Promise<void> {
  const result = await goOn(say(words, 'taking-back', { name }), attempt, 'customersChange', () =>
    request('customersUndo', { attempt }),
  )
  if (result) toast(told('taken-back', result, name))
}

const told = (key: 'changed' | 'taken-back', { changed, left }: Changed, name: string): string => {
  const text = say(words, key, { count: changed, name })
  return left > 0 ? `${text} ${say(words, 'left-out', { count: left })}` : text
}

/** Columns of a table, as the list has them and what else is known. */
const columns = (): { id: string; label: string }[] => {
  const order = [
    'name',
    'company',
    'tier',
    'language',
    'channel',
    'address',
    'tagIds',
    'open',
    'createdAt',
    'lastActivity',
  ]
  const fields = conditionFields(rowsNow('workspace', {})[0])
  const custom = fields.filter(({ field }) => field?.custom)
  const shown = [...order.flatMap(id => fields.find(field => field.id === id) ?? []), ...custom].map(
    field => ({
      id: field.id,
      label: fieldName(field),
    }),
  )
  // By it a table that comes back finds everybody again.
  return [...shown, { id: 'id', label: say(importWords, 'target-id') }]
}

/** So that Excel reads it as UTF-8. */
const mark = '\ufeff'

/** The chosen, or the whole list, as a file of comma-separated values. */
export async function saveTable(name: string, of: 'chosen' | 'list'): Promise<void> {
  if (useMany.getState().going) return
  const attempt = uuidv7()
  const text = say(words, 'saving-table')
  const who = of === 'chosen' ? chosenNow() : { ...chosenNow(), all: true, ids: [] }
  const ask = { attempt, who, columns: columns(), language: languageNow() }
  const parts = [mark]
  useMany.setState({ going: { text, done: 0, total: 0 } })
  try {
    for (let from: number | null = 0; from !== null; ) {
      const result: Result<RequestResult<'customersCsv'>> = await request('customersCsv', { ...ask, from })
      if (!result.ok) return void faultToast(result.fault)
      const { text: lines, next, total }: RequestResult<'customersCsv'> = result.value
      parts.push(lines)
      useMany.setState({ going: { text, done: next ?? total, total } })
      from = next
    }
  } finally {
    useMany.setState({ going: null })
  }
  saveFile(new Blob(parts, { type: 'text/csv;charset=utf-8' }), `${name}.csv`)
}
