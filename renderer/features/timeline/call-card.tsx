import { PhoneIncoming, PhoneMissed, PhoneOutgoing, Voicemail } from 'lucide-react'
import type { Call } from '#shared/model/call.ts'
import type { Item } from '#shared/model/item.ts'
import { Chip } from '../../ui/chip.tsx'
import { clockTime, fullTime } from '../../ui/time.ts'
import { Attachments } from './attachments.tsx'
import { agentName, useThread, useTimelineWords } from './context.ts'
import { PlainText } from './plain-text.tsx'

/** The sign of a call at the thread. */
export const callDrawing = ({ outcome }: Call, direction: Item['direction']) =>
  outcome === 'voicemail'
    ? Voicemail
    : direction === 'out'
      ? PhoneOutgoing
      : outcome === 'answered'
        ? PhoneIncoming
        : PhoneMissed

/** `6:42`, or `1:02:05`. */
export function lengthText(seconds: number): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** A call that is over: which way, what became of it, with whom and how long, and what was noted or left. */
export function CallCard({ item, call }: { item: Item; call: Call }) {
  const say = useTimelineWords()
  const thread = useThread()
  const { outcome, spoken, waited, agentId, disposition } = call
  const kind =
    outcome === 'answered' ? (item.direction === 'out' ? 'call-out' : 'call-in') : `call-${outcome}`
  const length = outcome === 'answered' || outcome === 'voicemail' ? spoken : 0
  const agent = agentId === null ? '' : agentName(thread, agentId, say)
  const who =
    agent && outcome === 'answered' && item.direction === 'in' ? say('call-with', { who: agent }) : agent
  return (
    <div className="tl-c tl-card tl-call">
      <div className="tl-head">
        <span className="tl-who">{say(kind as 'call-in')}</span>
        {length > 0 && <span className="num">{lengthText(length)}</span>}
        <span className="meta faint trunc" title={who}>
          {who}
        </span>
        <span className="tl-head-end">
          {waited > 0 && (
            <span className="meta faint num">{say('call-waited', { time: lengthText(waited) })}</span>
          )}
          {disposition && <Chip tone="quiet">{disposition}</Chip>}
          <time className="tl-time" title={fullTime(item.at)}>
            {clockTime(item.at)}
          </time>
        </span>
      </div>
      {item.text.trim() !== '' && <PlainText text={item.text.trim()} className="tl-body" />}
      <Attachments item={item} />
    </div>
  )
}
