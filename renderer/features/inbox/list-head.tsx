import { ChevronDown } from 'lucide-react'
import { Sort } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { useChannels, useInboxes } from '../../store/directory.ts'
import { narrowTo, sortBy, useView } from '../../store/view.ts'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import './list-head.css'
import { useListed } from './listed.ts'
import { words } from './words.ts'

const all = 'all'

/** The line over the list: which inbox it shows and in what order. */
export function ListHead() {
  const t = useWords(words)
  const inboxId = useView(state => state.inboxId)
  const { sort, saved, count } = useListed()
  const inboxes = [...useInboxes().values()]
  const channels = useChannels()
  const chosen = inboxes.find(({ id }) => id === inboxId)
  return (
    <div className="list-head">
      {inboxes.length > 1 && !saved ? (
        <Menu
          trigger={
            <button
              type="button"
              className="list-head-choice trunc"
              aria-label={t('inbox', { name: chosen?.name ?? t('all-inboxes') })}
            >
              <span className="trunc">{chosen?.name ?? t('all-inboxes')}</span>
              <Icon of={ChevronDown} size="xs" />
            </button>
          }
        >
          <MenuChoice
            value={inboxId ?? all}
            onChange={value => narrowTo(value === all ? null : value)}
            options={[
              { value: all, label: t('all-inboxes') },
              ...inboxes.map(({ id, name, channel }) => ({
                value: id,
                label: name,
                before: <ChannelIcon family={channels.get(channel)?.family ?? 'email'} />,
              })),
            ]}
          />
        </Menu>
      ) : (
        <span>{count === undefined ? '' : t('count', { count })}</span>
      )}
      <Menu
        align="end"
        trigger={
          <button type="button" className="list-head-choice" aria-label={t('sort', { name: t(sort) })}>
            {t(sort)}
            <Icon of={ChevronDown} size="xs" />
          </button>
        }
      >
        <MenuChoice
          value={sort}
          onChange={sortBy}
          options={Sort.options.map(value => ({ value, label: t(value) }))}
        />
      </Menu>
    </div>
  )
}
