import { type RefObject, useCallback, useId, useMemo, useRef, useState } from 'react'
import type { Caret, WordsField, WordsProps } from '../words-field.ts'
import { type Trigger, triggerIn, type Wanted } from './trigger.ts'

/** Something that can be put where the caret is. */
export interface Choice {
  id: string
  /** @param instead letters before the caret that it takes the place of */
  choose(instead: number): void
}

interface Open {
  /** Null: asked for by its key, with a line of its own to search by. */
  trigger: Trigger | null
  wanted: Wanted
  query: string
  at: Pick<Caret, 'left' | 'top' | 'bottom'>
}

/**
 * The list that a sign in the words opens over them, or a key: it follows what is typed, and takes the keys that choose from it while it
 * shows something. Escape closes it for as long as the sign stands there.
 * @param wanted what can be had here
 * @param find what there is for a query, the best first
 */
export function useInsert<C extends Choice>(
  field: RefObject<WordsField | null>,
  wanted: readonly Wanted[],
  find: (wanted: Wanted, query: string) => readonly C[],
) {
  const id = useId()
  const [open, setOpen] = useState<Open | null>(null)
  const [active, setActive] = useState(0)
  const refused = useRef(false)
  const found = useMemo(() => (open ? find(open.wanted, open.query) : []), [open, find])
  const at = Math.min(active, found.length - 1)
  const shown = open !== null && (found.length > 0 || open.trigger === null)

  const close = useCallback((): void => {
    setOpen(null)
    setActive(0)
  }, [])
  const ask = (query: string): void => {
    setOpen(now => now && { ...now, query })
    setActive(0)
  }
  const choose = (choice: C | undefined): void => {
    if (!open || !choice) return
    close()
    choice.choose(open.trigger?.length ?? 0)
  }
  const dismiss = (): void => {
    refused.current = open?.trigger != null
    close()
  }

  const onCaret: WordsProps['onCaret'] = typed => {
    if (open && !open.trigger) return
    const caret = field.current?.caret()
    const trigger = caret ? triggerIn(caret.before, wanted) : null
    if (!caret || !trigger) {
      refused.current = false
      if (open) close()
      return
    }
    if (refused.current || (!open && !typed)) return
    if (open?.trigger?.query !== trigger.query || open.wanted !== trigger.wanted) setActive(0)
    setOpen({ trigger, wanted: trigger.wanted, query: trigger.query, at: caret })
  }

  const onKey: WordsProps['onKey'] = ({ key, shiftKey, ctrlKey, metaKey, altKey }) => {
    if (!shown || ctrlKey || metaKey || altKey) return false
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && !shiftKey) {
      if (found.length > 0) setActive((at + step + found.length) % found.length)
    } else if ((key === 'Enter' || key === 'Tab') && !shiftKey) choose(found[at])
    else if (key === 'Escape') dismiss()
    else return false
    return true
  }

  return {
    open: shown ? open : null,
    found,
    active: at,
    id,
    optionId: (index: number): string => `${id}-${index}`,
    /** For the field, while it has the focus. */
    list: shown && open.trigger ? { id, active: found[at] && `${id}-${at}` } : null,
    /** Opens it with a line to search by. */
    summon: (what: Wanted, place: Open['at']): void => {
      setActive(0)
      setOpen({ trigger: null, wanted: what, query: '', at: place })
    },
    setActive,
    ask,
    choose,
    close,
    onCaret,
    onKey,
    /** The field lost the focus: what it was typed for is left. With a line to search by that one has it. */
    onBlur: (): void => {
      if (open?.trigger) close()
    },
  }
}

export type Insert<C extends Choice> = ReturnType<typeof useInsert<C>>
