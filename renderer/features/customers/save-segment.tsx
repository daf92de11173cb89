import { type FormEvent, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { Segment, Where } from '#shared/model/segment.ts'
import { say, useWords } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { useMyId } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ConditionsName, ForWhom, type Whose } from '../conditions/for-whom.tsx'
import { showSegment } from './list.ts'
import { words } from './words.ts'

/** A name for conditions, or another one for a segment that is there. */
export function SaveSegment({
  where,
  segment,
  onClose,
}: {
  where: Where
  /** The one to be renamed; absent: a new one. */
  segment?: Segment
  onClose: () => void
}) {
  const t = useWords(words)
  const me = useMyId()
  const [name, setName] = useState(segment?.name ?? '')
  const [whose, setWhose] = useState<Whose>('own')

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const saved: Segment = segment
      ? { ...segment, name: name.trim() }
      : { id: uuidv7(), name: name.trim(), where, agentId: whose === 'team' ? null : me }
    if (saved.name === '' || !(await act('segment.save', saved))) return
    onClose()
    if (segment) return
    showSegment(saved)
    toast(t('did-save', { name: saved.name }))
  }
  return (
    <Dialog
      open
      onOpenChange={to => to || onClose()}
      title={t(segment ? 'rename-segment' : 'save-title')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="ink" type="submit" form="save-segment" disabled={name.trim() === ''}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id="save-segment" className="save-segment" onSubmit={event => void submit(event)}>
        <ConditionsName name={name} onChange={setName} />
        {!segment && <ForWhom whose={whose} onChange={setWhose} />}
      </form>
    </Dialog>
  )
}

export async function updateSegment(segment: Segment, where: Where): Promise<void> {
  if (!(await act('segment.save', { ...segment, where }))) return
  toast(say(words, 'did-update', { name: segment.name }), {
    action: { label: say(words, 'undo'), run: () => void act('segment.save', segment), shortcut: 'undo' },
  })
}

export async function deleteSegment(segment: Segment): Promise<void> {
  if (!(await act('segment.remove', { id: segment.id }))) return
  showSegment(null)
  toast(say(words, 'did-delete', { name: segment.name }), {
    action: { label: say(words, 'undo'), run: () => void act('segment.save', segment), shortcut: 'undo' },
  })
}
