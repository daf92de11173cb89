import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { Customer } from '#shared/model/customer.ts'
import { type CustomerField, type FieldValue, fieldValue, labelOf } from '#shared/model/customer-field.ts'
import { type ReadValue, readValue, valueText } from '#shared/model/field-value.ts'
import { languageName, languages } from '#shared/model/language.ts'
import { placeOfZone, timeZones } from '#shared/model/time-zone.ts'
import { type Language, useLanguage, useWords } from '../../app/i18n.ts'
import { now, useNow } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { inOrder } from '../../ui/numbers.ts'
import { dayAndTime } from '../../ui/time.ts'
import { typedDay } from '../times/typed-day.ts'
import { Choose, type Option } from './choose.tsx'
import { Editable } from './editable.tsx'
import { changeField, editorOf, problemText, shownValue } from './fields.ts'
import { useAgents } from './names.ts'
import { localTime } from './profile.ts'
import { words } from './profile.words.ts'
import { words as customerWords } from './words.ts'

interface Props {
  field: CustomerField
  customer: Customer
  /** Being edited from the start: it was just added. */
  begun: boolean
  onEnd: () => void
}

/** One field under its name. The name tells who wrote it last. */
export function FieldLine(props: Props) {
  const { field, customer } = props
  const tell = useWords(words)
  const say = useWords(customerWords)
  const language = useLanguage()
  const agents = useAgents()
  const now = useNow()
  const edited = customer.edited?.[field.id]
  const clock = field.kind === 'time-zone' && localTime(now, customer.timeZone, language)
  const isChosen = field.kind === 'choice' || field.kind === 'language' || field.kind === 'time-zone'
  return (
    <>
      <dt
        className="trunc"
        title={
          edited
            ? tell('edited-by', { name: editorOf(customer, field, agents), time: dayAndTime(edited.at, now) })
            : labelOf(field, language)
        }
      >
        {clock ? say('local-time') : labelOf(field, language)}
      </dt>
      <dd>{isChosen ? <Chosen {...props} /> : <Typed {...props} />}</dd>
    </>
  )
}

function Typed({ field, customer, begun, onEnd }: Props) {
  const tell = useWords(words)
  const language = useLanguage()
  const agents = useAgents()
  const value = fieldValue(field, customer)
  const text = valueText(field, value, language)
  const label = labelOf(field, language)
  const change = (typed: string, seen: string): void => {
    const next = readTyped(field, typed)
    if (!next.ok) return
    // As it was stored, not as it would be read today.
    const before = seen === '' ? null : field.kind === 'number' ? Number(seen) : seen
    void changeField({ customerId: customer.id, field, value: next.value, seen: before })
  }
  const editable = (
    <Editable
      label={label}
      value={text}
      shown={shownValue(field, value, language)}
      begun={begun}
      {...(field.kind === 'date' ? { placeholder: '2026-11-22' } : {})}
      {...(field.kind === 'link' ? { placeholder: 'https://' } : {})}
      check={typed => {
        const read = readTyped(field, typed)
        return read.ok ? '' : problemText(read.problem, tell)
      }}
      meanwhile={() =>
        tell(text === '' ? 'emptied-meanwhile' : 'changed-meanwhile', {
          name: editorOf(customer, field, agents),
          value: text,
        })
      }
      onChange={change}
      onEnd={onEnd}
    />
  )
  if (field.kind !== 'link' || text === '') return editable
  return (
    <span className="panel-link">
      {editable}
      <a
        href={text}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={tell('link-open', { link: text })}
        title={text}
      >
        <Icon of={ExternalLink} size="xs" />
      </a>
    </span>
  )
}

/** A day also as people say it: `下周五`, `1 March`. */
function readTyped(field: CustomerField, typed: string): ReadValue {
  const read = readValue(field, typed)
  const day = read.ok || field.kind !== 'date' ? null : typedDay(typed, now(), 'nearest')
  return day === null ? read : { ok: true, value: day }
}

function Chosen({ field, customer, begun, onEnd }: Props) {
  const tell = useWords(words)
  const say = useWords(customerWords)
  const language = useLanguage()
  const now = useNow()
  // What stood there when the list was opened is what its author had seen.
  const [seen, setSeen] = useState<FieldValue | undefined>(begun ? null : undefined)
  const value = fieldValue(field, customer) as string | null
  const label = labelOf(field, language)
  const shown =
    (field.kind === 'time-zone' && localTime(now, value ?? '', language)) || valueText(field, value, language)
  const close = (): void => {
    setSeen(undefined)
    onEnd()
  }
  return (
    <Choose
      label={label}
      find={tell('find-option', { field: label })}
      none={tell('no-option')}
      value={value}
      options={() => optionsOf(field, language)}
      open={seen !== undefined}
      onOpenChange={open => (open ? setSeen(value) : close())}
      onChoose={chosen =>
        void changeField({ customerId: customer.id, field, value: chosen, seen: seen ?? null })
      }
      trigger={
        <button
          type="button"
          className={`editable ${shown ? '' : 'editable-empty'}`}
          aria-label={`${say('edit-field', { field: label })}: ${shown || say('add')}`}
          title={field.kind === 'time-zone' && value ? value : shown}
        >
          {shown || say('add')}
        </button>
      }
    />
  )
}

const lists = new Map<string, readonly Option[]>()

/** Languages and zones are many, and their names cost a moment: made once for each language of the desk. */
function optionsOf({ kind, options }: CustomerField, language: Language): readonly Option[] {
  if (kind === 'choice')
    return options.filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name }))
  const known = lists.get(`${kind} ${language}`)
  if (known) return known
  const made = kind === 'language' ? languageOptions(language) : zoneOptions(language)
  lists.set(`${kind} ${language}`, made)
  return made
}

const languageOptions = (language: Language): Option[] =>
  languages
    .map(tag => ({
      value: tag,
      label: languageName(tag, language),
      hint: languageName(tag, tag),
      also: [tag],
    }))
    .map(option => (option.hint === option.label ? { ...option, hint: '' } : option))
    .sort((one, other) => inOrder(one.label, other.label, language))

/** Whether a zone is one that many look for: it has a name of its own in Chinese. */
const isMajor = (zone: string): boolean => placeOfZone(zone, 'zh') !== placeOfZone(zone)

/** This machine's own first, then those of large cities. */
function zoneOptions(language: Language): Option[] {
  const { timeZone: own } = new Intl.DateTimeFormat().resolvedOptions()
  const rank = (zone: string): number => (zone === own ? 0 : isMajor(zone) ? 1 : 2)
  return timeZones()
    .toSorted((one, other) => rank(one) - rank(other))
    .map(zone => ({
      value: zone,
      label: placeOfZone(zone, language),
      hint: zone,
      also: [placeOfZone(zone, 'zh')],
    }))
}
