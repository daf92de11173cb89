import clsx from 'clsx'
import { type MouseEvent, memo } from 'react'
import { languageName } from '#shared/model/language.ts'
import type { CustomerLine } from '#shared/queries/index.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { useChannels } from '../../store/directory.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Tier } from '../../ui/chip.tsx'
import { useNow } from '../../ui/clock.ts'
import { dateText, fullTime, shortTime } from '../../ui/time.ts'
import { words } from './words.ts'

/** One customer: who, of what, where they write, and whether something is open. */
export const CustomerRow = memo(function CustomerRow({
  line,
  active,
  chosen,
  onPress,
  onChoose,
}: {
  line: CustomerLine | undefined
  active: boolean
  chosen: boolean
  onPress: (line: CustomerLine, event: MouseEvent) => void
  onChoose: (line: CustomerLine) => void
}) {
  const t = useWords(words)
  const now = useNow()
  const language = useLanguage()
  const channels = useChannels()
  if (!line) return <div className="customer-row" />
  const { customer, openConversations, lastActivityAt } = line
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: it is drawn inside the list's option
    <div
      className={clsx('customer-row', active && 'customer-active', chosen && 'customer-chosen')}
      onClick={event => onPress(line, event)}
    >
      {/* What it says, the option says: a box is only for the hand. */}
      <span
        className="customer-box"
        aria-hidden="true"
        onClick={event => {
          event.stopPropagation()
          onChoose(line)
        }}
      />
      <span className="customer-name">
        <Avatar name={customer.name} size="xs" beside />
        <span className="trunc">{customer.name || <span className="faint">{t('unnamed')}</span>}</span>
      </span>
      <span className="customer-company trunc" title={customer.company}>
        {customer.company}
      </span>
      <span className="customer-tier">
        <Tier name={customer.tier} />
      </span>
      <span className="customer-language trunc">
        {customer.language && languageName(customer.language, language)}
      </span>
      <span className="customer-channels">
        {line.channels.map(id => {
          const channel = channels.get(id)
          return (
            <ChannelIcon
              key={id}
              family={channel?.family ?? 'email'}
              label={channel ? channel.label[language === 'en' ? 'en' : 'zh'] : id}
            />
          )
        })}
      </span>
      <span className="customer-open num">{openConversations || ''}</span>
      <span className="customer-since num">{dateText(customer.createdAt)}</span>
      <span className="customer-last-activity num">
        {lastActivityAt !== null && (
          <time dateTime={new Date(lastActivityAt).toISOString()} title={fullTime(lastActivityAt)}>
            {shortTime(lastActivityAt, now)}
          </time>
        )}
      </span>
    </div>
  )
})
