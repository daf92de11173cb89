import { useState } from 'react'
import type { Where } from '#shared/model/segment.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { useMayWrite } from '../../store/may-write.ts'
import { Button } from '../../ui/button.tsx'
import { Conditions } from '../conditions/conditions.tsx'
import { useCustomerVocabulary } from './fields.ts'
import { ask, sameWhere, useList } from './list.ts'
import { SaveSegment, updateSegment } from './save-segment.tsx'
import { words } from './words.ts'

/** What the list of customers is narrowed by, and keeping that under a name. */
export function CustomerConditions() {
  const where = useList(list => list.where)
  return (
    <Conditions where={where} vocabulary={useCustomerVocabulary()} onChange={ask}>
      <span className="grow" />
      <Keep where={where} />
    </Conditions>
  )
}

/** Conditions that are not yet kept under a name. */
function Keep({ where }: { where: Where }) {
  const t = useWords(words)
  const segmentId = useList(list => list.segmentId)
  const segment = useLive('segments', {}).rows.find(({ id }) => id === segmentId)
  const mayWrite = useMayWrite()
  const [saving, setSaving] = useState(false)
  if (segment ? sameWhere(where, segment.where) : where.conditions.length === 0) return null
  return (
    <>
      {segment && (
        <Button small kind="ghost" onClick={() => ask(segment.where)}>
          {t('reset')}
        </Button>
      )}
      {segment && mayWrite(segment) && (
        <Button small onClick={() => void updateSegment(segment, where)}>
          {t('update-segment')}
        </Button>
      )}
      <Button small onClick={() => setSaving(true)}>
        {t('save-segment')}
      </Button>
      {saving && <SaveSegment where={where} onClose={() => setSaving(false)} />}
    </>
  )
}
