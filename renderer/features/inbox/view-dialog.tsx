import { type FormEvent, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { SavedView } from '#shared/model/saved-view.ts'
import type { Where } from '#shared/model/segment.ts'
import { useWords } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { useLive, useLiveOne } from '../../store/live.ts'
import { useMyId } from '../../store/states.ts'
import { showSaved } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Conditions } from '../conditions/conditions.tsx'
import { ConditionsName, ForWhom, type Whose } from '../conditions/for-whom.tsx'
import { conversationVocabulary } from './view-vocabulary.ts'
import './view-dialog.css'
import { words } from './words.ts'

/** What a new view begins with: work that is open. */
const begun: Where = { match: 'all', conditions: [{ field: 'status', operator: 'is', values: ['open'] }] }

/** A view of one's own or of the team: its name, what it is of, and how many that are while one chooses. */
export function ViewDialog({ view, onClose }: { view?: SavedView | undefined; onClose: () => void }) {
  const t = useWords(words)
  const me = useMyId()
  // What conditions name.
  useLive('inboxes', {})
  useLive('agents', {})
  const [name, setName] = useState(view?.name ?? '')
  const [where, setWhere] = useState(view?.where ?? begun)
  const [whose, setWhose] = useState<Whose>(view && view.agentId === null ? 'team' : 'own')
  const count = useLiveOne('conversationCount', { where })?.count

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const agentId = whose === 'team' ? null : me
    // Somebody else's is another row.
    const id = view && view.agentId === agentId ? view.id : uuidv7()
    const saved: SavedView = { id, name: name.trim(), where, agentId }
    if (saved.name === '' || !(await act('view.save', saved))) return
    if (view && view.id !== id) await act('view.remove', { id: view.id })
    onClose()
    showSaved(id)
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={to => to || onClose()}
      title={t(view ? 'edit-view' : 'new-view')}
      footer={
        <>
          <span className="grow meta faint num" role="status">
            {count !== undefined && t('count', { count })}
          </span>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="ink" type="submit" form="view-form" disabled={name.trim() === ''}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id="view-form" className="view-form" onSubmit={event => void submit(event)}>
        <ConditionsName name={name} onChange={setName} />
        <Conditions where={where} vocabulary={conversationVocabulary} onChange={setWhere} />
        <ForWhom whose={whose} onChange={setWhose} />
      </form>
    </Dialog>
  )
}
