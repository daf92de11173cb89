import { type FormEvent, useId, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { Macro } from '#shared/model/macro.ts'
import { filled, filledRich, type Known } from '#shared/rules/variables.ts'
import { languageNow, useWords } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { useAgents, useInboxes } from '../../../store/directory.ts'
import { useLiveOne } from '../../../store/live.ts'
import { useMyId } from '../../../store/states.ts'
import { Button } from '../../../ui/button.tsx'
import { now } from '../../../ui/clock.ts'
import { FormError, TextField } from '../../../ui/field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { ItemWords } from '../../timeline/rich-words.tsx'
import { type FormValues, families, read, valuesOf, type Wrong } from './form-values.ts'
import { MacroActionsForm } from './macro-actions.tsx'
import { MacroWords } from './macro-words.tsx'
import { words } from './words.ts'

/** A macro's words, where it is for and what it does; new, or one that is there. Beside it how it would read. */
export function MacroForm({
  macro,
  others,
  mayWrite,
  mayShare,
  onDone,
}: {
  macro: Macro | null
  others: readonly Macro[]
  mayWrite: boolean
  mayShare: boolean
  onDone: () => void
}) {
  const t = useWords(words)
  const me = useMyId()
  const folders = useId()
  const [values, setValues] = useState<FormValues>(() => valuesOf(macro))
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const set = (change: Partial<FormValues>): void => {
    setValues(before => ({ ...before, ...change }))
    setWrong(null)
  }
  const taken = others.find(({ shortcut }) => shortcut !== '' && shortcut === values.shortcut.trim())
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const result = read(values, macro?.id ?? uuidv7(), me)
    if ('wrong' in result) return setWrong(result.wrong)
    if (await act('macro.save', result.macro)) onDone()
  }
  return (
    <form className="macro-form" onSubmit={event => void save(event)}>
      {!mayWrite && <p className="pages-note">{t('team-only')}</p>}
      <div className="macro-three">
        <TextField
          label={t('name')}
          value={values.name}
          maxLength={80}
          readOnly={!mayWrite}
          autoComplete="off"
          error={wrong === 'name-wrong' ? t(wrong) : undefined}
          onChange={event => set({ name: event.target.value })}
        />
        <TextField
          label={t('shortcut')}
          value={values.shortcut}
          maxLength={40}
          readOnly={!mayWrite}
          autoComplete="off"
          spellCheck={false}
          hint={taken ? t('shortcut-taken', { name: taken.name }) : t('shortcut-hint')}
          error={wrong === 'shortcut-wrong' ? t(wrong) : undefined}
          onChange={event => set({ shortcut: event.target.value })}
        />
        <TextField
          label={t('folder')}
          value={values.folder}
          maxLength={60}
          readOnly={!mayWrite}
          autoComplete="off"
          list={folders}
          onChange={event => set({ folder: event.target.value })}
        />
        <datalist id={folders}>
          {[...new Set(others.map(({ folder }) => folder))].filter(Boolean).map(folder => (
            <option key={folder} value={folder} />
          ))}
        </datalist>
      </div>
      {!macro && mayShare && (
        <div className="macro-line">
          <span>{t('whose')}</span>
          <Segmented
            label={t('whose')}
            value={values.whose}
            onChange={whose => set({ whose })}
            options={(['me', 'team'] as const).map(value => ({ value, label: t(`whose-${value}`) }))}
          />
        </div>
      )}
      <MacroWords value={values} readOnly={!mayWrite} onChange={set} />
      {values.text.trim() !== '' && <Preview values={values} />}
      <div className="macro-line">
        <span>{t('language')}</span>
        <Segmented
          label={t('language')}
          value={values.language || 'any'}
          onChange={value => mayWrite && set({ language: value === 'any' ? '' : value })}
          options={(['any', 'en', 'zh'] as const).map(value => ({ value, label: t(`language-${value}`) }))}
        />
      </div>
      <fieldset className="macro-line" aria-label={t('channels')} disabled={!mayWrite}>
        <span aria-hidden="true">{t('channels')}</span>
        <div className="macro-channels">
          {families.map(family => (
            <label key={family}>
              <input
                type="checkbox"
                checked={values.families.length === 0 || values.families.includes(family)}
                onChange={({ target }) => {
                  const all = values.families.length === 0 ? families : values.families
                  const next = all.filter(each => each !== family)
                  set({ families: target.checked ? [...next, family] : next })
                }}
              />
              {t(`family-${family}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <MacroActionsForm values={values} readOnly={!mayWrite} set={set} />
      <FormError>{wrong === 'says-nothing' && t(wrong)}</FormError>
      {mayWrite && (
        <div className="macro-save">
          <Button kind="ink" type="submit">
            {t(macro ? 'save' : 'save-new')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** The words with everything filled, for somebody who does not exist. */
function Preview({ values: { text, rich, language } }: { values: FormValues }) {
  const t = useWords(words)
  const me = useMyId()
  const workspace = useLiveOne('workspace', {})
  const agent = useAgents().get(me)
  const [inbox] = useInboxes().values()
  const name = t('sample-customer')
  const known: Known = {
    customer: {
      ...{ id: '', name, company: t('sample-company'), language: '', timeZone: '', tier: '', note: '' },
      ...{ mergedInto: null, createdAt: 0 },
    },
    ...{ identity: undefined, conversation: undefined, agent, inbox, workspace, now: now() },
    language: language || (languageNow() === 'en' ? 'en' : 'zh'),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
  return (
    <section className="macro-preview" aria-label={t('preview')}>
      <span className="meta faint">{t('preview-for', { name })}</span>
      <ItemWords item={{ text: filled(text, known), ...(rich ? { rich: filledRich(rich, known) } : {}) }} />
    </section>
  )
}
