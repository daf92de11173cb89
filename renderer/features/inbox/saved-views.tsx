import { Ellipsis, PencilLine, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SavedView } from '#shared/model/saved-view.ts'
import { say, useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { act } from '../../store/core.ts'
import { useLiveOne } from '../../store/live.ts'
import { useMayWrite } from '../../store/may-write.ts'
import { toast } from '../../store/toasts.ts'
import { showSaved, useView } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { useSavedViews } from './listed.ts'
import './saved-views.css'
import { ViewDialog } from './view-dialog.tsx'
import { words } from './words.ts'

/** Views that the team or the person here made, each with how many there are now; and making another. */
export function SavedViews() {
  const t = useWords(words)
  const views = useSavedViews()
  const [editing, setEditing] = useState<SavedView | 'new' | null>(null)
  useKey('new-view', () => setEditing('new'))
  return (
    <section className="saved-views" aria-label={t('own-views')}>
      <ul>
        {views.map(view => (
          <Line key={view.id} view={view} onEdit={() => setEditing(view)} />
        ))}
        <li>
          <button type="button" className="side-line saved-views-new" onClick={() => setEditing('new')}>
            <Icon of={Plus} />
            <span className="trunc">{t('new-view')}</span>
          </button>
        </li>
      </ul>
      {editing && (
        <ViewDialog view={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />
      )}
    </section>
  )
}

function Line({ view, onEdit }: { view: SavedView; onEdit: () => void }) {
  const t = useWords(words)
  const chosen = useView(state => state.savedViewId === view.id)
  const count = useLiveOne('conversationCount', { where: view.where })?.count
  const mayWrite = useMayWrite()(view)
  return (
    <li className="saved-view">
      <button
        type="button"
        className="side-line"
        aria-current={chosen || undefined}
        onClick={() => showSaved(view.id)}
      >
        <i className="saved-view-dot" data-team={view.agentId === null || undefined} />
        <span className="trunc" title={view.name}>
          {view.name}
        </span>
        <span className="side-count num">
          {count === undefined || (count === 0 && !chosen) ? '' : count.toLocaleString('en')}
        </span>
      </button>
      {mayWrite && (
        <Menu
          align="end"
          label={view.name}
          trigger={<IconButton icon={Ellipsis} size="s" label={t('view-menu', { name: view.name })} />}
        >
          <MenuItem icon={PencilLine} onSelect={onEdit}>
            {t('edit')}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={() => void remove(view)}>
            {t('delete')}
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}

async function remove(view: SavedView): Promise<void> {
  if (!(await act('view.remove', { id: view.id }))) return
  if (useView.getState().savedViewId === view.id) showSaved(null)
  toast(say(words, 'did-delete-view', { name: view.name }), {
    action: { label: say(words, 'undo'), run: () => void act('view.save', view), shortcut: 'undo' },
  })
}
