import { ArrowUp, Lock, type LucideIcon, PencilLine } from 'lucide-react'
import { memo } from 'react'
import { Button } from '../../ui/button.tsx'
import { channelDrawing } from '../../ui/channel-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import { dayHeading } from '../../ui/time.ts'
import { SharedDraftNote } from '../team/shared-draft/note.tsx'
import { SideCard } from '../team/side/side-card.tsx'
import { Bubble } from './bubble.tsx'
import { CallCard, callDrawing } from './call-card.tsx'
import { useThread, useTimelineWords } from './context.ts'
import { EventLine } from './event-line.tsx'
import { HeldCard } from './held-card.tsx'
import { MessageCard } from './message-card.tsx'
import { NoteCard } from './note-card.tsx'
import { OlderEdge } from './older-edge.tsx'
import type { Spine, ThreadRow } from './thread.ts'
import { whenText } from './when.ts'

/** Where one channel's thread ends and the next begins: two ends lying side by side. Never an ornament. */
export const Splice = ({ from, to }: { from: string; to: string }) => (
  <svg className="tl-splice" viewBox="0 0 20 22" aria-hidden="true" focusable="false">
    <path className="tl-splice-gap" d="M10 0V22" />
    <path style={{ stroke: `var(--${from})` }} d="M10 -.5C10 4 12.9 4 12.9 8V15.5" />
    <path style={{ stroke: `var(--${to})` }} d="M7.1 6.5V14C7.1 18 10 18 10 22.5" />
  </svg>
)

export const spineClass = ({ colour, dashed, splice }: Spine): string =>
  `tl-row c-${colour}${dashed ? ' tl-dashed' : ''}${splice ? ' tl-spliced' : ''}`

interface RowProps {
  row: ThreadRow
  /** The one the keyboard is at. */
  active: boolean
  /** Found by a search or a link: shown with a mark for a moment. */
  found: boolean
  /** Came while the timeline was open. */
  fresh: boolean
}

/** Equal in all that is drawn: rows are made anew whenever one entry changes. */
function same(before: RowProps, after: RowProps): boolean {
  if (before.active !== after.active || before.found !== after.found || before.fresh !== after.fresh)
    return false
  const [a, b] = [before.row, after.row]
  if (a.kind !== b.kind || a.key !== b.key || spineClass(a.spine) !== spineClass(b.spine)) return false
  if (a.spine.splice !== b.spine.splice) return false
  if (a.kind === 'item' && b.kind === 'item')
    return (
      a.item === b.item &&
      a.hasHtml === b.hasHtml &&
      a.pending === b.pending &&
      a.leads === b.leads &&
      a.subject === b.subject &&
      a.side?.count === b.side?.count &&
      a.side?.last === b.side?.last
    )
  return a.kind === 'item' || JSON.stringify(a) === JSON.stringify(b)
}

export const ThreadRowView = memo(function ThreadRowView({ row, active, found, fresh }: RowProps) {
  const say = useTimelineWords()
  const thread = useThread()
  if (row.kind === 'day')
    return (
      <div className={`${spineClass(row.spine)} tl-day`}>
        <div className="tl-c">
          <span>{dayHeading(row.at, thread.now)}</span>
        </div>
      </div>
    )
  if (row.kind === 'fresh')
    return (
      <div className={`${spineClass(row.spine)} tl-fresh`}>
        <div className="tl-c">
          <span className="tl-pill">
            {row.since === null
              ? say('fresh', { count: row.count })
              : say('fresh-since', { count: row.count, time: whenText(row.since, thread.now) })}
          </span>
        </div>
      </div>
    )
  if (row.kind === 'begin')
    return (
      <div className={`${spineClass(row.spine)} tl-begin`}>
        <span className="tl-dot" aria-hidden="true" />
        <div className="tl-c">{say('begin')}</div>
      </div>
    )
  if (row.kind === 'older') return <OlderEdge row={row} />
  if (row.kind === 'earlier')
    return (
      <div className={`${spineClass(row.spine)} tl-older`}>
        <div className="tl-c">
          <Button small icon={ArrowUp} onClick={() => thread.lookFrom(row.itemId)}>
            {say('earlier')}
          </Button>
        </div>
      </div>
    )

  const { item, spine, pending } = row
  const family = spine.colour === 'none' ? 'email' : spine.colour
  const held = item.delivery?.state === 'held'
  const marks = `${active ? ' tl-active' : ''}${found ? ' tl-found' : ''}${fresh ? ' tl-arrived' : ''}`
  if (item.kind === 'event')
    return (
      <div className={`${spineClass(spine)} tl-event${marks}`}>
        <EventLine item={item} />
      </div>
    )
  const node: LucideIcon = item.draft
    ? PencilLine
    : item.kind === 'note'
      ? Lock
      : item.call
        ? callDrawing(item.call, item.direction)
        : channelDrawing(family)
  return (
    <div className={`${spineClass(spine)} tl-${item.kind}${row.leads ? '' : ' tl-goes-on'}${marks}`}>
      {spine.splice && (
        <Splice from={spine.splice} to={spine.colour === 'none' ? 'line-strong' : spine.colour} />
      )}
      {row.leads && (
        <span className={`tl-node ${item.kind === 'note' ? 'tl-node-square' : ''}`} aria-hidden="true">
          <Icon of={node} size="xs" />
        </span>
      )}
      {item.draft ? (
        <SharedDraftNote item={item} pending={pending} />
      ) : item.kind === 'note' ? (
        <NoteCard item={item} pending={pending} />
      ) : held ? (
        <HeldCard item={item} />
      ) : row.side ? (
        <SideCard item={item} hasHtml={row.hasHtml} pending={pending} side={row.side} />
      ) : item.call ? (
        <CallCard item={item} call={item.call} />
      ) : family === 'chat' || family === 'social' ? (
        <Bubble item={item} leads={row.leads} pending={pending} />
      ) : (
        <MessageCard item={item} hasHtml={row.hasHtml} subject={row.subject} pending={pending} />
      )}
    </div>
  )
}, same)
