import { ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import type { SavedView } from '#shared/model/saved-view.ts'
import { say, useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { prefer } from '../../store/core.ts'
import { usePreferences } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { useView } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { useAge } from '../sync/use-age.ts'
import '../../ui/side-line.css'
import { goToView, useViewLines, useViewName } from './listed.ts'
import { ViewDialog } from './view-dialog.tsx'
import { type Placing, ViewLineItem } from './view-line.tsx'
import { moved, shifted, type ViewLine, type ViewOrder, veiled } from './view-order.ts'
import './views.css'
import { words } from './words.ts'

const save = (views: ViewOrder): Promise<void> => prefer({ views })

/** The views, in the order this person has them in; what they hide lies folded below. */
export function Views() {
  const t = useWords(words)
  const nameOf = useViewName()
  const preferred = usePreferences()?.views
  const views = useViewLines()
  const chosen = useView(state => state.savedViewId ?? state.view)
  const age = useAge()
  const [unfolded, setUnfolded] = useState(false)
  const [editing, setEditing] = useState<SavedView | 'new' | null>(null)
  useKey('new-view', () => setEditing('new'))

  const shown = views.all.filter(line => !views.hidden.includes(line) || line.key === chosen)
  const folded = views.hidden.filter(line => !shown.includes(line))

  const hide = (line: ViewLine, to: boolean): void => {
    const before: ViewOrder = preferred ?? { order: [], hidden: [] }
    void save(veiled(views, line.key, to))
    if (!to) return
    if (line.key === chosen) goToView(views.shown.find(other => other !== line) ?? line)
    toast(say(words, 'did-hide', { name: nameOf(line) }), {
      action: { label: say(words, 'undo'), run: () => void save(before), shortcut: 'undo' },
    })
  }
  const placing = (line: ViewLine): Placing => ({
    hidden: views.hidden.includes(line),
    shift: by => void save(shifted(views, line.key, by)),
    // What is held asks for a look. Its line is there while it has nothing, too: no other changes its place, nor its number.
    hide: line.key === 'held' ? null : to => hide(line, to),
    drop: dragged => void save(moved(views, dragged, line.key)),
  })
  const lineOf = (line: ViewLine) => (
    <ViewLineItem key={line.key} line={line} placing={placing(line)} onEdit={setEditing} />
  )
  const current = views.all.find(({ key }) => key === chosen)
  return (
    <>
      <ul
        className="views"
        aria-label={age === null ? t('views') : t('views-of', { time: age })}
        data-old={age !== null || undefined}
        title={age === null ? undefined : t('numbers-of', { time: age })}
      >
        {shown.map(lineOf)}
        {unfolded && folded.map(lineOf)}
        <li className="views-more">
          <button type="button" className="side-line" onClick={() => setEditing('new')}>
            <Icon of={Plus} />
            <span className="trunc">{t('new-view')}</span>
          </button>
          {folded.length > 0 && (
            <button
              type="button"
              className="side-line views-hidden"
              aria-expanded={unfolded}
              onClick={() => setUnfolded(!unfolded)}
            >
              <Icon of={ChevronRight} size="s" />
              <span className="trunc">{t('hidden-views', { count: folded.length })}</span>
            </button>
          )}
        </li>
      </ul>
      {current && <PlaceKeys placing={placing(current)} />}
      {editing && (
        <ViewDialog view={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />
      )}
    </>
  )
}

function PlaceKeys({ placing: { hidden, shift, hide } }: { placing: Placing }) {
  useKey('view-up', hidden ? null : () => shift(-1))
  useKey('view-down', hidden ? null : () => shift(1))
  useKey('hide-view', hide && (() => hide(!hidden)))
  return null
}
