import { type RefObject, useCallback, useEffect, useRef } from 'react'

/**
 * Goes to a place. Heights are estimates until a row has been in the document, so the place is sought again until it stays where it is;
 * the latest seeking ends the one before. When the timeline opens nothing is painted before it has come to rest.
 */
export function useSeek(
  scroller: RefObject<HTMLDivElement | null>,
  onRest: () => void,
): (place: () => void) => void {
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
        if ((now === before && tries > 1) || tries++ > 12) onRest()
        else frame.current = requestAnimationFrame(again)
        before = now
      }
      again()
    },
    [scroller, onRest],
  )
}

/** The composer below grows while somebody writes: who is at the end stays at the end. */
export function useKeptEnd(
  scroller: RefObject<HTMLDivElement | null>,
  atEnd: boolean,
  toEnd: () => void,
): void {
  const latest = useRef({ atEnd, toEnd })
  useEffect(() => {
    latest.current = { atEnd, toEnd }
  })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let height = element.clientHeight
    const observer = new ResizeObserver(() => {
      if (element.clientHeight === height) return
      height = element.clientHeight
      if (latest.current.atEnd) latest.current.toEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
}
