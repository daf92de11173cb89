import { useCallback, useEffect, useState } from 'react'

/** The height of a table's row in pixels, from the token of the density that is set. */
export function useRowHeight(): number {
  const read = useCallback(
    () =>
      Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--h-row-table')) || 36,
    [],
  )
  const [height, setHeight] = useState(read)
  useEffect(() => {
    const observer = new MutationObserver(() => setHeight(read()))
    observer.observe(document.documentElement, { attributeFilter: ['data-density'] })
    return () => observer.disconnect()
  }, [read])
  return height
}
