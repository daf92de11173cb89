import type { SavedView } from '#shared/model/saved-view.ts'
import { say } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { toast } from '../../store/toasts.ts'
import { showSaved, useView } from '../../store/view.ts'
import { words } from './words.ts'

/** Deletes a view, with a way back. */
export async function removeView(view: SavedView): Promise<void> {
  if (!(await act('view.remove', { id: view.id }))) return
  if (useView.getState().savedViewId === view.id) showSaved(null)
  toast(say(words, 'did-delete-view', { name: view.name }), {
    action: { label: say(words, 'undo'), run: () => void act('view.save', view), shortcut: 'undo' },
  })
}
