// The fields of a customer as this workspace has them, and changing one without replacing what its author had not seen.
import type { Agent } from '#shared/model/agent.ts'
import type { Customer } from '#shared/model/customer.ts'
import {
  type CustomerField,
  customerFields,
  type FieldValue,
  fieldValue,
  labelOf,
} from '#shared/model/customer-field.ts'
import { type FieldProblem, valueText } from '#shared/model/field-value.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { languageNow, type Say, say } from '../../app/i18n.ts'
import { mutate } from '../../store/core.ts'
import { agentNameNow } from '../../store/directory.ts'
import { rowsNow, useLiveOne } from '../../store/live.ts'
import { statesNow } from '../../store/states.ts'
import { faultToast, toast } from '../../store/toasts.ts'
import { dateText } from '../../ui/time.ts'
import { words } from './profile.words.ts'

const made = new WeakMap<Workspace, readonly CustomerField[]>()
const builtIn = customerFields(undefined)

const fieldsOf = (workspace: Workspace | undefined): readonly CustomerField[] => {
  if (!workspace) return builtIn
  const fields = made.get(workspace) ?? customerFields(workspace)
  made.set(workspace, fields)
  return fields
}

/** Every field of a customer; the same array as long as the workspace is. */
export const fieldsNow = (): readonly CustomerField[] => fieldsOf(rowsNow('workspace', {})[0])
export const useFields = (): readonly CustomerField[] => fieldsOf(useLiveOne('workspace', {}))

export const problemText = (problem: FieldProblem, tell: Say<typeof words>): string =>
  tell(problem.kind, 'limit' in problem ? { limit: problem.limit } : {})

/** A value as it is read here: a date in the reader's manner, a choice's name. */
export function shownValue(field: CustomerField, value: FieldValue, language: string): string {
  if (field.kind === 'date' && typeof value === 'string') return dateText(Date.parse(`${value}T12:00:00`))
  if (field.kind === 'number' && typeof value === 'number') return value.toLocaleString(language)
  if (field.kind === 'link')
    return valueText(field, value, language).replace(/^https:\/\/(?:www\.)?|\/$/gu, '')
  return valueText(field, value, language)
}

/** Who changed a field last, for a sentence. */
export function editorOf(
  customer: Customer,
  field: CustomerField,
  agents: ReadonlyMap<string, Agent>,
): string {
  const by = customer.edited?.[field.id]?.agentId
  if (by !== undefined && by === statesNow().desk?.agentId) return say(words, 'yourself')
  return (by && agents.get(by)?.name) || say(words, 'somebody')
}

interface Change {
  customerId: string
  field: CustomerField
  value: FieldValue
  /** What its author had before them. */
  seen: FieldValue
}

const ask = ({ customerId: id, field, value, seen }: Change) => {
  const [next, before] = [value, seen].map(each => (typeof each === 'object' ? null : each))
  if (!field.custom)
    return mutate('customer.edit', {
      id,
      set: { [field.id]: next ?? '' },
      seen: { [field.id]: before ?? '' },
    })
  const workspaceId = rowsNow('workspace', {})[0]?.id ?? ''
  return mutate('customer.attribute', {
    ...{ id, workspaceId, attributeId: field.id },
    ...{ value: next ?? null, seen: before ?? null },
  })
}

const isChanged = ({ params }: Fault): boolean => params?.code === 'changed'

/** Changes one field. When a colleague was first, it says whose value stands and offers to put one's own all the same. */
export async function changeField(change: Change): Promise<void> {
  const result = await ask(change)
  if (result.ok) return
  if (!isChanged(result.fault)) return void faultToast(result.fault)
  const { customerId, field } = change
  const stands = rowsNow('customer', { id: customerId })[0] ?? familyMember(customerId)
  const seen = stands ? fieldValue(field, stands) : change.seen
  const by = String(result.fault.params?.agentId ?? '')
  toast(standsText(field, seen, (by && agentNameNow(by)) || say(words, 'somebody')), {
    tone: 'bad',
    action: { label: say(words, 'put-mine'), run: () => void changeField({ ...change, seen }) },
  })
}

const familyMember = (id: string): Customer | undefined =>
  rowsNow('family', { customerId: id }).find(customer => customer.id === id)

/** Whose value stands, in one sentence. */
export function standsText(field: CustomerField, stands: FieldValue, name: string): string {
  const language = languageNow()
  const value = shownValue(field, stands, language)
  const of = { field: labelOf(field, language), name, value }
  return say(words, value === '' ? 'stands-empty' : 'stands-now', of)
}
