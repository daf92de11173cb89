import type { Conversation } from '#shared/model/conversation.ts'
import { useWords } from '../../app/i18n.ts'
import { open } from '../../store/view.ts'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { useNow } from '../../ui/clock.ts'
import { Star } from '../../ui/stars.tsx'
import { shortTime } from '../../ui/time.ts'
import { titleOf } from '../timeline/thread.ts'
import { familyOf, useChannels } from './names.ts'
import { PanelPart } from './part.tsx'
import type { Selected } from './selected.ts'
import { words } from './words.ts'

/** The customer's conversations, the latest first; a press addresses another. */
export function Conversations({ selected }: { selected: Selected }) {
  const say = useWords(words)
  const now = useNow()
  const channels = useChannels()
  const { conversations, conversation, customerId } = selected
  if (conversations.length === 0) return null
  return (
    <PanelPart id="conversations" title={say('conversations')} aside={conversations.length}>
      <ul>
        {conversations.map(each => {
          const subject = titleOf(each) || say('no-subject')
          return (
            <li key={each.id}>
              <button
                type="button"
                className="panel-conversation"
                aria-current={each.id === conversation?.id || undefined}
                title={subject}
                onClick={() => open({ customerId, conversationId: each.id })}
              >
                <ChannelIcon family={familyOf(channels, each.channel)} />
                <span className={`trunc grow ${each.status === 'closed' ? 'faint' : ''}`}>{subject}</span>
                {each.rating && <Star score={each.rating.score} />}
                <span className="panel-state num">{stateText(each, now, say)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </PanelPart>
  )
}

function stateText(
  { status, waitingSince, activityAt }: Conversation,
  now: number,
  say: ReturnType<typeof useWords<typeof words>>,
): string {
  if (status === 'closed') return shortTime(activityAt, now)
  if (status === 'snoozed') return say('status-snoozed')
  return waitingSince === null ? say('status-open') : say('waiting')
}
