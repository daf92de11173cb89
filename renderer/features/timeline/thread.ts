import type { ChannelFamily } from '#shared/model/channel.ts'
import type { Item } from '#shared/model/item.ts'
import type { Coverage, TimelineEntry } from '#shared/queries/index.ts'

/**
 * From entries to what the timeline shows, in order: days, the edge of what is on this desk, the mark of what is new, and the
 * items, each with its piece of the spine. Pure, so that the spine's meaning can be read and tested here:
 *
 * - colour: the channel's family; an event and a separator keep the colour they sit in; a note and what was discarded are grey.
 * - solid: it left or it arrived. Dashed: it has not left (queued, held, failed ...), or it never will (grey).
 * - splice: the channel changed here. Notes and events never change it.
 */
export interface Spine {
  colour: ChannelFamily | 'none'
  dashed: boolean
  /** The colour the thread comes from, where it changes. */
  splice: ChannelFamily | null
}

export type ThreadRow =
  | { kind: 'begin'; key: string; spine: Spine }
  | { kind: 'older'; key: string; spine: Spine; conversationIds: string[]; loading: boolean }
  | { kind: 'earlier'; key: string; spine: Spine; itemId: string }
  | { kind: 'day'; key: string; spine: Spine; at: number }
  | { kind: 'fresh'; key: string; spine: Spine; count: number; since: number | null }
  | {
      kind: 'item'
      key: string
      spine: Spine
      item: Item
      hasHtml: boolean
      pending: boolean
      /** First of a run of chat messages: it carries the heading. */
      leads: boolean
      /** Empty when the conversation's subject is known from above. */
      subject: string
      /** Of one that belongs to a conversation beside this one: how many there are by then, and whether it is the latest. */
      side: { count: number; last: boolean } | null
    }

export interface ThreadInput {
  entries: readonly TimelineEntry[]
  coverage: readonly Coverage[]
  familyOf(channel: string): ChannelFamily
  /** The newest item of a conversation that had been read when the timeline was opened; undefined: none. */
  readSeq(conversationId: string): number | undefined
  me: string
  /** Whether entries before the first are held on this desk too. */
  more: boolean
  /** Whether as many are shown as can be at once: those before have to be gone to. */
  most?: boolean
  /** Only some of the entries are given: nothing can be said of where it begins, or of what is new. */
  filtered?: boolean
  dayOf?(at: number): string
}

const CHAT_RUN = 15 * 60_000

export function threadRows(input: ThreadInput): ThreadRow[] {
  const { entries, familyOf, dayOf = localDay } = input
  const rows: ThreadRow[] = []
  const subjects = new Map<string, string>()
  const beside = new Map<string, number>()
  const latest = new Map(entries.map(({ item }) => [item.mail?.side, item.id]))
  const fresh = input.filtered ? null : firstUnread(input)
  let colour: ChannelFamily | null = null
  let carried: Spine | null = null
  let day = ''
  let previous: Item | null = null

  const first = entries.find(({ item }) => item.kind === 'message')?.item ?? entries[0]?.item
  const opening: Spine = { colour: first ? familyOf(first.channel) : 'none', dashed: false, splice: null }
  const edge = hubEdge(input)
  if (edge) rows.push({ kind: 'older', key: 'older', spine: { ...opening, dashed: true }, ...edge })
  else if (!input.more && !input.filtered && first) rows.push({ kind: 'begin', key: 'begin', spine: opening })
  const oldest = entries[0]?.item.id
  if (input.more && input.most && oldest)
    rows.push({ kind: 'earlier', key: 'earlier', spine: opening, itemId: oldest })

  for (const [index, { item, hasHtml, pending }] of entries.entries()) {
    const before = plain(carried ?? opening)
    const today = dayOf(item.at)
    if (today !== day) {
      rows.push({ kind: 'day', key: `day:${today}`, spine: before, at: item.at })
      day = today
    }
    if (fresh && index === fresh.index)
      rows.push({
        kind: 'fresh',
        key: 'fresh',
        spine: before,
        count: fresh.count,
        since: previous?.at ?? null,
      })

    const spine = spineOf(item, familyOf(item.channel), colour)
    const side = item.mail?.side
    if (side) beside.set(side, (beside.get(side) ?? 0) + 1)
    if (item.kind === 'message') colour = familyOf(item.channel)
    carried = item.kind === 'event' ? (carried ?? spine) : spine
    rows.push({
      kind: 'item',
      key: item.id,
      spine,
      item,
      hasHtml,
      pending,
      leads: !continues(item, previous, familyOf(item.channel)),
      // What is talked about beside it is not what the conversation is about.
      subject: side ? '' : newSubject(subjects, item),
      side: side ? { count: beside.get(side)!, last: latest.get(side) === item.id } : null,
    })
    previous = item
  }
  return rows
}

