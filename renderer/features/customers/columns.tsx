// What the list shows of each customer: columns as data, which of them somebody wants, and which of those there is room for.
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Channel } from '#shared/model/channel.ts'
import { type CustomerField, fieldValue, labelOf } from '#shared/model/customer-field.ts'
import { languageName } from '#shared/model/language.ts'
import type { CustomerLine, CustomerOrder } from '#shared/queries/index.ts'
import { languageNow, say } from '../../app/i18n.ts'
import { prefer } from '../../store/core.ts'
import { useChannels } from '../../store/directory.ts'
import { usePreferences } from '../../store/states.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Tier } from '../../ui/chip.tsx'
import { listText } from '../../ui/numbers.ts'
import { dateText, fullTime, shortTime } from '../../ui/time.ts'
import { shownValue, useFields } from '../customer/fields.ts'
import { useTags } from '../customer/names.ts'
import { fits } from './columns-fit.ts'
import { words } from './words.ts'

/** What cells are made with besides the line. */
export interface Ground {
  now: number
  language: string
  channels: ReadonlyMap<string, Channel>
  tagName(id: string): string
}

export interface Column {
  id: string
  label(): string
  /** At least so many pixels, and so large a part of what is left. */
  min: number
  grow: number
  order?: CustomerOrder
  /** Figures stand at the end. */
  end?: true
  cell(line: CustomerLine, ground: Ground): ReactNode
}

const text = (value: string): ReactNode => (
  <span className="trunc" title={value}>
    {value}
  </span>
)

const name: Column = {
  ...{ id: 'name', label: () => say(words, 'column-name'), min: 140, grow: 2.2, order: 'name' },
  cell: ({ customer }) => (
    <>
      <Avatar name={customer.name} size="xs" beside />
      <span className="trunc">{customer.name || <span className="faint">{say(words, 'unnamed')}</span>}</span>
    </>
  ),
}

/** Those that are no field of the customer, or are shown in a way of their own. */
const own: readonly Column[] = [
  {
    ...{ id: 'company', label: () => say(words, 'column-company'), min: 90, grow: 1.6 },
    cell: ({ customer }) => text(customer.company),
  },
  {
    ...{ id: 'tier', label: () => say(words, 'column-tier'), min: 56, grow: 0.7 },
    cell: ({ customer }) => <Tier name={customer.tier} />,
  },
  {
    ...{ id: 'language', label: () => say(words, 'column-language'), min: 100, grow: 1 },
    cell: ({ customer }, { language }) =>
      customer.language && text(languageName(customer.language, language)),
  },
  {
    ...{ id: 'channels', label: () => say(words, 'column-channels'), min: 64, grow: 0.6 },
    cell: ({ channels: ids }, { channels, language }) =>
      ids.map(id => {
        const channel = channels.get(id)
        const label = channel ? channel.label[language === 'en' ? 'en' : 'zh'] : id
        return <ChannelIcon key={id} family={channel?.family ?? 'email'} label={label} />
      }),
  },
  {
    ...{ id: 'open', label: () => say(words, 'column-open'), min: 48, grow: 0.4, end: true },
    cell: ({ openConversations }) => <span className="num">{openConversations || ''}</span>,
  },
  {
    ...{ id: 'since', label: () => say(words, 'column-since'), min: 104, grow: 0.8, order: 'since' },
    cell: ({ customer }) => <span className="num">{dateText(customer.createdAt)}</span>,
  },
  {
    ...{ id: 'last-activity', label: () => say(words, 'column-activity'), min: 100, grow: 0.8 },
    ...{ order: 'last-activity', end: true },
    cell: ({ lastActivityAt }, { now }) =>
      lastActivityAt !== null && (
        <time
          className="num"
          dateTime={new Date(lastActivityAt).toISOString()}
          title={fullTime(lastActivityAt)}
        >
          {shortTime(lastActivityAt, now)}
        </time>
      ),
  },
]

/** Shown by a column above, or too long for one. */
const notAsField = new Set(['name', 'company', 'tier', 'language', 'createdAt', 'note'])

const ofField = (field: CustomerField): Column => ({
  ...{ id: field.id, label: () => labelOf(field, languageNow()), min: 90, grow: 1 },
  cell({ customer }, { language, tagName }) {
    const value = fieldValue(field, customer)
    if (Array.isArray(value)) return text(listText(value.map(tagName).filter(Boolean)))
    return text(shownValue(field, value, language))
  },
})

const usual: readonly string[] = own.map(({ id }) => id)

/** All there are, in the order in which they stand: the name first, then what everybody has, then the workspace's fields. */
export function useColumns(): { all: readonly Column[]; chosen: readonly Column[] } {
  const fields = useFields()
  const ids = usePreferences()?.customerColumns ?? usual
  return useMemo(() => {
    const [last, ...rest] = [...own].reverse()
    const others = fields.filter(({ id }) => !notAsField.has(id)).map(ofField)
    // What happened last stays at the end, where one looks for it.
    const all = [...rest.reverse(), ...others, last!]
    return { all, chosen: [name, ...all.filter(({ id }) => ids.includes(id))] }
  }, [fields, ids])
}

export function toggleColumn(all: readonly Column[], chosen: readonly Column[], id: string): Promise<void> {
  const has = new Set(chosen.map(column => column.id))
  if (!has.delete(id)) has.add(id)
  return prefer({ customerColumns: all.map(column => column.id).filter(each => has.has(each)) })
}

/** Of the chosen columns those for which the table is wide enough. */
export function useFitting(
  table: RefObject<HTMLElement | null>,
  chosen: readonly Column[],
): readonly Column[] {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY)
  // Before anything is painted: no frame shows columns that stand beyond the window.
  useLayoutEffect(() => {
    const element = table.current
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => flushSync(() => setWidth(element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [table])
  return useMemo(() => fits(chosen, width), [chosen, width])
}

export function useGround(now: number, language: string): Ground {
  const channels = useChannels()
  const tags = useTags()
  return useMemo(
    () => ({ now, language, channels, tagName: id => tags.get(id)?.name ?? '' }),
    [now, language, channels, tags],
  )
}

/** The tracks of the table's grid: the box, then the columns. */
export const gridOf = (columns: readonly Column[]): string =>
  ['var(--ic-l)', ...columns.map(({ min, grow }) => `minmax(${min}px, ${grow}fr)`)].join(' ')
