import { useWords } from '../../app/i18n.ts'
import { AddressField } from './address-field.tsx'
import type { useAddresses } from './use-addresses.ts'
import type { Content } from './use-draft.ts'
import { words } from './words.ts'

/** The fields above the words, of those that are wanted. */
export function Addresses({
  fields: { shown, unfinished, onUnfinished },
  content,
  onChange,
}: {
  fields: ReturnType<typeof useAddresses>
  content: Content
  onChange: (part: Partial<Content>) => void
}) {
  const say = useWords(words)
  return shown.map(kind => (
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
