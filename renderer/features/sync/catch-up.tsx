import { useWords } from '../../app/i18n.ts'
import { useSync } from '../../store/states.ts'
import { useNow } from '../../ui/clock.ts'
import { Progress } from '../../ui/progress.tsx'
import './catch-up.css'
import { dataAge, progressText } from './told-times.ts'
import { useCondition, useLasting } from './use-condition.ts'
import { words } from './words.ts'

/**
 * At the list's foot while much is coming: how far it is, and how old what is shown is. At the foot, so that no row moves under the
 * pointer; and not for what is over in a moment.
 */
export function CatchUp() {
  const t = useWords(words)
  const sync = useSync()
  const condition = useCondition()
  const lasting = useLasting()
  const now = useNow()
  if (!sync || !lasting || (condition !== 'syncing' && condition !== 'fetching')) return null
  const first = condition === 'fetching'
  const text = progressText(sync, first, t)
  return (
    <div className="catch-up">
      <Progress label={text} done={sync.progress?.done ?? 0} total={sync.progress?.total ?? 0} />
      <p className="catch-up-text num">{text}</p>
      <p className="catch-up-text">{first ? t('fetching-hint') : dataAge(sync, now)}</p>
    </div>
  )
}
