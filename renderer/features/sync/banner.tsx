import { CircleAlert, CloudOff, RefreshCw } from 'lucide-react'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { useLive } from '../../store/live.ts'
import { useSync } from '../../store/states.ts'
import { show, toggle } from '../../store/view.ts'
import { useNow } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { shortTime } from '../../ui/time.ts'
import { askToSignInAgain, wantsSignIn } from '../sign-in/again.tsx'
import { words as signInWords } from '../sign-in/words.ts'
import './banner.css'
import { RetryTime } from './retry-time.tsx'
import { sorted } from './small.ts'
import { useCondition, useLasting } from './use-condition.ts'
import { words } from './words.ts'

/** Over everything while the hub does not answer or nothing may move: what waits, how old it all is, what one can do. */
export function SyncBanner() {
  const t = useWords(words)
  const signIn = useWords(signInWords)
  const sync = useSync()
  const condition = useCondition()
  const lasting = useLasting()
  const now = useNow()
  const waiting = sorted(useLive('outbox', {}).rows).large.length
  if (!sync || !lasting || (condition !== 'offline' && condition !== 'blocked')) return null
  const blocked = condition === 'blocked'
  return (
    <section className={blocked ? 'banner banner-bad' : 'banner'} aria-label={t(condition)}>
      <Icon of={blocked ? CircleAlert : CloudOff} size="s" />
      <span className="banner-what">{blocked && sync.fault ? faultSentence(sync.fault) : t('offline')}</span>
      {waiting > 0 && (
        <button type="button" className="banner-part" onClick={() => toggle('outboxOpen', true)}>
          {t('waiting', { count: waiting })}
        </button>
      )}
      {sync.held > 0 && (
        <button type="button" className="banner-part" onClick={() => show('held')}>
          {t('review', { count: sync.held })}
        </button>
      )}
      <span className="banner-part trunc">
        {sync.lastContactAt === null
          ? t('never-contact')
          : t('last-contact', { time: shortTime(sync.lastContactAt, now) })}
        {!blocked && <span className="banner-more">{t('sent-later')}</span>}
      </span>
      {blocked && wantsSignIn(sync.fault) && (
        <span className="banner-retry">
          <button type="button" className="banner-button" onClick={askToSignInAgain}>
            {signIn('again')}
          </button>
        </span>
      )}
      {(!blocked || sync.fault?.retryable) && (
        <span className="banner-retry">
          <RetryTime sync={sync} />
          <button type="button" className="banner-button" onClick={() => void request('retryNow', {})}>
            <Icon of={RefreshCw} size="xs" />
            {t('retry')}
          </button>
        </span>
      )}
    </section>
  )
}
