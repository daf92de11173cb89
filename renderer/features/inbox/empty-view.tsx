import type { SavedView } from '#shared/model/saved-view.ts'
import type { View } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { useInboxes } from '../../store/directory.ts'
import { useSync } from '../../store/states.ts'
import { narrowTo, show } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useMaySetUp } from '../settings/may-set-up.ts'
import { openSettings } from '../settings/open.ts'
import './empty-view.css'
import { useCount, useNoneYet } from './view-counts.ts'
import { words } from './words.ts'

/** They say that work is done. The others say what they are for. */
const done: readonly View[] = ['mine', 'unassigned', 'open', 'waiting']

/** An empty list says why it is empty and where there is work. */
export function EmptyView({
  saved,
  view,
  inboxId,
}: {
  saved: SavedView | undefined
  view: View
  inboxId: string | null
}) {
  const t = useWords(words)
  const unassigned = useCount()('unassigned') ?? 0
  const inboxes = useInboxes()
  const phase = useSync()?.phase
  const noneYet = useNoneYet(inboxId) && done.includes(view)
  const inbox = inboxId === null ? undefined : inboxes.get(inboxId)

  // Before the first page has come, empty would be a lie.
  if (phase === 'catching-up' && view !== 'held')
    return (
      <Place>
        <Empty title={t('empty-syncing')}>{t('empty-syncing-hint')}</Empty>
      </Place>
    )
  if (inboxes.size === 0) return <NoInbox />
  if (saved)
    return (
      <Place>
        <Empty title={t('empty-saved')}>{t('empty-saved-hint')}</Empty>
      </Place>
    )
  if (inbox)
    return (
      <Place>
        <Empty
          title={t(noneYet ? 'none-yet' : `empty-${view}`)}
          action={
            <Button small onClick={() => narrowTo(null)}>
              {t('show-all-inboxes')}
            </Button>
          }
        >
          {t('empty-inbox-hint', { name: inbox.name })}
        </Empty>
      </Place>
    )
  if (noneYet)
    return (
      <Place>
        <Empty title={t('none-yet')}>{t('none-yet-hint')}</Empty>
      </Place>
    )
  if (view === 'mine')
    return (
      <Place>
        <Empty
          knot
          title={t('empty-mine')}
          action={
            unassigned > 0 && (
              <Button small onClick={() => show('unassigned')}>
                {t('show-unassigned')}
              </Button>
            )
          }
        >
          {unassigned > 0 ? t('empty-mine-hint', { count: unassigned }) : t('empty-mine-done')}
        </Empty>
      </Place>
    )
  return (
    <Place>
      <Empty knot={view === 'unassigned' || view === 'open'} title={t(`empty-${view}`)}>
        {t(`empty-${view}-hint`)}
      </Empty>
    </Place>
  )
}

/** A new workspace: nothing can come before there is a way in. */
function NoInbox() {
  const t = useWords(words)
  const maySetUp = useMaySetUp()
  return (
    <Place>
      <Empty
        knot
        title={t('no-inbox')}
        action={
          maySetUp && (
            <Button small onClick={() => openSettings('inboxes')}>
              {t('set-up-inboxes')}
            </Button>
          )
        }
      >
        {maySetUp ? t('no-inbox-hint') : t('no-inbox-wait')}
      </Empty>
    </Place>
  )
}

const Place = ({ children }: { children: React.ReactNode }) => <div className="empty-view">{children}</div>
