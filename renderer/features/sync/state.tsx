import { CircleAlert, CloudCheck, CloudOff, CloudUpload, type LucideIcon, RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { useWords } from '../../app/i18n.ts'
import { useSync } from '../../store/states.ts'
import { toggle, useView } from '../../store/view.ts'
import { announce } from '../../ui/announce.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import { type Condition, needingLook, toneOf } from './describe.ts'
import { Outbox } from './outbox.tsx'
import './state.css'
import { useRefusalsTold } from './told.ts'
import { useCondition } from './use-condition.ts'
import { words } from './words.ts'

const icons: Record<Condition, LucideIcon> = {
  starting: RefreshCw,
  synced: CloudCheck,
  sending: CloudUpload,
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
  useRefusalsTold()
  const open = useView(view => view.outboxOpen)
  const look = needingLook(sync)
  const percent =
    condition === 'syncing' && sync?.progress && sync.progress.total > 0
      ? Math.min(99, Math.floor((100 * sync.progress.done) / sync.progress.total))
      : null
  // Said aloud when it changes to something one must know, not on every small step.
  useEffect(() => {
    if (condition === 'offline' || condition === 'blocked') announce(t(condition))
  }, [condition, t])
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
          aria-label={t('open', {
            state: look > 0 ? `${t(condition)}, ${t('need-look', { count: look })}` : t(condition),
          })}
        >
          <span className="sync-icon">
            <Icon of={icons[condition]} />
            {look > 0 && <i className="sync-look num">{look}</i>}
          </span>
          <span className="sync-word num">{percent === null ? t(condition) : `${percent}%`}</span>
        </button>
      }
    >
      <Outbox condition={condition} />
    </Popover>
  )
}
