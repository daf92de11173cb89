import { CircleAlert, CloudOff, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { useSync } from '../../store/states.ts'
import { toggle } from '../../store/view.ts'
import { useNow } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { dayAndTime } from '../../ui/time.ts'
import './banner.css'
import { locksSoon, needingLook } from './describe.ts'
import { sorted } from './small.ts'
import { dataAge, offlineText } from './told-times.ts'
import { useCondition, useLasting } from './use-condition.ts'
import { WayForward } from './way-forward.tsx'
import { words } from './words.ts'

/** Over everything while nothing moves: what waits, how old it all is, what one can do. */
export function SyncBanner() {
  const t = useWords(words)
  const sync = useSync()
  const condition = useCondition()
  const lasting = useLasting()
  const now = useNow()
  const waiting = sorted(useLive('outbox', {}).rows).large.length
  if (!sync || !lasting) return null
  if (condition === 'starting')
    return (
      <section className="banner" aria-label={t('starting')}>
        <Icon of={RefreshCw} size="s" />
        <span className="banner-what">{t('core-gone')}</span>
      </section>
    )
  if (condition !== 'offline' && condition !== 'blocked') return null
  const blocked = condition === 'blocked'
  const look = needingLook(sync)
  const locks = locksSoon(sync, now)
  return (
    <section className={blocked ? 'banner banner-bad' : 'banner'} aria-label={t(condition)}>
      <Icon of={blocked ? CircleAlert : CloudOff} size="s" />
      <span className="banner-what">
        {blocked && sync.fault ? faultSentence(sync.fault) : offlineText(sync, now, t)}
      </span>
      {waiting > 0 && <Open>{t('waiting', { count: waiting })}</Open>}
      {look > 0 && <Open>{t('need-look', { count: look })}</Open>}
      {locks !== null && (
        <span className="banner-part">{t('locks-at', { time: dayAndTime(locks, now) })}</span>
      )}
      <span className="banner-part banner-age">
        <span className="trunc" title={dataAge(sync, now)}>
          {dataAge(sync, now)}
        </span>
      </span>
      {!blocked && <span className="banner-more trunc">{t('sent-later')}</span>}
      <span className="banner-end">
        <WayForward sync={sync} kind="banner" />
      </span>
    </section>
  )
}

const Open = ({ children }: { children: ReactNode }) => (
  <button type="button" className="banner-part" onClick={() => toggle('outboxOpen', true)}>
    {children}
  </button>
)
