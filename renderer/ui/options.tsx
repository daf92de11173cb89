import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { useWords } from '../app/i18n.ts'
import { activeOption } from './active-option.ts'
import { Icon } from './icon.tsx'
import './picker.css'
import { words } from './words.ts'

export interface Option {
  value: string
  label: string
  /** What it is also found by. */
  also?: string[]
}

/** A list that is narrowed by typing; those that are chosen have a check. */
export function Options({
  label,
  find,
  none,
  options,
  chosen = [],
  onChoose,
}: {
  label: string
  /** What stands in the field, and what nothing found is called; absent: as of values. */
  find?: string
  none?: string
  options: readonly Option[]
  chosen?: readonly (string | number)[]
  onChoose: (value: string) => void
}) {
  const t = useWords(words)
  return (
    <Command ref={activeOption} label={label} loop className="picker">
      <div className="picker-field">
        <Command.Input autoFocus placeholder={find ?? t('find-value')} />
      </div>
      <Command.List label={label}>
        <Command.Empty className="picker-empty">{none ?? t('no-value')}</Command.Empty>
        {options.map(({ value, label: name, also = [] }) => (
          <Command.Item
            key={value}
            value={value || 'none'}
            keywords={[name, ...also]}
            onSelect={() => onChoose(value)}
          >
            <span className="trunc grow">{name}</span>
            {chosen.includes(value) && <Icon of={Check} size="s" />}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}
