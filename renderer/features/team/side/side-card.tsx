import { ChevronDown, MessagesSquare, Reply } from 'lucide-react'
import { useState } from 'react'
import { type Item, mailboxText } from '#shared/model/item.ts'
import { glimpseOf } from '#shared/mutations/timeline.ts'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { clockTime } from '../../../ui/time.ts'
import { sayAside } from '../../composer/calls.ts'
import { authorName, useThread, useTimelineWords } from '../../timeline/context.ts'
import { MessageCard } from '../../timeline/message-card.tsx'
import './side.css'
import { words } from './words.ts'

/**
 * A letter of a conversation beside this one. The latest stands open, with the way to answer it: never to the customer. Those before it
 * are a line each, opened in their place.
 */
export function SideCard({
  item,
  hasHtml,
  pending,
  side: { count, last },
}: {
  item: Item
  hasHtml: boolean
  pending: boolean
  side: { count: number; last: boolean }
}) {
  const say = useWords(words)
  const sayTimeline = useTimelineWords()
  const thread = useThread()
  const [opened, setOpened] = useState(false)
  const author = item.direction === 'in' ? nameOf(item) : authorName(thread, item, sayTimeline)
  if (!last && !opened)
    return (
      <div className="tl-c beside-folded">
        <button
          type="button"
          className="beside-line"
          aria-expanded={false}
          title={say('open', { who: author })}
          onClick={() => setOpened(true)}
        >
          <Icon of={MessagesSquare} size="s" />
          <strong className="text">{author}</strong>
          <span className="trunc text grow">{glimpseOf(item)}</span>
          <span className="tl-time">{clockTime(item.at)}</span>
          <Icon of={ChevronDown} size="xs" />
        </button>
      </div>
    )
  const other = nameOf(item)
  return (
    <div className="beside">
      <p className="beside-title meta" title={say('hint')}>
        <Icon of={MessagesSquare} size="s" />
        <span className="trunc text">
          {say('with', { who: other, count })}
          {item.subject && ` · ${item.subject}`}
        </span>
      </p>
      <MessageCard item={item} hasHtml={hasHtml} subject="" pending={pending} />
      {last && item.mail?.side && (
        <div className="beside-acts">
          <Button
            small
            icon={Reply}
            onClick={() => sayAside(item, item.mail!.side!, thread.customer?.id ?? item.customerId)}
          >
            {say('answer', { who: other })}
          </Button>
        </div>
      )}
    </div>
  )
}

/** With whom: who wrote it, or to whom we did. */
function nameOf({ mail, direction }: Item): string {
  const box = direction === 'in' ? mail?.from : mail?.to[0]
  return box ? box.name || mailboxText(box) : ''
}
