import type { Item } from '#shared/model/item.ts'
import { useWords } from '../../app/i18n.ts'
import { useLiveOne } from '../../store/live.ts'
import { Stars } from '../../ui/stars.tsx'
import { clockTime, fullTime } from '../../ui/time.ts'
import { words as mergeWords } from '../customer/merge.words.ts'
import { words as transcriptWords } from '../customer/transcript.words.ts'
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
  if (item.score !== undefined) return say('event-rated', { who, what })
  switch (event?.kind) {
    case 'assigned': {
      if (author.kind === 'agent' && author.agentId === event.agentId) return say('event-claimed', { who })
      const whom = event.agentId === thread.me ? say('me-object') : agentName(thread, event.agentId, say)
      return say(item.handover ? 'event-handed-over' : 'event-assigned', { who, whom })
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

/** Two customers became one person, or no longer are (S26). Their names are those they bear now. */
function MergeText({ item, kind, into }: { item: Item; kind: 'merged' | 'unmerged'; into: string }) {
  const say = useWords(mergeWords)
  const sayTimeline = useTimelineWords()
  const thread = useThread()
  const part = useLiveOne('customer', { id: item.customerId })
  const survivor = useLiveOne('customer', { id: into })
  const mine = item.author.kind === 'agent' && item.author.agentId === thread.me
  return say(kind === 'merged' ? 'event-merged' : 'event-unmerged', {
    who: mine ? say('me') : authorName(thread, item, sayTimeline),
    name: part?.name || say('somebody'),
    survivor: survivor?.name || say('somebody'),
  })
}

/** The conversation was sent by mail. */
function TranscriptText({ item, address }: { item: Item; address: string }) {
  const say = useWords(transcriptWords)
  const sayTimeline = useTimelineWords()
  const thread = useThread()
  const mine = item.author.kind === 'agent' && item.author.agentId === thread.me
  return say('event-sent', { who: mine ? sayTimeline('me') : authorName(thread, item, sayTimeline), address })
}

export function EventLine({ item }: { item: Item }) {
  const say = useTimelineWords()
  const thread = useThread()
  const { event } = item
  return (
    <>
      <span className="tl-dot" aria-hidden="true" />
      <div className="tl-c tl-event-line">
        <span className="text">
          {event?.kind === 'merged' || event?.kind === 'unmerged' ? (
            <MergeText item={item} kind={event.kind} into={event.customerId} />
          ) : item.transcript ? (
            <TranscriptText item={item} address={item.transcript.to.address} />
          ) : (
            eventText(item, thread, say)
          )}
          {item.score !== undefined && (
            <>
              {' '}
              <Stars score={item.score} />
              {item.text && <q className="tl-rated">{item.text}</q>}
            </>
          )}
          {item.handover && item.text && <q className="tl-rated">{item.text}</q>}
        </span>
        <time className="tl-time" title={fullTime(item.at)}>
          {clockTime(item.at)}
        </time>
      </div>
    </>
  )
}
