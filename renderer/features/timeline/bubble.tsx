import type { Item } from '#shared/model/item.ts'
import { languageNow } from '../../app/i18n.ts'
import { Chip } from '../../ui/chip.tsx'
import { clockTime, fullTime } from '../../ui/time.ts'
import { LaterActs } from '../team/later/later-line.tsx'
import { Attachments } from './attachments.tsx'
import { authorName, useThread, useTimelineWords } from './context.ts'
import { DeliveryLine, DeliveryTrouble } from './delivery.tsx'
import { PlainText } from './plain-text.tsx'

/** A chat message. The first of a run carries the heading: who, and on which channel. */
export function Bubble({ item, leads, pending }: { item: Item; leads: boolean; pending: boolean }) {
  const say = useTimelineWords()
  const thread = useThread()
  const out = item.direction === 'out'
  const channel = thread.channels.get(item.channel)
  const label = channel ? channel.label[languageNow() === 'en' ? 'en' : 'zh'] : item.channel
  const waits = item.delivery?.state === 'queued' || item.delivery?.state === 'sending'
  return (
    <div className="tl-c">
      {leads && (
        <div className="tl-head">
          <span className="tl-who text">{authorName(thread, item, say)}</span>
          <span className="meta faint">{label}</span>
          {item.comment && (
            <Chip tone="warn">
              {item.comment.post ? say('comment-on', { post: item.comment.post }) : say('comment')}
            </Chip>
          )}
        </div>
      )}
      <div className={`tl-bubble ${out ? 'tl-bubble-out' : ''} ${waits ? 'tl-bubble-waits' : ''}`}>
        <div className="tl-bubble-text">
          {item.erased ? <span className="faint">{say('erased')}</span> : <PlainText text={item.text} />}
          <Attachments item={item} />
        </div>
        {item.delivery ? (
          <DeliveryLine itemId={item.id} delivery={item.delivery} pending={pending} at={item.at} />
        ) : (
          <time className="tl-time" title={fullTime(item.at)}>
            {clockTime(item.at)}
          </time>
        )}
      </div>
      <DeliveryTrouble item={item} />
      <LaterActs item={item} />
    </div>
  )
}
