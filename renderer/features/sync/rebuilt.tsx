import { CircleAlert } from 'lucide-react'
import { useWords } from '../../app/i18n.ts'
import { words as appWords } from '../../app/words.ts'
import { request } from '../../store/core.ts'
import { useDesk } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import './banner.css'
import './way-forward.css'

/** Something had to be repaired at the start: said in one sentence until it has been read (S28). */
export function RebuiltNotice() {
  const t = useWords(appWords)
  const notice = useDesk()?.notice
  if (!notice) return null
  return (
    <div className="banner" role="alert">
      <Icon of={CircleAlert} size="s" />
      <span className="banner-what">
        {t(notice === 'replica-rebuilt' ? 'rebuilt' : 'rebuilt-with-outbox')}
      </span>
      <span className="banner-end way">
        <Button small kind="ghost" className="way-banner" onClick={() => void request('dismissNotice', {})}>
          {t('understood')}
        </Button>
      </span>
    </div>
  )
}
