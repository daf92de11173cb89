// One customer: header, timeline, composer, and their panel beside it. In the desk, and in a window of its own.
import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { Composer } from '../features/composer/composer.tsx'
import { CustomerHeader } from '../features/customer/header.tsx'
import { CustomerPanel } from '../features/customer/panel.tsx'
import { Timeline } from '../features/timeline/timeline.tsx'
import { dismissToast, useToasts } from '../store/toasts.ts'
import { toggle, useView } from '../store/view.ts'
import { focusBefore } from '../ui/give-back.ts'
import { Boundary } from './boundary.tsx'
import { focusColumn } from './columns.ts'
import { useWords } from './i18n.ts'
import { useKey } from './keys/use-key.ts'
import { words } from './words.ts'

/** Each part in a boundary of its own: what is typed in the composer outlives an error above it. */
export const Thread = ({ of }: { of: string }) => (
  <>
    <Boundary of={of}>
      <CustomerHeader />
    </Boundary>
    <Boundary of={of}>
      <Timeline />
    </Boundary>
    <Boundary of={of}>
      <Composer />
    </Boundary>
  </>
)

/** The customer's panel; where the window is too narrow it lies over the thread. */
export function Side({ of }: { of: string }) {
  const t = useWords(words)
  const open = useView(view => view.sideOpen)
  return (
    <>
      {open && (
        <button type="button" className="shell-veil" aria-label={t('close-panel')} onClick={leaveSide} />
      )}
      <aside
        onKeyDown={event => {
          if (event.key === 'Escape' && !event.defaultPrevented) leaveSide()
        }}
        className="shell-side"
        data-column="side"
        aria-label={t('customer')}
        tabIndex={-1}
      >
        <Boundary of={of}>
          <CustomerPanel />
        </Boundary>
      </aside>
    </>
  )
}

/** Where they do not fit beside each other, or two threads do, the customer's panel lies over the thread. */
const narrow = matchMedia('(max-width: 1119px)')
const isOver = (): boolean => narrow.matches || useView.getState().beside !== null

export function useSideOver(): boolean {
  const split = useView(view => view.beside !== null)
  const small = useSyncExternalStore(
    changed => {
      narrow.addEventListener('change', changed)
      return () => narrow.removeEventListener('change', changed)
    },
    () => narrow.matches,
  )
  return split || small
}

/** Into the customer's panel; where it lies over the thread it opens, and closes when one is in it. */
export function toSide(): void {
  if (isOver() && useView.getState().sideOpen) {
    leaveSide()
    return
  }
  // Drawn first: what is not shown cannot take the focus.
  if (isOver()) flushSync(() => toggle('sideOpen', true))
  focusColumn('side')
}

function leaveSide(): void {
  const side = document.querySelector('.shell-side')
  flushSync(() => toggle('sideOpen', false))
  if (!side || !focusBefore(side)) focusColumn('main')
}

/** Z takes back the latest thing that can be taken back. */
export function useUndo(): void {
  const last = useToasts().findLast(({ action }) => action?.shortcut === 'undo')
  useKey(
    'undo',
    last
      ? () => {
          last.action?.run()
          dismissToast(last.id)
        }
      : null,
  )
}
