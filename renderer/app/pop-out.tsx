import { useEffect, useRef } from 'react'
import { popOut } from '../bridge.ts'
import { Attention } from '../features/attention/attention.tsx'
import { WaitsNow } from '../features/attention/waits-now.tsx'
import { useSelected } from '../features/customer/selected.ts'
import { SignInAgain } from '../features/sign-in/again.tsx'
import { SyncBanner } from '../features/sync/banner.tsx'
import { toggle, useView } from '../store/view.ts'
import { Boundary } from './boundary.tsx'
import { useColumnKeys } from './columns.ts'
import { useWords } from './i18n.ts'
import { KeysDialog } from './keys/keys-dialog.tsx'
import { useKey } from './keys/use-key.ts'
import './pop-out.css'
import './shell.css'
import { Side, Thread, toSide, useSideOver, useUndo } from './thread.tsx'
import { words } from './words.ts'

/** One conversation in a window of its own: as in the desk, without what leads elsewhere. */
export function PopOut() {
  const t = useWords(words)
  const customerId = useView(view => view.customerId)
  const sideOpen = useView(view => view.sideOpen)
  const over = useSideOver()
  useColumnKeys()
  useUndo()
  useKey('keys', () => toggle('keysOpen', true))
  useKey('side', customerId ? toSide : null)
  useName()
  // There is nothing else in this window: its keys are those of the thread from the first moment. A ring around all of it says nothing.
  const main = useRef<HTMLElement>(null)
  useEffect(() => main.current?.focus({ preventScroll: true, focusVisible: false }), [])
  if (customerId === null) return null
  return (
    <div className="shell pop-out" data-side={sideOpen ? 'open' : 'closed'} data-over={over || undefined}>
      <div className="shell-top">
        <SyncBanner />
      </div>
      <main
        ref={main}
        className="shell-main"
        data-column="main"
        data-keys="timeline"
        aria-label={t('thread')}
        tabIndex={-1}
      >
        <Thread of={customerId} />
      </main>
      <WaitsNow go={popOut} />
      <Side of={customerId} />
      <Boundary>
        <Attention go={popOut} />
        <SignInAgain />
        <KeysDialog />
      </Boundary>
    </div>
  )
}

/** The window is called by whom it is about, where the system lists windows. */
function useName(): void {
  const t = useWords(words)
  const selected = useSelected()
  const name = selected?.customer?.name || selected?.identities[0]?.name
  useEffect(() => {
    document.title = name ? t('window-title', { name }) : t('name')
  }, [name, t])
}
