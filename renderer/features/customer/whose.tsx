import { useWords } from '../../app/i18n.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { words } from './whose.words.ts'

/** Of somebody with whom others are one person: whether all of them are meant. */
export function Whose({ whole, onChange }: { whole: boolean; onChange: (whole: boolean) => void }) {
  const say = useWords(words)
  return (
    <Segmented
      label={say('whom')}
      value={whole ? 'whole' : 'alone'}
      options={[
        { value: 'whole', label: say('whole') },
        { value: 'alone', label: say('alone') },
      ]}
      onChange={value => onChange(value === 'whole')}
    />
  )
}
