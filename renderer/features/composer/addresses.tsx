import { useWords } from '../../app/i18n.ts'
import { AddressField } from './address-field.tsx'
import type { Content } from './use-draft.ts'
import { words } from './words.ts'

export type AddressKind = 'to' | 'cc' | 'bcc'
/** What is typed in each field and not an address yet. */
export type Unfinished = Record<AddressKind, string>
export const nothingUnfinished: Unfinished = { to: '', cc: '', bcc: '' }

/** The fields above the words, of those that are wanted. */
export function Addresses({
  kinds,
  content,
  unfinished,
  onChange,
  onUnfinished,
}: {
  kinds: readonly AddressKind[]
  content: Content
  unfinished: Unfinished
  onChange: (part: Partial<Content>) => void
  onUnfinished: (unfinished: Unfinished) => void
}) {
  const say = useWords(words)
  return kinds.map(kind => (
    <AddressField
      key={kind}
      label={say(kind)}
      {...(kind === 'bcc' ? { hint: say('bcc-hint') } : {})}
      first={kind === 'to'}
      value={content[kind]}
      unfinished={unfinished[kind]}
      onChange={value => onChange({ [kind]: value })}
      onUnfinished={text => onUnfinished({ ...unfinished, [kind]: text })}
    />
  ))
}
