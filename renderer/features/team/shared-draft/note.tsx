import type { Item } from '#shared/model/item.ts'
import { useWords } from '../../../app/i18n.ts'
import { clockTime, fullTime } from '../../../ui/time.ts'
import { Attachments } from '../../timeline/attachments.tsx'
import { agentName, useThread, useTimelineWords } from '../../timeline/context.ts'
import { Pending } from '../../timeline/pending.tsx'
import { ItemWords } from '../../timeline/rich-words.tsx'
import { words } from './words.ts'

/** In the timeline: an answer that is still being written, as it stands. It is changed where one writes. */
export function SharedDraftNote({ item, pending }: { item: Item; pending: boolean }) {
  const say = useWords(words)
  const sayTimeline = useTimelineWords()
  const thread = useThread()
  if (!item.draft) return null
  const { writerId, at } = item.draft
  return (
    <div className="tl-c tl-note">
      <div className="tl-head">
        <span className="tl-who text">
          {say('written-by', { name: agentName(thread, writerId, sayTimeline) })}
        </span>
        <span className="tl-note-label">{say('label')}</span>
        <span className="tl-head-end">
          {pending && <Pending itemId={item.id} />}
          <time className="tl-time" title={fullTime(at)}>
            {clockTime(at)}
          </time>
        </span>
      </div>
      <ItemWords item={item} />
      <Attachments item={item} />
    </div>
  )
}
