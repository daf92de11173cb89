import { type FormEvent, useState } from 'react'
import { type CustomerField, labelOf } from '#shared/model/customer-field.ts'
import { readValue } from '#shared/model/field-value.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Options } from '../../ui/options.tsx'
import { problemText } from '../customer/fields.ts'
import { words as profileWords } from '../customer/profile.words.ts'
import { DayField } from '../times/day-field.tsx'
import { optionsOf } from './fields.ts'
import { words } from './words.ts'

/** A value that many are to have, checked as it is for one. Empty takes away what they have. */
export function NewValue({
  field,
  count,
  onDone,
}: {
  field: CustomerField
  count: number
  onDone: (value: string | number | null, text: string) => void
}) {
  const t = useWords(words)
  const tell = useWords(profileWords)
  const language = useLanguage()
  /** Null: what is typed is no day. */
  const [typed, setTyped] = useState<string | null>('')
  const text = typed ?? ''
  const read = readValue(field, text)
  const isEmpty = typed !== null && text.trim() === ''
  const label = labelOf(field, language)
  const options = optionsOf({ id: field.id, kind: 'choice', field })
  const done = (value: string | number | null, shown: string): void => onDone(value, shown)
  if (options)
    return (
      <Options
        label={label}
        options={[...options, { value: '', label: t('no-value-set') }]}
        onChoose={value => done(value || null, options.find(each => each.value === value)?.label ?? '')}
      />
    )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed === null) return
    if (read.ok && typeof read.value !== 'object') done(read.value, text.trim())
    else if (read.ok) done(null, '')
  }
  return (
    <form className="condition-form" onSubmit={submit}>
      {field.kind === 'date' ? (
        <DayField label={label} value={typed} toward="nearest" data-autofocus="" onChange={setTyped} />
      ) : (
        <TextField
          label={label}
          maxLength={2000}
          data-autofocus=""
          value={text}
          error={read.ok ? undefined : problemText(read.problem, tell)}
          onChange={event => setTyped(event.target.value)}
        />
      )}
      <Button kind={isEmpty ? 'line' : 'ink'} type="submit" disabled={!read.ok || typed === null}>
        {isEmpty ? t('empty-for', { count }) : t('set-for', { count })}
      </Button>
    </form>
  )
}
