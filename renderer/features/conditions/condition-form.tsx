import { type FormEvent, useState } from 'react'
import type { Condition, Operator } from '#shared/model/segment.ts'
import { type ConditionField, fits, inDays, operatorsOf, valuesOf } from '#shared/rules/conditions.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { Button } from '../../ui/button.tsx'
import { listText } from '../../ui/numbers.ts'
import { Options } from '../../ui/options.tsx'
import { Select } from '../../ui/select.tsx'
import { DayField } from '../times/day-field.tsx'
import { writtenDay } from '../times/typed-date.ts'
import { operatorName, type Vocabulary } from './vocabulary.ts'
import { words } from './words.ts'

/** What is asked of one field. It is told when it can be asked, not while it is typed. */
export function ConditionForm({
  field,
  condition,
  vocabulary,
  onDone,
}: {
  field: ConditionField
  condition: Condition
  vocabulary: Vocabulary
  onDone: (condition: Condition) => void
}) {
  const t = useWords(words)
  useLive('tags', {})
  useLive('channels', {})
  const [draft, setDraft] = useState(condition)
  const many = valuesOf(draft.operator) === 'many'
  const whole = fits(draft, field.kind)
  const options = valuesOf(draft.operator) === 'none' ? null : vocabulary.optionsOf(field)

  const setOperator = (operator: Operator): void => {
    const values =
      valuesOf(operator) === 'none' || inDays(operator) !== inDays(draft.operator)
        ? []
        : valuesOf(operator) === 'one'
          ? draft.values.slice(0, 1)
          : draft.values
    setDraft({ ...draft, operator, values })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (whole) onDone(draft)
  }
  const choose = (value: string): void => {
    if (!many) {
      onDone({ ...draft, values: [value] })
      return
    }
    const values = draft.values.includes(value)
      ? draft.values.filter(each => each !== value)
      : [...draft.values, value]
    setDraft({ ...draft, values })
  }
  return (
    <form className="condition-form" onSubmit={submit}>
      <p className="med">{vocabulary.fieldName(field)}</p>
      <Select
        label={t('operator')}
        value={draft.operator}
        options={operatorsOf(field.kind).map(value => ({ value, label: operatorName(value, field.kind) }))}
        onChange={setOperator}
      />
      {options && (
        <div className="condition-options">
          <Options label={t('value')} options={options} chosen={draft.values} onChoose={choose} />
        </div>
      )}
      {!options && valuesOf(draft.operator) !== 'none' && (
        <Typed
          key={String(inDays(draft.operator))}
          field={field}
          draft={draft}
          onChange={values => setDraft({ ...draft, values })}
        />
      )}
      {(!options || many) && (
        <Button kind="ink" type="submit" disabled={!whole}>
          {t('apply')}
        </Button>
      )}
    </form>
  )
}

/** The values that a line of text stands for. */
function valuesFrom(text: string, { kind }: ConditionField, operator: Operator): Condition['values'] {
  const typed = text.trim()
  if (typed === '') return []
  if (valuesOf(operator) === 'many') return typed.split(/[,，、;；]/u).flatMap(part => part.trim() || [])
  if (kind === 'number' || inDays(operator)) {
    const number = Number(typed.normalize('NFKC').replaceAll(/[,\s]/gu, ''))
    return Number.isFinite(number) ? [number] : []
  }
  if (kind === 'instant') {
    const at = Date.parse(`${typed}T00:00:00`)
    return Number.isNaN(at) ? [] : [at]
  }
  return [typed]
}

function textOf({ operator, values }: Condition, { kind }: ConditionField): string {
  if (kind === 'instant' && !inDays(operator)) return values.map(value => writtenDay(value as number)).join()
  return listText(values.map(String))
}

function Typed({
  field,
  draft,
  onChange,
}: {
  field: ConditionField
  draft: Condition
  onChange: (values: Condition['values']) => void
}) {
  const t = useWords(words)
  const [text, setText] = useState<string | null>(() => textOf(draft, field))
  const counted = inDays(draft.operator)
  const many = valuesOf(draft.operator) === 'many'
  const write = (to: string | null): void => {
    setText(to)
    onChange(to === null ? [] : valuesFrom(to, field, draft.operator))
  }
  if (!counted && (field.kind === 'date' || field.kind === 'instant'))
    return (
      <DayField
        label={t('value')}
        named={false}
        value={text}
        // What the desk noted has been; a field may hold what is to come.
        toward={field.kind === 'instant' ? 'past' : 'nearest'}
        autoFocus
        onChange={write}
      />
    )
  return (
    <input
      className="input"
      type="text"
      inputMode={counted ? 'numeric' : field.kind === 'number' ? 'decimal' : undefined}
      aria-label={t(counted ? 'how-many-days' : 'value')}
      placeholder={many ? t('several-values') : counted ? t('how-many-days') : undefined}
      maxLength={400}
      // biome-ignore lint/a11y/noAutofocus: the panel was opened to type here
      autoFocus
      value={text ?? ''}
      onChange={event => write(event.target.value)}
    />
  )
}