const plain = (spine: Spine): Spine => ({ ...spine, splice: null })

function spineOf(item: Item, family: ChannelFamily, from: ChannelFamily | null): Spine {
  if (item.kind === 'event') return { colour: from ?? family, dashed: false, splice: null }
  if (item.kind === 'note') return { colour: 'none', dashed: true, splice: null }
  const splice = from !== null && from !== family ? from : null
  const state = item.delivery?.state
  if (state === 'discarded') return { colour: 'none', dashed: true, splice }
  return { colour: family, dashed: item.direction === 'out' && !hasLeft(state), splice }
}

const hasLeft = (state: string | undefined): boolean =>
  state === undefined || state === 'sent' || state === 'delivered' || state === 'read'

/** Whether a chat message goes on where the one above stopped, so that it needs no heading of its own. */
function continues(item: Item, previous: Item | null, family: ChannelFamily): boolean {
  return (
    family !== 'email' &&
    previous !== null &&
    // Each call is one by itself, and what all can read is not gone on with between two.
    !item.call &&
    !item.comment === !previous.comment &&
    item.kind === 'message' &&
    previous.kind === 'message' &&
    previous.conversationId === item.conversationId &&
    item.at - previous.at < CHAT_RUN
  )
}

const REPLY_MARKS = /^\s*(?:(?:re|aw|sv|fw|fwd|wg|antw|tr|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+/iu

/** A subject without the marks that mail programs put before it. */
export const bareSubject = (subject: string): string => subject.replace(REPLY_MARKS, '').trim()

/** What a conversation is called where one of several is chosen; empty when nothing is known of it. */
export const titleOf = ({ subject, preview }: { subject: string; preview: string }): string =>
  bareSubject(subject) || preview

function newSubject(known: Map<string, string>, item: Item): string {
  if (item.kind !== 'message') return ''
  const bare = bareSubject(item.subject)
  if (!bare || known.get(item.conversationId) === bare) return ''
  known.set(item.conversationId, bare)
  return bare
}

/**
 * What is new since one was here: by somebody else, unread, and later than all that had been read. A conversation one never looked
 * into does not make its whole past new.
 */
function firstUnread({ entries, readSeq, me }: ThreadInput): { index: number; count: number } | null {
  const read = ({ conversationId, seq }: Item): boolean => seq <= (readSeq(conversationId) ?? -1)
  const here = entries.findLastIndex(({ item }) => read(item))
  if (here < 0) return null
  let index = -1
  let count = 0
  for (const [at, { item }] of entries.entries()) {
    const own = item.author.kind === 'agent' && item.author.agentId === me
    if (at <= here || item.kind === 'event' || own) continue
    if (index < 0) index = at
    count++
  }
  return index < 0 ? null : { index, count }
}

/** What lies before the desk's coverage (S6): shown once everything that is here is shown. */
function hubEdge({ coverage, more }: ThreadInput): { conversationIds: string[]; loading: boolean } | null {
  if (more) return null
  const partial = coverage.filter(({ fromSeq }) => fromSeq > 1)
  if (partial.length === 0) return null
  return {
    conversationIds: partial.map(({ conversationId }) => conversationId),
    loading: partial.some(({ loading }) => loading),
  }
}

/** The day of an instant where this desk is, as a key. */
export function localDay(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

/** How many lines are folded away; blank lines at the ends do not count. */
export const quotedLines = (quoted: string): number => {
  const text = quoted.trim()
  return text ? text.split(/\r?\n/u).length : 0
}
