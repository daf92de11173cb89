import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Attribute } from '#shared/model/attribute.ts'
import { labelOf } from '#shared/model/customer-field.ts'
import { languageNow, say, useLanguage, useWords } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { useLiveOne } from '../../../store/live.ts'
import { toast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { PageFoot, PageHead, SettingsPages } from '../pages.tsx'
import './customer-fields.css'
import { FieldForm } from './field-form.tsx'
import { FieldList } from './field-list.tsx'
import { words } from './words.ts'

type Place = { at: 'list' } | { at: 'new' } | { at: 'field'; id: string }

/** What an administrator wants known about every customer. Changes are mutations like any other: they work offline, too. */
export function CustomerFields() {
  const t = useWords(words)
  const language = useLanguage()
  const workspace = useLiveOne('workspace', {})
  const [place, setPlace] = useState<Place>({ at: 'list' })
  if (!workspace) return null
  const attributes = workspace.attributes ?? []
  const one = place.at === 'field' ? attributes.find(({ id }) => id === place.id) : undefined
  const toList = (): void => setPlace({ at: 'list' })
  const title = place.at === 'new' ? t('new-title') : one ? labelOf(one, language) : t('title')
  return (
    <SettingsPages title={title} at={place.at} onBack={toList}>
      {place.at === 'list' ? (
        <>
          <PageHead lead={t('lead')}>
            <Button icon={Plus} onClick={() => setPlace({ at: 'new' })}>
              {t('add')}
            </Button>
          </PageHead>
          {attributes.length === 0 ? (
            <Empty title={t('none')}>{t('none-hint')}</Empty>
          ) : (
            <FieldList
              workspaceId={workspace.id}
              attributes={attributes}
              onOpen={id => setPlace({ at: 'field', id })}
            />
          )}
        </>
      ) : (
        <>
          <FieldForm workspaceId={workspace.id} attribute={one ?? null} onDone={toList} />
          {one && <Archive workspaceId={workspace.id} attribute={one} onDone={toList} />}
        </>
      )}
    </SettingsPages>
  )
}

function Archive({
  workspaceId,
  attribute,
  onDone,
}: {
  workspaceId: string
  attribute: Attribute
  onDone: () => void
}) {
  const t = useWords(words)
  return (
    <PageFoot hint={t('archive-hint')}>
      <Button
        small
        onClick={() => {
          onDone()
          void archive(workspaceId, attribute, !attribute.archived)
        }}
      >
        {t(attribute.archived ? 'restore' : 'archive')}
      </Button>
    </PageFoot>
  )
}

async function archive(workspaceId: string, attribute: Attribute, archived: boolean): Promise<void> {
  const put = (to: boolean) =>
    act('attribute.change', { workspaceId, id: attribute.id, set: { archived: to } })
  if (!(await put(archived))) return
  toast(say(words, archived ? 'did-archive' : 'did-restore', { field: labelOf(attribute, languageNow()) }), {
    action: { label: say(words, 'undo'), run: () => void put(!archived) },
  })
}
