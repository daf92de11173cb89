import {
  AlarmClock,
  AtSign,
  CircleCheck,
  Hourglass,
  Inbox,
  Layers,
  type LucideIcon,
  ShieldAlert,
  User,
} from 'lucide-react'
import type { View } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import type { KeyId } from '../../app/keys/table.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { useLive } from '../../store/live.ts'
import { show, useView } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { useAge } from '../sync/use-age.ts'
import '../../ui/side-line.css'
import './views.css'
import { words } from './words.ts'

const views: readonly { view: View; icon: LucideIcon }[] = [
  { view: 'mine', icon: User },
  { view: 'unassigned', icon: Inbox },
  { view: 'open', icon: Layers },
  { view: 'waiting', icon: Hourglass },
  { view: 'snoozed', icon: AlarmClock },
  { view: 'closed', icon: CircleCheck },
  { view: 'held', icon: ShieldAlert },
  { view: 'mentioned', icon: AtSign },
]

/** How many conversations each view has in the inbox that is shown; undefined while nothing is known. */
export function useCount(): (view: View) => number | undefined {
  const { rows, loading } = useLive('viewCounts', {})
  const inboxId = useView(state => state.inboxId)
  return view => {
    if (loading) return undefined
    return rows.find(row => row.view === view && row.inboxId === inboxId)?.count ?? 0
  }
}

export function Views() {
  const t = useWords(words)
  const chosen = useView(state => (state.savedViewId === null ? state.view : null))
  const count = useCount()
  const held = count('held') ?? 0
  const age = useAge()
  return (
    <ul
      className="views"
      aria-label={age === null ? t('views') : t('views-of', { time: age })}
      data-old={age !== null || undefined}
      title={age === null ? undefined : t('numbers-of', { time: age })}
    >
      {views.map(({ view, icon }) => {
        // What is held asks for a look; when nothing is, its line would only be in the way.
        if (view === 'held' && held === 0 && chosen !== 'held') return null
        const number = count(view)
        return (
          <li key={view}>
            <button
              type="button"
              className="side-line"
              data-view={view}
              aria-current={view === chosen || undefined}
              onClick={() => show(view)}
            >
              <Icon of={icon} />
              <span className="trunc">{t(view)}</span>
              <span className="side-count num">
                {number === undefined || (number === 0 && view !== chosen) ? '' : number.toLocaleString('en')}
              </span>
            </button>
          </li>
        )
      })}
      <ViewKeys />
    </ul>
  )
}

/** 1 to 8 show the views. */
function ViewKeys() {
  return (
    <>
      {views.map(({ view }, index) => (
        <ViewKey key={view} id={`view-${index + 1}` as KeyId} view={view} />
      ))}
    </>
  )
}

function ViewKey({ id, view }: { id: KeyId; view: View }) {
  useKey(id, () => show(view))
  return null
}
