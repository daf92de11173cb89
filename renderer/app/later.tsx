// Parts of the page that lie in files of their own: the first list does not wait for them, and nobody waits for them later, because they
// are read when the page is idle.
import { type ComponentType, type ReactNode, useState, useSyncExternalStore } from 'react'
import { whenQuiet } from '../store/quiet.ts'

/**
 * @param load `() => import('./part.tsx')`, called when it is first needed, or when there is nothing else to do
 * @returns a hook that gives what was read, or undefined, and draws again when it is there; it throws what reading threw, for a Boundary
 */
export function later<T>(load: () => Promise<T>): (needed: boolean) => T | undefined {
  let found: { value: T } | { error: unknown } | undefined
  let reading = false
  const told = new Set<() => void>()
  const settle = (to: typeof found): void => {
    found = to
    reading = false
    for (const tell of told) tell()
  }
  const read = (): void => {
    if (reading || (found && 'value' in found)) return
    reading = true
    found = undefined
    load().then(
      value => settle({ value }),
      error => settle({ error }),
    )
  }
  const follow = (tell: () => void): (() => void) => {
    told.add(tell)
    return () => void told.delete(tell)
  }
  whenQuiet(read)
  return function useFile(needed) {
    const now = useSyncExternalStore(follow, () => found)
    // Whoever is drawn for the first time tries again what failed; who is there goes on.
    const [asked, setAsked] = useState(false)
    if (needed && !asked) {
      setAsked(true)
      read()
    }
    if (now && 'error' in now && needed && asked) throw now.error
    return now && 'value' in now ? now.value : undefined
  }
}

/**
 * A component in a file of its own.
 * @param needed whether it shows something now; as long as it does not, it is read when there is time
 * @param meanwhile stands in its place until it is there
 */
export function part<P extends object>(load: () => Promise<ComponentType<P>>) {
  const useFile = later(load)
  return function Part({
    needed = true,
    meanwhile = null,
    ...props
  }: P & { needed?: boolean; meanwhile?: ReactNode }) {
    const Read = useFile(needed)
    return Read ? <Read {...(props as unknown as P)} /> : needed ? meanwhile : null
  }
}
