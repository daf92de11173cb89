import { useCallback, useEffect, useRef, useState } from 'react'
import { readTo } from '#shared/model/read-mark.ts'
import { mutate } from '../../store/core.ts'
import { useLive } from '../../store/live.ts'
import { isThreadInSight, useThreadInSight } from '../../store/one-column.ts'
import type { ThreadRow } from './thread.ts'

/**
 * How far this agent had read when the timeline was opened (it stays, so that "new since you were here" does not run away), and what is
 * read now: what has been in sight in a window that has the focus.
 */
export function useReadMarks(customerId: string): {
  /** Null until known. Undefined for a conversation one never looked into. */
  opened: ((conversationId: string) => number | undefined) | null
  /** These rows have been in sight. */
  seen(rows: readonly ThreadRow[]): void
} {
  const { rows: marks, loading } = useLive('readMarks', { customerId })
  const [opened, setOpened] = useState<((conversationId: string) => number | undefined) | null>(null)
  // While drawing, not after: where the marks are known already the timeline is there at once.
  if (!loading && !opened) {
    const seqs = new Map(marks.map(mark => [mark.conversationId, readTo(mark)]))
    setOpened(() => (id: string) => seqs.get(id))
  }

  const told = useRef(new Map<string, number>())
  const inSight = useRef<readonly ThreadRow[]>([])
  const current = useRef(marks)
  current.current = marks

  const tell = useCallback((): void => {
    if (document.visibilityState !== 'visible' || !document.hasFocus() || !isThreadInSight()) return
    const furthest = new Map<string, number>()
    for (const row of inSight.current) {
      if (row.kind !== 'item' || row.pending) continue
      const { conversationId, seq } = row.item
      furthest.set(conversationId, Math.max(seq, furthest.get(conversationId) ?? 0))
    }
    for (const [conversationId, seq] of furthest) {
      const mark = current.current.find(each => each.conversationId === conversationId)
      // What was read when it was opened and marked unread since is read when it is opened again.
      const known = Math.max(
        mark ? readTo(mark) : 0,
        told.current.get(conversationId) ?? 0,
        opened?.(conversationId) ?? 0,
      )
      if (seq <= known) continue
      told.current.set(conversationId, seq)
      void mutate('conversation.read', { conversationId, seq })
    }
  }, [opened])

  const seen = useCallback(
    (rows: readonly ThreadRow[]): void => {
      inSight.current = rows
      tell()
    },
    [tell],
  )
  // Behind the list nothing is read; it is when it comes in front.
  const shown = useThreadInSight()
  useEffect(() => {
    if (shown) tell()
  }, [shown, tell])
  useEffect(() => {
    window.addEventListener('focus', tell)
    document.addEventListener('visibilitychange', tell)
    return () => {
      window.removeEventListener('focus', tell)
      document.removeEventListener('visibilitychange', tell)
    }
  }, [tell])
  return { opened, seen }
}
