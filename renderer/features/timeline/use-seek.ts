import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { ThreadRow } from './thread.ts'

/**
 * Goes to a place. Heights are estimates until a row has been in the document, so the place is sought again until it stays where it is;
 * the latest seeking ends the one before.
 */
export function useSeek(scroller: RefObject<HTMLDivElement | null>): (place: () => void) => void {
  const frame = useRef(0)
  return useCallback(
    place => {
      cancelAnimationFrame(frame.current)
      let tries = 0
      let before = -1
      const again = (): void => {
        if (!scroller.current) return
        place()
        const { scrollTop, scrollHeight } = scroller.current
        const now = scrollTop + scrollHeight
        if ((now !== before || tries < 2) && tries++ < 12) frame.current = requestAnimationFrame(again)
        before = now
      }
      again()
    },
    [scroller],
  )
}

/**
 * What is new at the end is followed by who is at the end, and one's own words always: also when the window of entries is full, so
 * that a row goes at the start for each that comes and their number stays the same.
 */
export function useFollowedEnd(
  rows: readonly ThreadRow[],
  me: string,
  atEnd: boolean,
  toEnd: () => void,
): void {
  const last = rows.at(-1)
  const before = useRef<{ key: string | undefined; atEnd: boolean }>({ key: undefined, atEnd: false })
  useLayoutEffect(() => {
    const { key, atEnd: was } = before.current
    before.current.key = last?.key
    if (key === undefined || last === undefined || last.key === key) return
    // What was last has itself gone: nothing new came.
    if (!rows.some(row => row.key === key)) return
    const own = last.kind === 'item' && last.item.author.kind === 'agent' && last.item.author.agentId === me
    if (was || own) toEnd()
  }, [rows, last, me, toEnd])
  useEffect(() => {
    before.current.atEnd = atEnd
  })
}

/**
 * The composer below grows, the window shrinks: who is at the end stays at the end. Asked of the timeline itself, before it is painted:
 * a change of height that shows the same entries draws nothing anew.
 * @param near how near the end one is at it. Pixels
 * @param toEnd null: what is shown has no end to stay at
 */
export function useKeptEnd(
  scroller: RefObject<HTMLDivElement | null>,
  near: number,
  toEnd: (() => void) | null,
): void {
  const latest = useRef(toEnd)
  latest.current = toEnd
  useLayoutEffect(() => {
    const timeline = scroller.current
    if (!timeline) return
    let height = timeline.clientHeight
    const observer = new ResizeObserver(() => {
      const before = height
      height = timeline.clientHeight
      if (height === before) return
      // By the height that is gone: in the new one the end is elsewhere already.
      if (timeline.scrollHeight - timeline.scrollTop - before <= near) latest.current?.()
    })
    observer.observe(timeline)
    return () => observer.disconnect()
  }, [scroller, near])
}
