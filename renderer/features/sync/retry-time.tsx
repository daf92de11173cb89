import type { SyncState } from '#shared/ipc/states.ts'
import { useWords } from '../../app/i18n.ts'
import { useNowBySecond } from '../../ui/clock.ts'
import { countdown } from '../../ui/time.ts'
import { words } from './words.ts'

/** The seconds until the next attempt, or that one is under way. */
export function RetryTime({ sync }: { sync: SyncState }) {
  const t = useWords(words)
  const now = useNowBySecond()
  if (sync.phase === 'connecting' || (sync.retryAt !== null && sync.retryAt <= now))
    return <span className="num">{t('retrying')}</span>
  if (sync.retryAt === null) return null
  return <span className="num">{t('retry-in', { time: countdown(sync.retryAt - now) })}</span>
}
