import { useEffect, useState } from 'react'
import { useConnected, useSync } from '../../store/states.ts'
import { type Condition, conditionOf } from './describe.ts'

/** Milliseconds for which something must be on its way before it is said: what is sent at once is not worth a word. */
const worthAWord = 900

/** The desk's condition, without the flicker of changes that are gone as soon as they are seen. */
export function useCondition(): Condition {
  const sync = useSync()
  const connected = useConnected()
  const condition = conditionOf(connected ? sync : null)
  const hasty = condition === 'sending'
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (!hasty) return
    const timer = setTimeout(() => setLate(true), worthAWord)
    return () => clearTimeout(timer)
  }, [hasty])
  return hasty && !late ? 'synced' : condition
}
