import type { SyncState } from '#shared/ipc/states.ts'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { useNow } from '../../ui/clock.ts'
import { Progress } from '../../ui/progress.tsx'
import { dayAndTime, fullTime } from '../../ui/time.ts'
import { type Condition, isCurrent, locksSoon, needingLook } from './describe.ts'
import { dataAge, offlineText, progressText } from './told-times.ts'
import { WayForward } from './way-forward.tsx'
import { words } from './words.ts'

/** The panel's first words: how the desk stands to the hub, how old what is shown is, and what can be done about it. */
export function Head({
  sync,
  condition,
  waiting,
}: {
  sync: SyncState
  condition: Condition
  waiting: number
}) {
  const t = useWords(words)
  const now = useNow()
  const look = needingLook(sync)
  const first = condition === 'fetching'
  const title: Record<Condition, () => string> = {
    starting: () => t('starting'),
    synced: () => (look > 0 ? t('need-look', { count: look }) : t('all-sent')),
    sending: () => t('waiting', { count: waiting }),
    fetching: () => progressText(sync, true, t),
    syncing: () => progressText(sync, false, t),
    connecting: () => t('connecting'),
    offline: () => offlineText(sync, now, t),
    blocked: () => (sync.fault ? faultSentence(sync.fault) : t('blocked')),
  }
  const locks = locksSoon(sync, now)
  const stopped = condition === 'offline' || condition === 'blocked'
  return (
    <header className="outbox-head">
      <div className="grow">
        <h2 className="outbox-title">{title[condition]()}</h2>
        {(first || condition === 'syncing') && (
          <Progress
            label={title[condition]()}
            done={sync.progress?.done ?? 0}
            total={sync.progress?.total ?? 0}
          />
        )}
        <p className="meta" title={sync.currentAt === null ? undefined : fullTime(sync.currentAt)}>
          {condition === 'starting'
            ? t('core-gone')
            : first
              ? t('fetching-hint')
              : !isCurrent(condition)
                ? dataAge(sync, now)
                : look > 0 && condition === 'synced'
                  ? t('else-sent')
                  : t('all-current')}
        </p>
        {condition === 'offline' && <p className="meta">{t('sent-later')}</p>}
        {stopped && locks !== null && (
          <p className="meta outbox-warn">{t('locks-soon', { time: dayAndTime(locks, now) })}</p>
        )}
        {stopped && <WayForward sync={sync} />}
      </div>
    </header>
  )
}
