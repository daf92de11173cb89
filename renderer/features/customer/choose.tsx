import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useWords } from '../../app/i18n.ts'
import { activeOption } from '../../ui/active-option.ts'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import '../../ui/picker.css'
import { words } from './profile.words.ts'

export interface Option {
  value: string
  label: string
  /** Quietly after the label. */
  hint?: string
  /** Other words it is found by. */
  also?: readonly string[]
}

/** More are not read; typing narrows them. */
const MOST_SHOWN = 80

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Those of a list that have every word that was typed; what begins with it first. */
export function matching(options: readonly Option[], typed: string): Option[] {
  const wanted = plain(typed.trim())
  if (wanted === '') return options.slice(0, MOST_SHOWN)
  const parts = wanted.split(/\s+/u)
  const rank = ({ label }: Option): number => (plain(label).startsWith(wanted) ? 0 : 1)
  return options
    .filter(({ label, hint = '', also = [] }) => {
      const text = plain([label, hint, ...also].join(' '))
      return parts.every(part => text.includes(part))
    })
    .map((option, index) => ({ option, index }))
    .sort((one, other) => rank(one.option) - rank(other.option) || one.index - other.index)
    .slice(0, MOST_SHOWN)
    .map(({ option }) => option)
}

/** One of many, found by typing. */
export function Choose({
  label,
  find,
  none,
  value,
  options,
  open,
  onOpenChange,
  onChoose,
  giveBack,
  trigger,
}: {
  label: string
  find: string
  /** What nothing found is called. */
  none: string
  value: string | null
  /** Asked for when it opens: some lists cost a moment. */
  options: () => readonly Option[]
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Null: none of them. */
  onChoose: (value: string | null) => void
  /** Where the focus goes when it closes; absent: to the trigger. */
  giveBack?: () => void
  trigger: ReactNode
}) {
  return (
    <Popover {...{ open, onOpenChange, label, trigger }} align="start" {...(giveBack ? { giveBack } : {})}>
      {open && (
        <List
          {...{ label, find, none, value }}
          options={options()}
          onChoose={chosen => {
            onOpenChange(false)
            onChoose(chosen)
          }}
        />
      )}
    </Popover>
  )
}

function List({
  label,
  find,
  none,
  value,
  options,
  onChoose,
}: {
  label: string
  find: string
  none: string
  value: string | null
  options: readonly Option[]
  onChoose: (value: string | null) => void
}) {
  const tell = useWords(words)
  const [typed, setTyped] = useState('')
  const chosen = typed.trim() === '' ? options.find(option => option.value === value) : undefined
  const found = matching(options, typed)
  const shown = chosen ? [chosen, ...found.filter(option => option !== chosen)] : found
  return (
    <Command ref={activeOption} label={label} loop shouldFilter={false} className="picker">
      <div className="picker-field">
        <Command.Input autoFocus placeholder={find} value={typed} onValueChange={setTyped} />
      </div>
      <Command.List label={label}>
        <Command.Empty className="picker-empty">{none}</Command.Empty>
        {shown.map(option => (
          <Command.Item key={option.value} value={option.value} onSelect={() => onChoose(option.value)}>
            <span className="trunc">{option.label}</span>
            <span className="trunc grow faint">{option.hint}</span>
            {option.value === value && <Icon of={Check} size="s" />}
          </Command.Item>
        ))}
        {value !== null && typed === '' && (
          <Command.Item value="no value" onSelect={() => onChoose(null)}>
            <span className="trunc grow faint">{tell('no-value')}</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}
