import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Macro } from '#shared/model/macro.ts'
import { say, useWords } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { useLive } from '../../../store/live.ts'
import { useLeads, useMayWrite } from '../../../store/may-write.ts'
import { toast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { PageFoot, PageHead, SettingsPages } from '../pages.tsx'
import { MacroForm } from './macro-form.tsx'
import { MacroList } from './macro-list.tsx'
import './macros.css'
import { words } from './words.ts'

type Place = { at: 'list' } | { at: 'new' } | { at: 'macro'; id: string }

/** Macros, one's own and the team's. Changes are mutations like any other: they work offline, too. */
export function Macros() {
  const t = useWords(words)
  const { rows: macros, loading } = useLive('macros', {})
  const leads = useLeads()
  const [place, setPlace] = useState<Place>({ at: 'list' })
  const one = place.at === 'macro' ? macros.find(({ id }) => id === place.id) : undefined
  const toList = (): void => setPlace({ at: 'list' })
  const mayWrite = useMayWrite()
  const title = place.at === 'new' ? t('new-title') : (one?.name ?? t('title'))
  return (
    <SettingsPages title={title} at={place.at} onBack={toList}>
      {place.at === 'new' || one ? (
        <>
          <MacroForm
            key={one?.id ?? 'new'}
            macro={one ?? null}
            others={macros.filter(({ id }) => id !== one?.id)}
            mayWrite={!one || mayWrite(one)}
            mayShare={leads}
            onDone={toList}
          />
          {one && mayWrite(one) && (
            <PageFoot hint={t('remove-hint')}>
              <Button
                small
                onClick={() => {
                  toList()
                  void remove(one)
                }}
              >
                {t('remove')}
              </Button>
            </PageFoot>
          )}
        </>
      ) : (
        <>
          <PageHead lead={t('lead')}>
            <Button icon={Plus} onClick={() => setPlace({ at: 'new' })}>
              {t('add')}
            </Button>
          </PageHead>
          {macros.length === 0 ? (
            !loading && <Empty title={t('none')}>{t('none-hint')}</Empty>
          ) : (
            <MacroList macros={macros} onOpen={id => setPlace({ at: 'macro', id })} />
          )}
        </>
      )}
    </SettingsPages>
  )
}

async function remove(macro: Macro): Promise<void> {
  if (!(await act('macro.remove', { id: macro.id }))) return
  toast(say(words, 'did-remove', { name: macro.name }), {
    action: { label: say(words, 'undo'), shortcut: 'undo', run: () => void act('macro.save', macro) },
  })
}
