import { useEffect } from 'react'
import { Attention } from '../features/attention/attention.tsx'
import { useWaitingNow } from '../features/attention/to-who-waits.ts'
import { Inbox } from '../features/inbox/inbox.tsx'
import { useNoneYet } from '../features/inbox/view-counts.ts'
import { ViewKeys } from '../features/inbox/view-keys.tsx'
import { Search } from '../features/search/search.tsx'
import { openSettings } from '../features/settings/open.ts'
import { SignInAgain } from '../features/sign-in/again.tsx'
import { SyncBanner } from '../features/sync/banner.tsx'
import { RebuiltNotice } from '../features/sync/rebuilt.tsx'
import { TourOffer } from '../features/tour/offer.tsx'
import { useLive } from '../store/live.ts'
import { Pane, useHere, useIsActive } from '../store/pane.ts'
import {
  back,
  changePlaces,
  forward,
  open,
  type Side,
  showCustomers,
  split,
  toggle,
  useView,
} from '../store/view.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Keycap } from '../ui/keycap.tsx'
import { Boundary } from './boundary.tsx'
import { focusList, stayInThread, stayWhere, useColumnKeys } from './columns.ts'
import { useFront, useWayToList } from './front.ts'
import { useWords } from './i18n.ts'
import { KeysDialog } from './keys/keys-dialog.tsx'
import { useKey } from './keys/use-key.ts'
import { Customers, Segments, Settings, SilentInboxes, Tour } from './parts.tsx'
import { Rail } from './rail.tsx'
import './shell.css'
import { Side as CustomerSide, Thread, toSide, useSideOver, useUndo } from './thread.tsx'
import { words } from './words.ts'

/** The desk of somebody who is signed in: rail, list, main, side. */
export function Shell() {
  const t = useWords(words)
  const customerId = useView(view => view.customerId)
  const sideOpen = useView(view => view.sideOpen)
  const inCustomers = useView(view => view.section === 'customers')
  const hasSide = customerId !== null && !inCustomers
  const over = useSideOver()
  const two = useView(view => view.beside !== null) && !inCustomers
  const front = useFront()
  useShellKeys()
  useTitle()
  return (
    <div
      className="shell"
      data-side={!hasSide ? 'none' : sideOpen ? 'open' : 'closed'}
      data-over={over || undefined}
      data-front={front}
    >
      <div className="shell-top">
        <RebuiltNotice />
        <SyncBanner />
        <SilentInboxes needed={false} />
      </div>
      <Rail />
      <section
        className="shell-list"
        data-column="list"
        data-keys="list"
        aria-label={t(inCustomers ? 'segments' : 'conversations')}
        tabIndex={-1}
      >
        <Boundary of={inCustomers ? 'customers' : 'inbox'}>{inCustomers ? <Segments /> : <Inbox />}</Boundary>
      </section>
      {two ? (
        <main className="shell-main shell-split" aria-label={t('thread')}>
          <HalfOf side="left" />
          <HalfOf side="right" />
        </main>
      ) : (
        <main
          className="shell-main"
          data-column="main"
          data-keys={inCustomers ? 'list' : 'timeline'}
          aria-label={t(inCustomers ? 'customers' : 'thread')}
          tabIndex={-1}
        >
          <Main customerId={customerId} inCustomers={inCustomers} />
        </main>
      )}
      {hasSide && <CustomerSide of={customerId} />}
      <Boundary>
        <ViewKeys />
        <Attention go={open} />
        <Search />
        <Settings />
        <Tour />
        <SignInAgain />
        <KeysDialog />
      </Boundary>
    </div>
  )
}

/** One of two beside each other; the focus says which is worked in. */
function HalfOf({ side }: { side: Side }) {
  return (
    <Pane value={side}>
      <Half side={side} />
    </Pane>
  )
}

function Half({ side }: { side: Side }) {
  const t = useWords(words)
  const active = useIsActive()
  const customerId = useHere('customerId')
  const work = (): void => {
    if (useView.getState().side !== side) changePlaces()
  }
  return (
    <section
      className="shell-half"
      data-active={active || undefined}
      data-column={active ? 'main' : 'beside'}
      data-keys="timeline"
      aria-label={t(side)}
      tabIndex={-1}
      onFocusCapture={work}
      onPointerDownCapture={work}
    >
      {customerId === null ? <NothingOpen /> : <Thread of={customerId} />}
    </section>
  )
}

function Main({ customerId, inCustomers }: { customerId: string | null; inCustomers: boolean }) {
  if (inCustomers)
    return (
      <Boundary>
        <Customers />
      </Boundary>
    )
  return customerId === null ? <NothingOpen /> : <Thread of={customerId} />
}

function NothingOpen() {
  const t = useWords(words)
  const noneYet = useNoneYet(null)
  return (
    <div className="shell-nothing">
      <Empty
        knot
        main
        title={t(noneYet ? 'nothing-yet' : 'nothing-open')}
        action={
          !noneYet && (
            <Button small keycap={<Keycap of="search" />} onClick={() => toggle('searchOpen', true)}>
              {t('search')}
            </Button>
          )
        }
      >
        {t(noneYet ? 'nothing-yet-hint' : 'nothing-open-hint')}
      </Empty>
      <TourOffer />
    </div>
  )
}

function useShellKeys(): void {
  useColumnKeys()
  const somebody = useView(view => view.customerId !== null && view.section === 'inbox')
  const { mayGoToList, backIsList, listIsCustomers } = useWayToList()
  const mayBack = useView(view => view.past.length > 0)
  const mayForward = useView(view => view.future.length > 0)
  useKey('search', () => toggle('searchOpen', true))
  useKey('keys', () => toggle('keysOpen', true))
  useKey('settings', () => openSettings())
  useKey('outbox', () => toggle('outboxOpen'))
  useKey('customers', showCustomers)
  useUndo()
  useKey('side', somebody ? toSide : null)
  useKey('split', somebody ? () => stayWhere(split) : null)
  useKey('to-list', listIsCustomers ? () => go(back) : mayGoToList ? focusList : null)
  useKey('back', backIsList ? focusList : mayBack ? () => go(back) : null)
  useKey('forward', mayForward ? () => go(forward) : null)
}

function go(way: () => void): void {
  stayInThread()
  way()
}

/** Who waits at the other end now, else how much is mine and open, where the window's list and the taskbar show it. */
function useTitle(): void {
  const t = useWords(words)
  const mine =
    useLive('viewCounts', {}).rows.find(({ view, inboxId }) => view === 'mine' && inboxId === null)?.count ??
    0
  const waiting = useWaitingNow().length
  useEffect(() => {
    const count = waiting || mine
    document.title = count === 0 ? t('name') : t(waiting > 0 ? 'waits-title' : 'unread-title', { count })
    return () => {
      document.title = t('name')
    }
  }, [mine, waiting, t])
}
