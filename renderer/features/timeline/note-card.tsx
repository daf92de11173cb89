import clsx from 'clsx'
import { Fragment, type ReactNode } from 'react'
import type { Item } from '#shared/model/item.ts'
import { mentionsIn } from '#shared/rules/mentions.ts'
import { useAgents } from '../../store/directory.ts'
import { useMyId } from '../../store/states.ts'
import { clockTime, fullTime } from '../../ui/time.ts'
import { Attachments } from './attachments.tsx'
import { authorName, useThread, useTimelineWords } from './context.ts'
import './note-card.css'
import { Pending } from './pending.tsx'
import { linked, PlainText } from './plain-text.tsx'

/** For colleagues, never sent. */
export function NoteCard({ item, pending }: { item: Item; pending: boolean }) {
  const say = useTimelineWords()
  const thread = useThread()
  const named = useNamed(item.mentions)
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
      <PlainText text={item.text} drawn={named} />
      <Attachments item={item} />
    </div>
  )
}

/** Draws whom the note names as what they are: people, and oneself so that one finds it. */
function useNamed(mentions: Item['mentions'] = []): (text: string) => ReactNode[] {
  const agents = useAgents()
  const me = useMyId()
  const named = mentions.flatMap(id => agents.get(id) ?? [])
  return text => {
    const parts: ReactNode[] = []
    let at = 0
    for (const { agentId, from, to } of mentionsIn(text, named)) {
      parts.push(<Fragment key={at}>{linked(text.slice(at, from))}</Fragment>)
      parts.push(
        <span key={from} className={clsx('tl-mention', agentId === me && 'tl-mention-me')}>
          {text.slice(from, to)}
        </span>,
      )
      at = to
    }
    parts.push(<Fragment key={at}>{linked(text.slice(at))}</Fragment>)
    return parts
  }
}
