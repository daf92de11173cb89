// Merging two customers and taking it back (S26), each with its way back.
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import { type CustomerField, labelOf } from '#shared/model/customer-field.ts'
import type { MergeReason, MergeSuggestion } from '#shared/queries/index.ts'
import { languageNow, say } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { toast } from '../../store/toasts.ts'
import { now } from '../../ui/clock.ts'
import { listText } from '../../ui/numbers.ts'
import { fieldsNow } from './fields.ts'
import { words } from './merge.words.ts'

export interface Pair {
  /** Who becomes part of the other. */
  part: Customer
  survivor: Customer
  /** A conversation of `part`, in which it is told. */
  conversationId: string
}

const argsOf = ({ part, survivor, conversationId }: Pair) => ({
  id: part.id,
  into: survivor.id,
  conversationId,
  at: now(),
})
const named = ({ name }: Customer): string => name || say(words, 'somebody')

/** @returns whether it was taken */
export async function merge(pair: Pair): Promise<boolean> {
  if (!(await act('customer.merge', argsOf(pair)))) return false
  toast(say(words, 'did-merge', { name: named(pair.part), survivor: named(pair.survivor) }), {
    action: { label: say(words, 'undo'), run: () => void separate(pair), shortcut: 'undo' },
  })
  return true
}

/**
 * What of the survivor's profile was edited since the merge, by the fields' names: it stays with them when the two are separated (S26).
 */
export function editedSince(
  { part, survivor }: Omit<Pair, 'conversationId'>,
  fields: readonly CustomerField[],
): string {
  const { mergedAt } = part
  if (mergedAt === undefined) return ''
  const labels = fields
    .filter(({ id }) => (survivor.edited?.[id]?.at ?? 0) > mergedAt)
    .map(field => labelOf(field, languageNow()))
  return listText(labels)
}

export async function separate(pair: Pair): Promise<void> {
  const stays = editedSince(pair, fieldsNow())
  if (!(await act('customer.unmerge', argsOf(pair)))) return
  const did = { name: named(pair.part), survivor: named(pair.survivor), fields: stays }
  toast(say(words, stays ? 'did-separate-edited' : 'did-separate', did), {
    action: { label: say(words, 'undo'), run: () => void merge(pair), shortcut: 'undo' },
  })
}

/** They are two, and are not suggested any more. */
export async function tellApart(one: Customer, other: Customer): Promise<void> {
  const tell = (apart: boolean) => act('customer.apart', { id: one.id, other: other.id, apart })
  if (!(await tell(true))) return
  toast(say(words, 'did-tell-apart', { name: named(other) }), {
    action: { label: say(words, 'undo'), run: () => void tell(false), shortcut: 'undo' },
  })
}

/** The newest conversation that is a customer's own, whoever they are part of; undefined: none on this desk. */
export const newestOf = (
  conversations: readonly Conversation[],
  customerId: string,
): Conversation | undefined =>
  conversations
    .filter(each => each.customerId === customerId)
    .reduce<Conversation | undefined>(
      (newest, each) => (newest && newest.activityAt >= each.activityAt ? newest : each),
      undefined,
    )

/** Why two may be one, in one line. */
export function reasonText(reasons: MergeSuggestion['reasons']): string {
  const one = (reason: MergeReason): string => {
    if (reason.kind === 'address')
      return say(words, reason.address.startsWith('+') ? 'same-number' : 'same-address', reason)
    if (reason.kind === 'attribute') {
      const { value } = reason
      return say(words, 'same-attribute', { field: labelOf(reason, languageNow()), value })
    }
    if (reason.kind !== 'name') return say(words, 'typed', { address: reason.address })
    return say(words, 'same-name')
  }
  return reasons.map(one).join(' · ')
}
