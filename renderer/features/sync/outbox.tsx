import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SyncState } from '#shared/ipc/contract.ts'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { useLive } from '../../store/live.ts'
import { useSync } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { Empty } from '../../ui/empty.tsx'
import { Progress } from '../../ui/progress.tsx'
import { fullTime, shortTime } from '../../ui/time.ts'
import { askToSignInAgain, wantsSignIn } from '../sign-in/again.tsx'
import { words as signInWords } from '../sign-in/words.ts'
import { type Condition, needingLook } from './describe.ts'
import { HeldLine, RefusedLine, UndeliveredLine, WaitingLine } from './lines.tsx'
import './outbox.css'
import { RetryTime } from './retry-time.tsx'
import { sorted } from './small.ts'
import { words } from './words.ts'

/** What waits and for what, and what wants a look, each with a way forward (S29). */
export function Outbox({ condition }: { condition: Condition }) {
  const t = useWords(words)
  const sync = useSync()
  const waiting = useLive('outbox', {}).rows
  const held = useLive('held', {}).rows
  const refused = useLive('refused', {}).rows
  const undelivered = useLive('undelivered', {}).rows
  const { large, small } = sorted(waiting)
  const nothing = waiting.length + held.length + refused.length + undelivered.length === 0
  return (
    <div className="outbox">
      {sync && <Head sync={sync} condition={condition} waiting={large.length || small} />}
      <div className="outbox-body">
        {nothing && condition !== 'synced' && <Empty title={t('nothing')}>{t('nothing-hint')}</Empty>}
        <Section title={t('section-held')} count={held.length}>
          {held.map(entry => (
            <HeldLine key={entry.item.id} entry={entry} />
          ))}
        </Section>
        <Section title={t('section-undelivered')} count={undelivered.length}>
          {undelivered.map(entry => (
            <UndeliveredLine key={entry.item.id} entry={entry} />
          ))}
        </Section>
        <Section title={t('section-refused')} count={refused.length}>
          {refused.map(entry => (
            <RefusedLine key={entry.id} entry={entry} />
          ))}
        </Section>
        <Section title={t('section-waiting')} count={large.length} also={small > 0}>
          {large.map(entry => (
            <WaitingLine key={entry.id} entry={entry} />
          ))}
          {small > 0 && <li className="outbox-small">{t('small', { count: small })}</li>}
        </Section>
      </div>
    </div>
  )
}

function Head({ sync, condition, waiting }: { sync: SyncState; condition: Condition; waiting: number }) {
  const signIn = useWords(signInWords)
  const t = useWords(words)
  const now = useNow()
  const { progress, lastContactAt } = sync
  const look = needingLook(sync)
  const title = {
    starting: () => t('starting'),
    synced: () => (look > 0 ? t('need-look', { count: look }) : t('all-sent')),
    sending: () => t('waiting', { count: waiting }),
    syncing: () =>
      progress && progress.total > 0
        ? t('catching-up', {
            done: progress.done.toLocaleString('en'),
            total: progress.total.toLocaleString('en'),
          })
        : t('catching-up-unknown'),
    connecting: () => t('connecting'),
    offline: () =>
      sync.offlineSince === null
        ? t('offline')
        : t('offline-since', { time: shortTime(sync.offlineSince, now) }),
    blocked: () => (sync.fault ? faultSentence(sync.fault) : t('blocked')),
  }[condition]()
  const current = condition === 'synced' || condition === 'sending'
  const mayRetry = condition === 'offline' || (condition === 'blocked' && sync.fault?.retryable === true)
  return (
    <header className="outbox-head">
      <div className="grow">
        <p className="semi">{title}</p>
        <p className="meta" title={lastContactAt === null ? undefined : fullTime(lastContactAt)}>
          {current
            ? look > 0 && condition === 'synced'
              ? t('else-sent')
              : t('all-current')
            : lastContactAt === null
              ? t('never-contact')
              : t('data-from', { time: shortTime(lastContactAt, now) })}
        </p>
        {condition === 'offline' && <p className="meta">{t('sent-later')}</p>}
        {condition === 'syncing' && (
          <Progress label={title} done={progress?.done ?? 0} total={progress?.total ?? 0} />
        )}
      </div>
      {wantsSignIn(sync.fault) && condition === 'blocked' && (
        <Button small onClick={askToSignInAgain}>
          {signIn('again')}
        </Button>
      )}
      {mayRetry && (
        <div className="outbox-retry">
          <Button small icon={RefreshCw} onClick={() => void request('retryNow', {})}>
            {t('retry')}
          </Button>
          <span className="faint">
            <RetryTime sync={sync} />
          </span>
        </div>
      )}
    </header>
  )
}

function Section({
  title,
  count,
  also,
  children,
}: {
  title: string
  count: number
  /** There is something uncounted. */
  also?: boolean
  children: ReactNode
}) {
  if (count === 0 && !also) return null
  return (
    <section className="outbox-section">
      <h3>
        {title}
        <span className="num">{count}</span>
      </h3>
      <ul>{children}</ul>
    </section>
  )
}
