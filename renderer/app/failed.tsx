import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Fault } from '#shared/protocol/fault.ts'
import { askAgain } from '../store/live.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { focusColumn } from './columns.ts'
import { faultSentence } from './faults.ts'
import { useWords } from './i18n.ts'
import { words } from './words.ts'

/**
 * A list that could not be read: what is so, and one button that asks again for all that could not be read.
 * @param then puts the focus where it belongs when the rows take the place of the button; absent: into its column
 */
export function Failed({ title, fault, then }: { title: string; fault: Fault; then?: () => void }) {
  const t = useWords(words)
  const button = useRef<HTMLButtonElement>(null)
  const [asking, setAsking] = useState(false)
  // Every answer is another fault, even where it says the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is what changed
  useEffect(() => setAsking(false), [fault])
  const go = useRef(then)
  go.current = then
  useLayoutEffect(() => {
    const { current } = button
    const column = current?.closest<HTMLElement>('[data-column]')?.dataset.column
    return () => {
      if (document.activeElement !== current) return
      // When the rows are there.
      queueMicrotask(go.current ?? (() => column && focusColumn(column)))
    }
  }, [])
  return (
    <Empty
      title={title}
      action={
        <Button
          ref={button}
          small
          busy={asking}
          onClick={() => {
            setAsking(true)
            askAgain()
          }}
        >
          {t('try-again')}
        </Button>
      }
    >
      {faultSentence(fault)}
    </Empty>
  )
}
