import { Clock } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { useTimelineWords } from './context.ts'

/** On this desk, not yet confirmed by the hub. */
export function Pending() {
  const say = useTimelineWords()
  return (
    <span className="tl-delivery" title={say('unconfirmed-hint')}>
      <Icon of={Clock} size="xs" />
      {say('unconfirmed')}
    </span>
  )
}
