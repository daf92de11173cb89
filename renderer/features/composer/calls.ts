// How the rest of the desk asks the composer for something: one call at a time, answered by the composer that is there.
import { create } from 'zustand'
import type { Item } from '#shared/model/item.ts'

export type ComposerCall = { kind: 'reply' } | { kind: 'note' } | { kind: 'edit-held'; item: Item }

const useCalls = create<{ call: ComposerCall | null; turn: number }>(() => ({ call: null, turn: 0 }))

export const callComposer = (call: ComposerCall): void =>
  useCalls.setState(({ turn }) => ({ call, turn: turn + 1 }))

export const useComposerCall = () => useCalls()
export const callTaken = (): void => useCalls.setState({ call: null })
