import { Lock, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { DeskState } from '#shared/ipc/states.ts'
import { type FaultKind, fault } from '#shared/protocol/fault.ts'
import { SignInAgain } from '../features/sign-in/again.tsx'
import { WayForward } from '../features/sync/way-forward.tsx'
import { request } from '../store/core.ts'
import { useSync } from '../store/states.ts'
import { Button } from '../ui/button.tsx'
import { now, useNow } from '../ui/clock.ts'
import { Icon } from '../ui/icon.tsx'
import { clockTime, dayAndTime } from '../ui/time.ts'
import { faultSentence } from './faults.ts'
import { useWords } from './i18n.ts'
import './opening.css'
import { words } from './words.ts'

/** The replica is there but not to be opened: locked (S9), or of another version, or the disk does not let it (S28). */
export const Closed = ({ desk }: { desk: DeskState }) =>
  desk.phase === 'locked' ? <Locked /> : <Refused desk={desk} />

/** Closed until it has spoken to the hub. What stands in the way of that is said too, or there would be no way on. */
function Locked() {
  const t = useWords(words)
  const sync = useSync()
  const time = useNow()
  return (
    <main className="opening">
      <Icon of={Lock} size="l" />
      <h1>{t('locked-title')}</h1>
      <div className="opening-why" role="alert">
        <p>
          {sync?.lastContactAt == null
            ? faultSentence(fault('replica-locked'))
            : t('locked-since', { time: dayAndTime(sync.lastContactAt, time) })}
        </p>
        {sync?.phase === 'blocked' && sync.fault && <p>{faultSentence(sync.fault)}</p>}
      </div>
      {sync && sync.waiting > 0 && <p className="meta">{t('locked-waiting', { count: sync.waiting })}</p>}
      {sync && <WayForward sync={sync} kind="ink" />}
      <SignInAgain />
    </main>
  )
}

/** For these a restart or another desk is needed; trying again would only say the same. */
const final: ReadonlySet<FaultKind> = new Set(['replica-newer', 'key-unavailable', 'profile-in-use'])

function Refused({ desk }: { desk: DeskState }) {
  const t = useWords(words)
  const [tried, setTried] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const problem = desk.fault ?? fault('internal')
  const again = async (): Promise<void> => {
    setBusy(true)
    await request('retryNow', {})
    setBusy(false)
    setTried(now())
  }
  return (
    <main className="opening">
      <Icon of={TriangleAlert} size="l" />
      <h1>{t('refused-title')}</h1>
      <p className="opening-why" role="alert">
        {faultSentence(problem)}
      </p>
      {!final.has(problem.kind) && (
        <Button kind="ink" busy={busy} onClick={() => void again()}>
          {t('try-again')}
        </Button>
      )}
      <p className="meta" role="status">
        {tried !== null && t('still-so', { time: clockTime(tried) })}
      </p>
    </main>
  )
}
