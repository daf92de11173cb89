import { Clock } from 'lucide-react'
import { useLive } from '../../store/live.ts'
import { useSync } from '../../store/states.ts'
import { Icon } from '../../ui/icon.tsx'
import { waitText } from '../sync/wait-words.ts'
import { useTimelineWords } from './context.ts'

/** On this desk, not yet confirmed by the hub. */
export function Pending({ itemId }: { itemId: string }) {
  const say = useTimelineWords()
  return (
    <span className="tl-delivery" title={say('unconfirmed-hint')}>
      <Icon of={Clock} size="xs" />
      <WaitingWords itemId={itemId} otherwise={say('unconfirmed')} />
    </span>
  )
}

/** What an item that has not left this desk waits for, in the words of the panel, where that is more than the network. */
export function WaitingWords({ itemId, otherwise }: { itemId: string; otherwise: string }) {
  const { rows } = useLive('outbox', {})
  const sync = useSync()
  const entry = rows.find(each => each.itemId === itemId)
  const more = entry && entry.waitsFor !== 'hub' && entry.waitsFor !== 'network'
  const text = more || (entry && sync?.phase === 'blocked') ? waitText(entry, sync, rows) : otherwise
  return (
    <span className="trunc" title={text}>
      {text}
    </span>
  )
}
