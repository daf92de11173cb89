import { useCallback, useEffect, useState } from 'react'

/** The height of a list's rows in pixels: that of the token, in the density that is set. `usual`: where nothing is laid out. */
export function useRowHeight(token: '--h-row' | '--h-row-table', usual: number): number {
  const read = useCallback(
    () => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(token)) || usual,
    [token, usual],
  )
  const [height, setHeight] = useState(read)
  useEffect(() => {
    const observer = new MutationObserver(() => setHeight(read()))
    observer.observe(document.documentElement, { attributeFilter: ['data-density'] })
    return () => observer.disconnect()
  }, [read])
  return height
}
