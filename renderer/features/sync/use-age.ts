import { useSync } from '../../store/states.ts'
import { useNow } from '../../ui/clock.ts'
import { dayAndTime } from '../../ui/time.ts'
import { isCurrent } from './describe.ts'
import { useCondition, useLasting } from './use-condition.ts'

/** From when the numbers shown are, once they are old enough to be greyed; null while they are current (S25). */
export function useAge(): string | null {
  const at = useSync()?.currentAt ?? null
  const condition = useCondition()
  const lasting = useLasting()
  const now = useNow()
  return isCurrent(condition) || !lasting || at === null ? null : dayAndTime(at, now)
}
