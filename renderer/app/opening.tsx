import { Lock, TriangleAlert } from 'lucide-react'
import type { DeskState } from '#shared/ipc/contract.ts'
import { fault } from '#shared/protocol/fault.ts'
import { request } from '../store/core.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { faultSentence } from './faults.ts'
import { useWords } from './i18n.ts'
import './opening.css'
import { words } from './words.ts'

/** The moment before the replica is open. It shows nothing for the first half second: usually it is over then. */
export function Opening() {
  const t = useWords(words)
  return (
    <main className="opening opening-late" aria-busy="true">
      <Mark />
      <p className="meta">{t('opening')}</p>
    </main>
  )
}

/** The replica is there but not to be opened: locked (S9) or of another version (S28). */
export function Closed({ desk }: { desk: DeskState }) {
  const t = useWords(words)
  const locked = desk.phase === 'locked'
  return (
    <main className="opening">
      <Icon of={locked ? Lock : TriangleAlert} size="l" />
      <h1>{t(locked ? 'locked-title' : 'refused-title')}</h1>
      <p className="opening-why" role="alert">
        {faultSentence(desk.fault ?? fault(locked ? 'replica-locked' : 'internal'))}
      </p>
      {(locked || desk.fault?.retryable) && (
        <Button kind="ink" onClick={() => void request('retryNow', {})}>
          {t('try-again')}
        </Button>
      )}
    </main>
  )
}
