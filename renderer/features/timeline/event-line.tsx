import type { Item } from '#shared/model/item.ts'
import { clockTime, fullTime } from '../../ui/time.ts'
import {
  agentName,
  authorName,
  type Thread,
  type TimelineSay,
  useThread,
  useTimelineWords,
} from './context.ts'
import { bareSubject } from './thread.ts'
import { whenText } from './when.ts'

/** Something that happened, told in one line. */
export function eventText(item: Item, thread: Thread, say: TimelineSay): string {
  const { event, author } = item
  const mine = author.kind === 'agent' && author.agentId === thread.me
  const who = mine ? say('me') : authorName(thread, item, say)
  const subject = bareSubject(thread.conversations.get(item.conversationId)?.subject ?? '')
  const what = thread.several && subject ? `“${subject}”` : say('this')
  switch (event?.kind) {
    case 'assigned': {
      if (author.kind === 'agent' && author.agentId === event.agentId) return say('event-claimed', { who })
      const whom = event.agentId === thread.me ? say('me-object') : agentName(thread, event.agentId, say)
      return say('event-assigned', { who, whom })
    }
    case 'unassigned':
      return say('event-unassigned', { who })
    case 'closed':
      return say('event-closed', { who, what })
    case 'reopened':
      return say('event-reopened', { who, what })
    case 'snoozed':
      return say('event-snoozed', { who, what, time: whenText(event.until, thread.now) })
    case 'woke':
      return thread.several && subject ? say('event-woke', { what }) : say('event-woke-this')
    case 'taken-over':
      return say('event-taken-over', {
        who,
        whom: event.agentId === thread.me ? say('me-object') : agentName(thread, event.agentId, say),
      })
    default:
      return say('event-other')
  }
}

export function EventLine({ item }: { item: Item }) {
  const say = useTimelineWords()
  const thread = useThread()
  return (
    <>
      <span className="tl-dot" aria-hidden="true" />
      <div className="tl-c tl-event-line">
        <span className="text">{eventText(item, thread, say)}</span>
        <time className="tl-time" title={fullTime(item.at)}>
          {clockTime(item.at)}
        </time>
      </div>
    </>
  )
}
