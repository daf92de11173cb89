import { ChevronDown } from 'lucide-react'
import type { Conversation } from '#shared/model/conversation.ts'
import type { DraftKind } from '#shared/model/draft.ts'
import type { Identity } from '#shared/model/identity.ts'
import { useWords } from '../../app/i18n.ts'
import { open } from '../../store/view.ts'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu, MenuChoice, MenuLabel } from '../../ui/menu.tsx'
import { familyOf, useChannels } from '../customer/names.ts'
import type { Selected } from '../customer/selected.ts'
import { titleOf } from '../timeline/thread.ts'
import { words } from './words.ts'

/** To whom, and about what; with several conversations, the place where another one is chosen. */
export function To({
  kind,
  selected,
  conversation,
  identity,
  byName,
  onAdd,
}: {
  kind: DraftKind
  selected: Selected
  conversation: Conversation
  identity: Identity | undefined
  /** On channels whose addresses mean nothing to people. */
  byName: boolean
  /** What can be added, and is not there yet. */
  onAdd: readonly { kind: 'cc' | 'bcc'; add: () => void }[]
}) {
  const say = useWords(words)
  const channels = useChannels()
  const { conversations, customerId } = selected
  const subject = titleOf(conversation)
  const address = (byName ? identity?.name || selected.customer?.name : identity?.address) ?? '…'
  const who = (
    <>
      {kind === 'reply' && (
        <>
          <span className="faint">{say('to')}</span>
          <span className="comp-address trunc" title={address}>
            {address}
          </span>
        </>
      )}
      {conversations.length > 1 && (
        <span className="comp-about trunc">{subject ? say('about', { subject }) : say('no-subject')}</span>
      )}
    </>
  )
  return (
    <span className="comp-to">
      {conversations.length > 1 ? (
        <Menu
          align="end"
          side="top"
          label={say('choose-conversation')}
          trigger={
            <button type="button" className="comp-to-button" title={say('choose-conversation')}>
              {who}
              <Icon of={ChevronDown} size="xs" />
            </button>
          }
        >
          <MenuLabel>{say('choose-conversation')}</MenuLabel>
          <MenuChoice
            value={conversation.id}
            options={conversations.map(each => ({
              value: each.id,
              label: titleOf(each) || say('no-subject'),
              before: <ChannelIcon family={familyOf(channels, each.channel)} />,
            }))}
            onChange={conversationId => open({ customerId, conversationId })}
          />
        </Menu>
      ) : (
        <span className="comp-to-plain">{who}</span>
      )}
      {onAdd.map(({ kind, add }) => (
        <button
          key={kind}
          type="button"
          className="comp-to-button comp-add-cc"
          {...(kind === 'bcc' ? { title: say('bcc-hint') } : {})}
          onClick={add}
        >
          {say(kind)}
        </button>
      ))}
    </span>
  )
}
