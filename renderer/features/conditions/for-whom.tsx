import { useWords } from '../../app/i18n.ts'
import { useLeads } from '../../store/may-write.ts'
import { TextField } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { words } from './words.ts'

/** Whose saved conditions are. */
export type Whose = 'own' | 'team'

/** What saved conditions are called. */
export function ConditionsName({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const t = useWords(words)
  return (
    <TextField
      label={t('name')}
      value={name}
      maxLength={60}
      data-autofocus=""
      onChange={event => onChange(event.target.value)}
    />
  )
}

/** For whom they are; only asked of those who may make some for the team. */
export function ForWhom({ whose, onChange }: { whose: Whose; onChange: (whose: Whose) => void }) {
  const t = useWords(words)
  if (!useLeads()) return null
  return (
    <Segmented
      label={t('for-whom')}
      value={whose}
      options={[
        { value: 'own', label: t('for-me') },
        { value: 'team', label: t('for-team') },
      ]}
      onChange={onChange}
    />
  )
}
