import { CircleAlert, CloudCheck, CloudOff, CloudUpload, type LucideIcon, RefreshCw } from 'lucide-react'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { useSync } from '../../store/states.ts'
import { toggle, useView } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import { type Condition, needingLook, percentOf, toneOf } from './describe.ts'
import { Outbox } from './outbox.tsx'
import { sorted } from './small.ts'
import './state.css'
import { percentText } from '../../ui/numbers.ts'
import { useTold } from './told.ts'
import { useCondition } from './use-condition.ts'
import { words } from './words.ts'

const icons: Record<Condition, LucideIcon> = {
  starting: RefreshCw,
  synced: CloudCheck,
  sending: CloudUpload,
  fetching: RefreshCw,
  syncing: RefreshCw,
  connecting: RefreshCw,
  offline: CloudOff,
  blocked: CircleAlert,
}

/** At the rail's foot, always: how the desk stands to the hub, and what wants a look. It opens the outbox. */
export function SyncState() {
  const t = useWords(words)
  const sync = useSync()
  const condition = useCondition()
  useTold(condition)
  const open = useView(view => view.outboxOpen)
  const { large } = sorted(useLive('outbox', {}).rows)
  const look = needingLook(sync)
  const percent = condition === 'syncing' || condition === 'fetching' ? percentOf(sync) : null
  const state = [
    t(condition),
    percent === null ? '' : percentText(percent),
    large.length > 0 ? t('waiting', { count: large.length }) : '',
    look > 0 ? t('need-look', { count: look }) : '',
  ]
  return (
    <Popover
      label={t('title')}
      side="right"
      align="end"
      open={open}
      onOpenChange={to => toggle('outboxOpen', to)}
      trigger={
        <button
          type="button"
          className={`sync sync-${toneOf(condition)}`}
          data-condition={condition}
          aria-label={t('open', { state: state.filter(Boolean).join(t('and')) })}
        >
          {/* Drawn from the attribute: read aloud it is in the name, in its own place. */}
          <span className="sync-icon num" data-look={look || undefined}>
            <Icon of={icons[condition]} />
          </span>
          <span className="sync-word num">{percent === null ? t(condition) : percentText(percent)}</span>
        </button>
      }
    >
      <Outbox condition={condition} />
    </Popover>
  )
}
