import clsx from 'clsx'
import {
  AlarmClock,
  ChevronDown,
  ChevronsUp,
  ChevronUp,
  CircleAlert,
  CircleHelp,
  Clock,
  Paperclip,
  PencilLine,
  ShieldAlert,
  Timer,
  UsersRound,
} from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import type { Priority } from '#shared/model/conversation.ts'
import type { ConversationLine } from '#shared/queries/index.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { useAgents, useChannels } from '../../store/directory.ts'
import { useMyId, usePresence } from '../../store/states.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Chip, Tier } from '../../ui/chip.tsx'
import { useNow } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { fullTime, moment, shortTime, span } from '../../ui/time.ts'
import '../../ui/box.css'
import './conversation-row.css'
import { words } from './words.ts'

/** One conversation in the list: who, about what, how long, and what there is to do. */
export const ConversationRow = memo(function ConversationRow({
  line,
  active,
  chosen,
  onPress,
  onChoose,
}: {
  line: ConversationLine | undefined
  active: boolean
  /** For what is done to many. */
  chosen: boolean
  onPress: (line: ConversationLine, event: MouseEvent) => void
  onChoose: (line: ConversationLine) => void
}) {
  const t = useWords(words)
  const now = useNow()
  const language = useLanguage()
  const channels = useChannels()
  const agents = useAgents()
  if (!line) return <div className="conversation conversation-unknown" />
  const { conversation, customerName, customerTier, unread } = line
  const channel = channels.get(conversation.channel)
  const hasSubject = conversation.subject !== '' || channel?.can.subject !== false
  const assignee = conversation.assigneeId === null ? undefined : agents.get(conversation.assigneeId)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: it is drawn inside the list's option
    <div
      className={clsx(
        'conversation',
        unread && 'conversation-unread',
        active && 'conversation-active',
        chosen && 'conversation-chosen',
      )}
      onClick={event => onPress(line, event)}
    >
      {unread && <span className="sr">{t('unread')}</span>}
      <span className="conversation-channel">
        <ChannelIcon
          family={channel?.family ?? 'email'}
          label={channel ? channel.label[language === 'en' ? 'en' : 'zh'] : conversation.channel}
        />
        {/* What it says, the option says: a box is only for the hand. */}
        <span
          className="box"
          data-checked={chosen || undefined}
          aria-hidden="true"
          onClick={event => {
            event.stopPropagation()
            onChoose(line)
          }}
        />
      </span>
      <div className="conversation-words">
        <div className="conversation-line">
          <span className="conversation-name trunc">{customerName || t('unknown')}</span>
          <Tier name={customerTier} />
          <Pressing priority={conversation.priority} />
          <time
            className="conversation-time"
            dateTime={new Date(conversation.activityAt).toISOString()}
            title={fullTime(conversation.activityAt)}
          >
            {shortTime(conversation.activityAt, now)}
          </time>
        </div>
        <div className="conversation-text trunc">
          {conversation.subject || (hasSubject && <span className="faint">{t('no-subject')}</span>)}
          {conversation.preview && (
            <span className={clsx(hasSubject && 'conversation-preview')}>
              {conversation.previewFile && (
                <>
                  <Icon of={Paperclip} size="xs" />
                  <span className="sr">{t('file')}</span>
                </>
              )}
              {conversation.preview}
            </span>
          )}
        </div>
        <div className="conversation-line conversation-foot">
          <State line={line} now={now} />
          <Others id={conversation.id} />
          {assignee && <Avatar name={assignee.name} size="xs" />}
        </div>
      </div>
    </div>
  )
})

/** How much it presses, where it is not as usual. */
function Pressing({ priority }: { priority: Priority | undefined }) {
  const t = useWords(words)
  if (priority === undefined || priority === 'normal') return null
  return (
    <span className={`conversation-priority priority-${priority}`} title={t(`priority-${priority}`)}>
      <Icon of={priority === 'low' ? ChevronDown : priority === 'high' ? ChevronUp : ChevronsUp} size="xs" />
      <span className="sr">{t(`priority-${priority}`)}</span>
    </span>
  )
}

/** What there is to do, most pressing first. */
function State({
  line: { conversation, hasDraft, waitingToSend, notSent, uncertain },
  now,
}: {
  line: ConversationLine
  now: number
}) {
  const t = useWords(words)
  const { status, snoozedUntil, waitingSince, held, sharedDraft } = conversation
  return (
    <>
      {notSent > 0 && (
        <Chip tone="bad" icon={CircleAlert}>
          {t('not-sent', { count: notSent })}
        </Chip>
      )}
      {uncertain > 0 && (
        <Chip tone="warn" icon={CircleHelp}>
          {t('uncertain', { count: uncertain })}
        </Chip>
      )}
      {held.length > 0 && (
        <Chip tone="warn" icon={ShieldAlert}>
          {t('held-count', { count: held.length })}
        </Chip>
      )}
      {status === 'snoozed' && snoozedUntil !== null && (
        <Chip tone="quiet" icon={AlarmClock}>
          {t('until', { time: moment(snoozedUntil) })}
        </Chip>
      )}
      {status === 'open' && waitingSince !== null && held.length + notSent + uncertain === 0 && (
        <Chip tone="quiet" icon={Timer}>
          {t('waits-for', { time: span(now - waitingSince) })}
        </Chip>
      )}
      {waitingToSend > 0 && (
        <Chip tone="quiet" icon={Clock}>
          {t('to-send', { count: waitingToSend })}
        </Chip>
      )}
      {sharedDraft && (
        <Chip tone="quiet" icon={UsersRound}>
          {t('shared-draft')}
        </Chip>
      )}
      {hasDraft && !sharedDraft && (
        <Chip tone="quiet" icon={PencilLine}>
          {t('draft')}
        </Chip>
      )}
    </>
  )
}

/** A colleague who is writing there now. */
function Others({ id }: { id: string }) {
  const t = useWords(words)
  const me = useMyId()
  const agents = useAgents()
  const writing = usePresence().find(each => each.conversationId === id && each.typing && each.agentId !== me)
  const name = writing && agents.get(writing.agentId)?.name
  return name ? (
    <span className="conversation-writes">
      <Chip tone="quiet" icon={PencilLine}>
        {t('is-writing', { name })}
      </Chip>
    </span>
  ) : null
}
