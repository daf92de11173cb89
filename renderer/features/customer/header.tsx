import clsx from 'clsx'
import {
  AlarmClock,
  ArrowRightLeft,
  Check,
  CircleDot,
  Copy,
  Ellipsis,
  ExternalLink,
  Mail,
  MailOpen,
  PanelRight,
  RotateCcw,
  Search,
  Tag,
  UserRound,
  UserRoundX,
} from 'lucide-react'
import { useRef, useState } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import { focusList } from '../../app/columns.ts'
import { useWords } from '../../app/i18n.ts'
import { perform, useKey } from '../../app/keys/use-key.ts'
import { ToList } from '../../app/to-list.tsx'
import { popOut, popOutHere } from '../../bridge.ts'
import { useMyId } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { toggle } from '../../store/view.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Chip, Tier } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { moment } from '../../ui/time.ts'
import { goOnFrom, isInList } from '../inbox/going-on.ts'
import { HandoverDialog } from '../team/handover/handover-dialog.tsx'
import { words as handoverWords } from '../team/handover/words.ts'
import { ColleaguesHere } from '../team/presence/colleagues-here.tsx'
import { assign, type Left, markRead, markUnread, reopen, resolve, snooze } from './actions.ts'
import { Assignee } from './assignee.tsx'
import { EraseDialog, EraseItem } from './erase/erase-dialog.tsx'
import { ExportDialog, ExportItem } from './export/export-dialog.tsx'
import { familyOf, identityText, isReadable, useChannels } from './names.ts'
import { PriorityMenu } from './priority.tsx'
import { useSelected } from './selected.ts'
import { SnoozeMenu } from './snooze-menu.tsx'
import { callTagPicker } from './tags.tsx'
import { Transcript, useSendable } from './transcript.tsx'
import { words as transcriptWords } from './transcript.words.ts'
import { useUnread } from './use-unread.ts'
import { words } from './words.ts'
import './header.css'

