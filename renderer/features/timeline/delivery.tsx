import {
  ArrowUp,
  Ban,
  CalendarClock,
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  Clock,
  type LucideIcon,
} from 'lucide-react'
import { useState } from 'react'
import type { Delivery, DeliveryReason, DeliveryState, Item } from '#shared/model/item.ts'
import { sentences } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { Button } from '../../ui/button.tsx'
import { now } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { listText } from '../../ui/numbers.ts'
import { fullTime } from '../../ui/time.ts'
import { LaterWords } from '../team/later/later-line.tsx'
import { type Thread, type TimelineSay, useThread, useTimelineWords } from './context.ts'
import { WaitingWords } from './pending.tsx'
import { whenText } from './when.ts'

const drawings: Record<DeliveryState, LucideIcon> = {
  queued: Clock,
  sending: ArrowUp,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
  uncertain: CircleHelp,
  held: CircleAlert,
  discarded: Ban,
}

/** Where a message is on its way, in a word or two (S18). */
export function deliveryText(
  delivery: Delivery,
  say: TimelineSay,
  thread: Pick<Thread, 'now' | 'live'>,
  pending: boolean,
  /** The item's own time: the day above it need not be said again. */
  at: number,
): string {
  const time = whenText(delivery.at, at)
  switch (delivery.state) {
    case 'queued':
      if (delivery.nextAttemptAt !== null && delivery.attempts > 0)
        return say('queued-retry', { time: whenText(delivery.nextAttemptAt, thread.now) })
      return say(pending && !thread.live ? 'queued-offline' : 'queued')
    case 'sending':
      return say('sending')
    case 'sent':
    case 'delivered':
    case 'read':
      return say(delivery.state, { time })
    case 'failed':
      return say('failed')
    case 'uncertain':
      return say('uncertain')
    case 'held':
      return say('held')
    case 'discarded':
      return say('discarded')
  }
}

/** Icon and word beside an outgoing message. Never by colour alone. */
export function DeliveryLine({
  itemId,
  delivery,
  pending,
  at,
}: {
  itemId: string
  delivery: Delivery
  pending: boolean
  at: number
}) {
  const say = useTimelineWords()
  const thread = useThread()
  const later = delivery.state === 'queued' ? delivery.later : undefined
  if (later)
    return (
      <span className="tl-delivery tl-delivery-queued">
        <Icon of={CalendarClock} size="xs" />
        {pending && !thread.live ? (
          <WaitingWords itemId={itemId} otherwise={say('queued-offline')} />
        ) : (
          <LaterWords
            later={later}
            unknown={pending && <WaitingWords itemId={itemId} otherwise={say('queued')} />}
          />
        )}
      </span>
    )
  return (
    <span className={`tl-delivery tl-delivery-${delivery.state}`} title={fullTime(delivery.at)}>
      <Icon of={drawings[delivery.state]} size="xs" />
      {pending && delivery.state === 'queued' ? (
        <WaitingWords itemId={itemId} otherwise={deliveryText(delivery, say, thread, pending, at)} />
      ) : (
        deliveryText(delivery, say, thread, pending, at)
      )}
    </span>
  )
}

const reasonKeys = {
  refused: 'reason-refused',
  'try-later': 'reason-try-later',
  unreachable: 'reason-unreachable',
  'no-answer': 'reason-no-answer',
  'not-configured': 'reason-not-configured',
  bounced: 'reason-bounced',
  'too-large': 'reason-too-large',
  interrupted: 'reason-interrupted',
} as const satisfies Record<DeliveryReason['kind'], string>

/** Why it did not leave, with the other side's own words. */
export function reasonText(reason: DeliveryReason | null, say: TimelineSay): string {
  if (!reason) return ''
  const ours = say(reasonKeys[reason.kind])
  return reason.detail ? sentences(ours, say('they-said', { detail: reason.detail })) : ours
}

/** What a message that failed, or of which nobody knows, asks of a person (S18). */
export function DeliveryTrouble({ item }: { item: Item }) {
  const say = useTimelineWords()
  const [busy, setBusy] = useState(false)
  const { delivery } = item
  if (!delivery) return null
  const { state } = delivery
  const missed = delivery.recipients.filter(recipient => recipient.state === 'failed')
  const partly = state !== 'failed' && missed.length > 0
  if (state !== 'failed' && state !== 'uncertain' && !partly) return null

  const decide = async (as: 'send-again' | 'arrived'): Promise<void> => {
    setBusy(true)
    await act('delivery.resolve', { itemId: item.id, conversationId: item.conversationId, as, at: now() })
    setBusy(false)
  }
  const reason = delivery.reason ?? missed[0]?.reason ?? null
  const why = reasonText(reason, say)
  // That there was no answer is what uncertain means.
  const tellsMore = why !== '' && (reason?.kind !== 'no-answer' || reason.detail !== '')
  return (
    <div className={`tl-trouble tl-trouble-${state === 'uncertain' ? 'uncertain' : 'failed'}`}>
      <p>
        <Icon of={state === 'uncertain' ? CircleHelp : CircleAlert} size="s" />
        <span className="text">
          {partly && `${say('partly-failed', { list: listText(missed.map(({ address }) => address)) })}. `}
          {state === 'uncertain'
            ? sentences(say('uncertain-why'), tellsMore ? why : '')
            : why || say('failed')}
        </span>
      </p>
      {!partly && (
        <div className="tl-acts">
          {state === 'uncertain' && (
            <Button small busy={busy} onClick={() => void decide('arrived')}>
              {say('it-arrived')}
            </Button>
          )}
          <Button small busy={busy} onClick={() => void decide('send-again')}>
            {say(state === 'uncertain' ? 'send-again' : 'retry')}
          </Button>
        </div>
      )}
    </div>
  )
}
