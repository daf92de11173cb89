import { EyeOff, Plus, RotateCcw, X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { type Attribute, AttributeKind, type Choice } from '#shared/model/attribute.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { Button } from '../../../ui/button.tsx'
import { FormError, TextField } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { ownFirst } from '../own-first.ts'
import { type FormValues, read, valuesOf, type Wrong } from './form-values.ts'
import { words } from './words.ts'

/** A field's name and what may stand in it; new, or one that is there. */
export function FieldForm({
  workspaceId,
  attribute,
  onDone,
}: {
  workspaceId: string
  attribute: Attribute | null
  onDone: () => void
}) {
  const t = useWords(words)
  const language = useLanguage()
  const [values, setValues] = useState<FormValues>(() => valuesOf(attribute))
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const set = (change: Partial<FormValues>): void => {
    setValues({ ...values, ...change })
    setWrong(null)
  }
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const result = read(values, attribute?.id ?? uuidv7())
    if ('wrong' in result) return setWrong(result.wrong)
    if (await stored(workspaceId, attribute, result.attribute)) onDone()
  }
  return (
    <form className="cf-form" onSubmit={event => void save(event)}>
      {attribute === null && (
        <div className="cf-kind">
          <Segmented
            label={t('kind')}
            value={values.kind}
            onChange={kind => set({ kind })}
            options={AttributeKind.options.map(value => ({ value, label: t(`kind-${value}`) }))}
          />
          <span className="meta faint">{t('kind-stays')}</span>
        </div>
      )}
      <div className="cf-pair">
        {ownFirst(language).map((each, index) => (
          <TextField
            key={each}
            label={t(`label-${each}`)}
            value={values[each]}
            maxLength={60}
            autoComplete="off"
            {...(index === 0 ? { hint: t('label-hint') } : {})}
            error={index === 0 && wrong === 'label-wrong' ? t(wrong) : undefined}
            onChange={event => set({ [each]: event.target.value })}
          />
        ))}
      </div>
      {values.kind === 'text' && (
        <label className="cf-check">
          <input
            type="checkbox"
            checked={values.identifies}
            onChange={({ target }) => set({ identifies: target.checked })}
          />
          <span>
            {t('identifies')}
            <span className="meta faint">{t('identifies-hint')}</span>
          </span>
        </label>
      )}
      {values.kind === 'number' && (
        <div className="cf-pair">
          {(['min', 'max'] as const).map(bound => (
            <TextField
              key={bound}
              label={t(bound)}
              value={values[bound]}
              inputMode="decimal"
              autoComplete="off"
              onChange={event => set({ [bound]: event.target.value })}
            />
          ))}
        </div>
      )}
      {values.kind === 'choice' && (
        <Options
          options={values.options}
          known={new Set(attribute?.options?.map(({ id }) => id))}
          onChange={options => set({ options })}
        />
      )}
      <FormError>{wrong !== null && wrong !== 'label-wrong' && t(wrong)}</FormError>
      <div className="cf-actions">
        <Button kind="ink" type="submit">
          {t(attribute ? 'save' : 'save-new')}
        </Button>
      </div>
    </form>
  )
}

/** Adds it, or changes what is different: two administrators at once keep what each of them changed. */
async function stored(workspaceId: string, before: Attribute | null, after: Attribute): Promise<boolean> {
  if (!before) return act('attribute.add', { workspaceId, attribute: after })
  const { id, label, min = null, max = null, identifies = false } = after
  const set = {
    ...(label.en !== before.label.en || label.zh !== before.label.zh ? { label } : {}),
    ...(min !== (before.min ?? null) ? { min } : {}),
    ...(max !== (before.max ?? null) ? { max } : {}),
    ...(identifies !== (before.identifies ?? false) ? { identifies } : {}),
  }
  if (Object.keys(set).length > 0 && !(await act('attribute.change', { workspaceId, id, set }))) return false
  for (const option of after.options ?? []) {
    const was = before.options?.find(each => each.id === option.id)
    if (was?.name === option.name && (was.archived ?? false) === (option.archived ?? false)) continue
    if (!(await act('attribute.option', { workspaceId, id, option }))) return false
  }
  return true
}

/** The choices, a line each. One that customers may have is not taken away, only no longer offered. */
function Options({
  options,
  known,
  onChange,
}: {
  options: readonly Choice[]
  known: ReadonlySet<string>
  onChange: (options: readonly Choice[]) => void
}) {
  const t = useWords(words)
  const put = (id: string, change: Partial<Choice>): void =>
    onChange(options.map(option => (option.id === id ? { ...option, ...change } : option)))
  const add = (): void => onChange([...options, { id: uuidv7(), name: '' }])
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }
  return (
    <fieldset className="cf-options">
      <legend>{t('options')}</legend>
      {options.map(({ id, name, archived = false }, index) => (
        <div key={id} className="cf-option">
          <input
            className="input"
            aria-label={t('option', { n: index + 1 })}
            value={name}
            maxLength={60}
            disabled={archived}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: it was just added to be named
            autoFocus={name === ''}
            onChange={event => put(id, { name: event.target.value })}
            onKeyDown={key}
          />
          {archived && <span className="meta faint">{t('option-archived')}</span>}
          {known.has(id) ? (
            <IconButton
              icon={archived ? RotateCcw : EyeOff}
              size="s"
              label={`${t(archived ? 'option-on' : 'option-off')}: ${name}`}
              onClick={() => put(id, { archived: !archived })}
            />
          ) : (
            <IconButton
              icon={X}
              size="s"
              label={`${t('option-drop')}: ${name || t('option', { n: index + 1 })}`}
              onClick={() => onChange(options.filter(option => option.id !== id))}
            />
          )}
        </div>
      ))}
      <Button small kind="ghost" icon={Plus} className="cf-option-add" onClick={add}>
        {t('option-add')}
      </Button>
    </fieldset>
  )
}
