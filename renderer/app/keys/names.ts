// What some keys do is the person's own: `3` shows the third of their views. Wherever keys are listed they have that view's name.
import { useEffect } from 'react'
import { create } from 'zustand'
import { useWords } from '../i18n.ts'
import type { KeyId } from './table.ts'
import { words } from './words.ts'

const useNames = create<Partial<Record<KeyId, string>>>(() => ({}))

/** Names what a key does, as long as the component is there. */
export function useNameKey(id: KeyId, name: string): void {
  useEffect(() => {
    useNames.setState({ [id]: name })
    return () => useNames.setState(({ [id]: _, ...others }) => others, true)
  }, [id, name])
}

/** The names of what keys do, now and here. */
export function useKeyName(): (id: KeyId) => string {
  const t = useWords(words)
  const names = useNames()
  return id => names[id] ?? t(id)
}
