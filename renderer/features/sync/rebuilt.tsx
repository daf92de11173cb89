import { CircleAlert } from 'lucide-react'
import { useWords } from '../../app/i18n.ts'
import { words as appWords } from '../../app/words.ts'
import { request } from '../../store/core.ts'
import { useDesk } from '../../store/states.ts'
import { Icon } from '../../ui/icon.tsx'
import './banner.css'

/** Something had to be repaired at the start: said in one sentence until it has been read (S28). */
export function RebuiltNotice() {
  const t = useWords(appWords)
  const notice = useDesk()?.notice
  if (!notice) return null
  return (
    <div className="banner" role="alert">
      <Icon of={CircleAlert} size="s" />
      <span className="trunc">{t(notice === 'replica-rebuilt' ? 'rebuilt' : 'rebuilt-with-outbox')}</span>
      <span className="banner-retry">
        <button type="button" className="banner-button" onClick={() => void request('dismissNotice', {})}>
          {t('understood')}
        </button>
      </span>
    </div>
  )
}
