import { CalendarDays, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { ThreadKind } from '#shared/queries/index.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { useLive } from '../../../store/live.ts'
import { useMyId } from '../../../store/states.ts'
import { ChannelIcon } from '../../../ui/channel-icon.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Menu, MenuCheck, MenuItem } from '../../../ui/menu.tsx'
import { inOrder, listText } from '../../../ui/numbers.ts'
import { monthText } from '../../../ui/time.ts'
import { familyOf, useAgents, useChannels } from '../../customer/names.ts'
import type { Selected } from '../../customer/selected.ts'
import { Days } from './days.tsx'
import { everything, isEverything, toggled } from './filter.ts'
import type { Finder } from './use-finder.ts'
import { words } from './words.ts'

/** What of the timeline is shown: each a menu that stays open while one chooses; and the way to a month. */
export function Choices({
  finder: { chosen, choose, filter },
  selected,
  seek,
}: {
  finder: Finder
  selected: Selected
  seek: (itemId: string) => void
}) {
  const say = useWords(words)
  const language = useLanguage()
  const me = useMyId()
  const channels = useChannels()
  const agents = useAgents()
  const used = [...new Set(selected.conversations.map(({ channel }) => channel))]
  const channelName = (id: string): string => channels.get(id)?.label[language === 'en' ? 'en' : 'zh'] ?? id
  const people = [...agents.values()].sort(
    (a, b) => Number(b.id === me) - Number(a.id === me) || inOrder(a.name, b.name, language),
  )
  const personName = (id: string): string => {
    if (id === 'customer') return selected.customer?.name || say('customer')
    const name = agents.get(id)?.name ?? id
    return id === me ? say('me', { name }) : name
  }
  const { rows: months } = useLive('threadMonths', {
    customerId: selected.customerId,
    ...(filter ? { filter } : {}),
  })

  return (
    <div className="find-choices">
      {used.length > 1 && (
        <Menu
          label={say('channel')}
          trigger={<Choice of={chosen.channels.map(channelName)} name={say('channel')} />}
        >
          {used.map(id => (
            <MenuCheck
              key={id}
              checked={chosen.channels.includes(id)}
              onChange={() => choose({ channels: toggled(chosen.channels, id) })}
              before={<ChannelIcon family={familyOf(channels, id)} />}
            >
              {channelName(id)}
            </MenuCheck>
          ))}
        </Menu>
      )}
      <Menu
        label={say('kind')}
        trigger={<Choice of={chosen.kinds.map(kind => say(`kind-${kind}`))} name={say('kind')} />}
      >
        {ThreadKind.options.map(kind => (
          <MenuCheck
            key={kind}
            checked={chosen.kinds.includes(kind)}
            onChange={() => choose({ kinds: toggled(chosen.kinds, kind) })}
          >
            {say(`kind-${kind}`)}
          </MenuCheck>
        ))}
      </Menu>
      <Menu
        label={say('person')}
        trigger={<Choice of={chosen.authors.map(personName)} name={say('person')} />}
      >
        {['customer', ...people.map(({ id }) => id)].map(id => (
          <MenuCheck
            key={id}
            checked={chosen.authors.includes(id)}
            onChange={() => choose({ authors: toggled(chosen.authors, id) })}
          >
            {personName(id)}
          </MenuCheck>
        ))}
      </Menu>
      <Days chosen={chosen} choose={choose} />
      {!isEverything(chosen) && (
        <button type="button" className="find-choice find-clear" onClick={() => choose(everything)}>
          {say('clear')}
        </button>
      )}
      <span className="grow" />
      <Menu
        align="end"
        label={say('go-to-month')}
        trigger={
          <button
            type="button"
            className="find-choice"
            title={say('go-to-month')}
            disabled={months.length === 0}
          >
            <Icon of={CalendarDays} size="xs" />
            {say('go-to')}
          </button>
        }
      >
        {months.map(({ month, count, itemId }) => (
          <MenuItem key={month} hint={say('in-month', { count })} onSelect={() => seek(itemId)}>
            {monthText(month)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}

/** What is chosen, or of what something can be. */
export function Choice({ of, name, ...rest }: { of: readonly string[]; name: string; children?: ReactNode }) {
  const say = useWords(words)
  const [first, ...others] = of
  const text =
    first === undefined ? name : others.length > 0 ? say('n-chosen', { first, count: others.length }) : first
  return (
    <button
      type="button"
      {...rest}
      className={first === undefined ? 'find-choice' : 'find-choice find-chosen'}
      aria-label={first === undefined ? name : `${name}: ${listText(of)}`}
    >
      <span className="trunc">{text}</span>
      <Icon of={ChevronDown} size="xs" />
    </button>
  )
}
