import type { Item } from '#shared/model/item.ts'
import { clockTime, fullTime } from '../../ui/time.ts'
import { Attachments } from './attachments.tsx'
import { authorName, useThread, useTimelineWords } from './context.ts'
import { Pending } from './pending.tsx'
import { PlainText } from './plain-text.tsx'

/** For colleagues, never sent. */
export function NoteCard({ item, pending }: { item: Item; pending: boolean }) {
  const say = useTimelineWords()
  const thread = useThread()
  return (
    <div className="tl-c tl-note">
      <div className="tl-head">
        <span className="tl-who text">{authorName(thread, item, say)}</span>
        <span className="tl-note-label">{say('note-label')}</span>
        <span className="tl-head-end">
          {pending && <Pending itemId={item.id} />}
          <time className="tl-time" title={fullTime(item.at)}>
            {clockTime(item.at)}
          </time>
        </span>
      </div>
      <PlainText text={item.text} />
      <Attachments item={item} />
    </div>
  )
}
