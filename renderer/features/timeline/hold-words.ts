import type { HoldReason, StatusChange } from '#shared/model/hold.ts'
import type { Say } from '../../app/i18n.ts'
import type { words } from './words.ts'

type TimelineSay = Say<typeof words>

/** Names and times the sentences need, as this desk knows them. */
export interface Known {
  agent(id: string | null): string
  customer(id: string): string
  /** The customer whose conversation it is. */
  own: string
  inbox(id: string): string
  /** Whose reply it is; null: that of the one who reads. */
  author: string | null
  /** A time of day, with the date where it is not today. */
  time(at: number): string
}

/** Why a reply is held, with who and when (S21). One sentence a reason, without a full stop. */
export function holdReasonText(reason: HoldReason, say: TimelineSay, known: Known): string {
  switch (reason.kind) {
    case 'answered':
      return say('hold-answered', { who: known.agent(reason.agentId), time: known.time(reason.at) })
    case 'closed':
      return say('hold-closed', { who: known.agent(reason.agentId), time: known.time(reason.at) })
    case 'merged':
      return reason.customerId === known.own
        ? say('hold-unmerged')
        : say('hold-merged', { who: known.customer(reason.customerId) })
    case 'moved':
      return say('hold-moved', { inbox: known.inbox(reason.inboxId) })
    case 'reassigned':
      return say('hold-reassigned', { who: known.agent(reason.agentId) })
    case 'window-closed':
      return say('hold-window-closed', { time: known.time(reason.at) })
    case 'too-old':
      return reason.plannedFor === undefined
        ? say('hold-too-old', { time: known.time(reason.writtenAt) })
        : say('hold-missed-time', { time: known.time(reason.plannedFor) })
    case 'wrote-again':
      return say('hold-wrote-again', { time: known.time(reason.at) })
    case 'earlier-held':
      return known.author === null
        ? say('hold-earlier-held')
        : say('hold-earlier-held-of', { who: known.agent(known.author) })
    case 'earlier-discarded':
      return say('hold-earlier-discarded')
  }
}

/** What waits with a held reply (S22): later replies and changes of status; empty when nothing does. */
export function alongText(
  along: readonly StatusChange[],
  replies: number,
  say: TimelineSay,
  known: Known,
): string {
  const parts: string[] = []
  if (replies > 0) parts.push(say('along-replies', { count: replies }))
  for (const change of along) {
    if (change.to === 'closed') parts.push(say('along-closed'))
    else if (change.to === 'open') parts.push(say('along-open'))
    else parts.push(say('along-snoozed', { time: known.time(change.snoozedUntil ?? change.writtenAt) }))
  }
  if (parts.length === 0) return ''
  return say('along-waits', { what: parts.join(say('along-and')) })
}
