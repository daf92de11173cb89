import { useEffect } from 'react'
import type { ConversationLine } from '#shared/queries/index.ts'
import { askAhead, type Whose } from '../../store/live.ts'

/** Whoever goes on at once is past the neighbours before they are there. Milliseconds. */
const REST = 120

/**
 * The conversations above and below the one that is open are asked for while one is at it, so that going on waits for nothing. Two, however
 * long the list is.
 */
export function useAhead(
  { rowAt, indexOf }: { rowAt(index: number): ConversationLine | undefined; indexOf(id: string): number },
  open: Whose | null,
): void {
  const at = open ? indexOf(open.conversationId) : -1
  const whose = (index: number): string => {
    const row = index < 0 ? undefined : rowAt(index)?.conversation
    return row ? `${row.customerId} ${row.id}` : ''
  }
  const here = open ? `${open.customerId} ${open.conversationId}` : ''
  const [below, above] = at < 0 ? ['', ''] : [whose(at + 1), whose(at - 1)]
  useEffect(() => {
    if (here === '') return
    const [one, ...others] = [here, below, above].filter(Boolean).map(whoseOf)
    let end: (() => void) | undefined
    let idle = 0
    const rest = setTimeout(() => {
      idle = requestIdleCallback(() => {
        if (one) end = askAhead(one, others)
      })
    }, REST)
    return () => {
      clearTimeout(rest)
      cancelIdleCallback(idle)
      end?.()
    }
  }, [here, below, above])
}

const whoseOf = (text: string): Whose => {
  const [customerId = '', conversationId = ''] = text.split(' ')
  return { customerId, conversationId }
}