/** Who is written with, and what can be done to the conversation that is addressed. */
export function CustomerHeader() {
  const say = useWords(words)
  const sayTranscript = useWords(transcriptWords)
  const sayHandover = useWords(handoverWords)
  const selected = useSelected()
  const me = useMyId()
  const channels = useChannels()
  const [assigning, setAssigning] = useState(false)
  const [snoozing, setSnoozing] = useState(false)
  const [exporting, setExporting] = useState(false)
  const [erasing, setErasing] = useState(false)
  const conversation = selected?.conversation
  const closed = conversation?.status === 'closed'
  const first = selected?.identities[0]
  const name =
    selected?.customer?.name || first?.name || (first ? identityText(first, channels, say) : say('no-name'))
  const sendable = useSendable(conversation)

  /** Whether the choice of a time was begun in the list. */
  const fromList = useRef(false)
  const putAway = (
    conversation: Conversation,
    inList: boolean,
    way: (conversation: Conversation, left: Left | null) => Promise<void>,
  ): void => {
    const from = goOnFrom(conversation, inList)
    void way(conversation, from && { whose: name, from })
  }
  const close = (conversation: Conversation, inList = false): void => {
    if (closed) void reopen(conversation)
    else putAway(conversation, inList, resolve)
  }
  const snoozeFrom = (list: boolean): void => {
    fromList.current = list
    setSnoozing(true)
  }
  useKey('close', conversation ? () => close(conversation, isInList()) : null)
  useKey('snooze', conversation && !closed ? () => snoozeFrom(isInList()) : null)
  useKey('assign', conversation ? () => setAssigning(true) : null)
  useKey('claim', conversation ? () => void assign(conversation, me, me, '') : null)
  useKey('tag', conversation ? callTagPicker : null)
  const unread = useUnread(selected?.customerId ?? null, conversation)
  /** To come back to later: what is read now would be read again at once. */
  const leave = (conversation: Conversation): void => {
    void markUnread(conversation)
    if (!isInList()) focusList()
  }
  useKey('mark-unread', conversation && unread === false ? () => leave(conversation) : null)
  useKey('mark-read', conversation && unread ? () => void markRead(conversation) : null)
  const mayPopOut = conversation !== undefined && popOutHere() === null
  useKey(
    'pop-out',
    mayPopOut ? () => popOut({ customerId: selected!.customerId, conversationId: conversation.id }) : null,
  )

  if (!selected) return <ToList to="list" />
  const { customer, identities } = selected
  const isHere = ({ id }: { id: string }): boolean => id === conversation?.identityId
  const hereFirst = identities.toSorted((one, other) => Number(isHere(other)) - Number(isHere(one)))
  const addresses = identities.filter(identity => isReadable(identity, channels))
  const copy = async (address: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address)
      toast(say('copied'))
    } catch {
      // The system refused the clipboard; the address stands there to be selected.
    }
  }
  return (
    <header className="chead">
      <ToList to="list" />
      <Avatar name={name} size="l" beside />
      <div className="grow">
        <div className="row chead-name">
          <h1 className="trunc text" title={name}>
            {name}
          </h1>
          <Tier name={customer?.tier ?? ''} />
          <span className="meta trunc" title={customer?.company}>
            {customer?.company}
          </span>
          <ColleaguesHere conversationId={conversation?.id ?? null} />
        </div>
        <ul className={clsx('chead-ids', identities.length > 2 && 'chead-many')}>
          {hereFirst.map(identity => {
            const text = identityText(identity, channels, say)
            const here = isHere(identity)
            // What says nothing to a person takes the room of its sign only, beside others.
            const brief = !here && identities.length > 1 && !isReadable(identity, channels)
            return (
              <li key={identity.id} title={text} data-here={here || undefined}>
                <ChannelIcon
                  family={familyOf(channels, identity.channel)}
                  {...(brief ? { label: text } : {})}
                />
                {!brief && <span className="trunc text">{text}</span>}
              </li>
            )
          })}
        </ul>
      </div>
      {conversation && (
        <div className="chead-acts">
          {conversation.status === 'snoozed' && conversation.snoozedUntil !== null && (
            <Chip tone="line" icon={AlarmClock}>
              {moment(conversation.snoozedUntil)}
            </Chip>
          )}
          <Assignee conversation={conversation} open={assigning} onOpenChange={setAssigning} />
          <PriorityMenu conversation={conversation} />
          <span className="rule" />
          {!closed && (
            <SnoozeMenu
              conversation={conversation}
              open={snoozing}
              onOpenChange={open => (open ? snoozeFrom(false) : setSnoozing(false))}
              onChoose={until =>
                putAway(conversation, fromList.current, (it, left) => snooze(it, until, left))
              }
            />
          )}
          <IconButton
            className="chead-find"
            icon={Search}
            label={say('find')}
            shortcut="find"
            onClick={() => perform('find')}
          />
          <Menu align="end" label={say('more')} trigger={<IconButton icon={Ellipsis} label={say('more')} />}>
            {mayPopOut && (
              <MenuItem icon={ExternalLink} shortcut="pop-out" onSelect={() => perform('pop-out')}>
                {say('pop-out')}
              </MenuItem>
            )}
            {unread !== null && (
              <MenuItem
                icon={unread ? MailOpen : CircleDot}
                shortcut={unread ? 'mark-read' : 'mark-unread'}
                onSelect={() => perform(unread ? 'mark-read' : 'mark-unread')}
              >
                {say(unread ? 'mark-read' : 'mark-unread')}
              </MenuItem>
            )}
            {conversation.assigneeId !== me && (
              <MenuItem
                icon={UserRound}
                shortcut="claim"
                onSelect={() => void assign(conversation, me, me, '')}
              >
                {say('assign-me')}
              </MenuItem>
            )}
            {conversation.assigneeId !== null && (
              <MenuItem icon={UserRoundX} onSelect={() => void assign(conversation, null, me, '')}>
                {say('unassign')}
              </MenuItem>
            )}
            <MenuItem icon={ArrowRightLeft} shortcut="hand-over" onSelect={() => perform('hand-over')}>
              {sayHandover('hand-over')}
            </MenuItem>
            <MenuItem icon={Tag} shortcut="tag" onSelect={callTagPicker}>
              {say('add-tag')}
            </MenuItem>
            {sendable && (
              <MenuItem icon={Mail} shortcut="transcript" onSelect={() => perform('transcript')}>
                {sayTranscript('start')}
              </MenuItem>
            )}
            {addresses.length > 0 && <MenuLine />}
            {addresses.slice(0, 4).map(({ id, address }) => (
              <MenuItem key={id} icon={Copy} hint={address} onSelect={() => void copy(address)}>
                {say('copy-address')}
              </MenuItem>
            ))}
            <ExportItem onSelect={() => setExporting(true)} />
            <EraseItem onSelect={() => setErasing(true)} />
          </Menu>
          {exporting && customer && (
            <ExportDialog
              customer={customer}
              merged={selected.family.length > 1}
              onClose={() => setExporting(false)}
            />
          )}
          {erasing && customer && <EraseDialog customer={customer} onClose={() => setErasing(false)} />}
          <HandoverDialog
            key={`hand-over ${conversation.id}`}
            conversation={conversation}
            customerId={selected.customerId}
            name={name}
          />
          <Transcript key={conversation.id} selected={selected} conversation={conversation} />
          <span className="chead-side">
            <IconButton
              icon={PanelRight}
              label={say('panel-show')}
              shortcut="side"
              onClick={() => toggle('sideOpen')}
            />
          </span>
          {closed ? (
            <Button
              small
              icon={RotateCcw}
              keycap={<Keycap of="close" />}
              onClick={() => void reopen(conversation)}
            >
              {say('reopen')}
            </Button>
          ) : (
            <Button small icon={Check} keycap={<Keycap of="close" />} onClick={() => close(conversation)}>
              {say('resolve')}
            </Button>
          )}
        </div>
      )}
    </header>
  )
}
