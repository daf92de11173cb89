// Merging two customers and taking it back (S26), each with its way back.
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { MergeReason, MergeSuggestion } from '#shared/queries/index.ts'
import { say } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { toast } from '../../store/toasts.ts'
import { now } from '../../ui/clock.ts'
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

export async function separate(pair: Pair): Promise<void> {
  if (!(await act('customer.unmerge', argsOf(pair)))) return
  toast(say(words, 'did-separate', { name: named(pair.part) }), {
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
    if (reason.kind === 'address') return say(words, 'same-address', { address: reason.address })
    if (reason.kind !== 'name') return say(words, 'typed', { address: reason.address })
    return say(words, 'same-name')
  }
  return reasons.map(one).join(' · ')
}
