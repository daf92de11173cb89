import { RefreshCw } from 'lucide-react'
import type { SyncState } from '#shared/ipc/states.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { Button } from '../../ui/button.tsx'
import { askToSignInAgain, wantsSignIn } from '../sign-in/again.tsx'
import { words as signInWords } from '../sign-in/words.ts'
import { RetryTime } from './retry-time.tsx'
import './way-forward.css'
import { words } from './words.ts'

/**
 * What a person can do while nothing moves: sign in again where that is what is wanted, else try now instead of at the next time. The
 * same in the banner, in the panel and on the page of a locked desk, so that none of them is a dead end.
 */
export function WayForward({ sync, kind = 'line' }: { sync: SyncState; kind?: 'line' | 'ink' | 'banner' }) {
  const t = useWords(words)
  const signIn = useWords(signInWords)
  const button = kind === 'banner' ? { className: 'way-banner', kind: 'ghost' as const } : { kind }
  if (wantsSignIn(sync.fault))
    return (
      <div className="way">
        <Button small {...button} onClick={askToSignInAgain}>
          {signIn('again')}
        </Button>
      </div>
    )
  return (
    <div className="way">
      <Button small {...button} icon={RefreshCw} onClick={() => void request('retryNow', {})}>
        {t('retry')}
      </Button>
      <RetryTime sync={sync} />
    </div>
  )
}
