import { useState } from 'react'
import type { DraftKind } from '#shared/model/draft.ts'
import type { Content } from './use-draft.ts'

export type AddressKind = 'to' | 'cc' | 'bcc'
/** What is typed in each field and not an address yet. */
export type Unfinished = Record<AddressKind, string>

interface State {
  added: readonly AddressKind[]
  unfinished: Unfinished
}
const fresh: State = { added: [], unfinished: { to: '', cc: '', bcc: '' } }

/**
 * Which fields for addresses stand above the words, and what is half typed in them; for each kind of its own.
 * @param copies whether others can get one (the channel's manifest)
 */
export function useAddresses(kind: DraftKind, content: Content | null, copies: boolean) {
  const [states, setStates] = useState<Partial<Record<DraftKind, State>>>({})
  const { added, unfinished } = states[kind] ?? fresh
  const set = (next: Partial<State>): void =>
    setStates(all => ({ ...all, [kind]: { ...(all[kind] ?? fresh), ...next } }))

  const possible = kind !== 'note' && copies ? (['cc', 'bcc'] as const) : []
  const asked = possible.filter(
    each => added.includes(each) || unfinished[each] !== '' || (content?.[each].length ?? 0) > 0,
  )
  const shown: readonly AddressKind[] = kind === 'forward' ? ['to', ...asked] : asked
  return {
    shown,
    /** Those that can be added. */
    addable: possible
      .filter(each => !asked.includes(each))
      .map(each => ({ kind: each, add: () => set({ added: [...added, each] }) })),
    unfinished,
    onUnfinished: (next: Unfinished) => set({ unfinished: next }),
    /** The first field whose address is not one yet. */
    open: shown.find(each => unfinished[each] !== ''),
    reset: () => set(fresh),
  }
}
