import { ArrowUp, CircleAlert } from 'lucide-react'
import { useState } from 'react'
import type { HeldReply } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import { act } from '../../store/core.ts'
import { useLive, useLiveOne } from '../../store/live.ts'
import { open as openPlace } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { now } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { basisOf, placeOf } from '../composer/basis.ts'
import { callComposer, replyNow } from '../composer/calls.ts'
import { ownerOf } from '../customer/selected.ts'
import { Attachments } from './attachments.tsx'
import { agentName, useThread, useTimelineWords } from './context.ts'
import { alongText, holdReasonText, type Known } from './hold-words.ts'
import { ItemWords } from './rich-words.tsx'
import { whenText } from './when.ts'

/**
 * A reply that was held because what its author had seen was no longer true (S21). Says why, with who and when; what waits with it
 * (S22); and the three ways on. Another's can be read by all, decided by a supervisor.
 */
export function HeldCard({ item }: { item: Item }) {
  const say = useTimelineWords()
  const thread = useThread()
  const conversation = thread.conversations.get(item.conversationId)
  const held = conversation?.held.find(({ itemId }) => itemId === item.id)
  const owner = held?.agentId ?? (item.author.kind === 'agent' ? item.author.agentId : null)
  const mine = owner === thread.me
  const reasons = held?.reasons ?? item.holdReasons
  const merged = reasons.find(reason => reason.kind === 'merged')
  const survivor = useLiveOne('customer', merged ? { id: merged.customerId } : null)
  const { rows: drafts } = useLive('drafts', { conversationId: item.conversationId })
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)

  const known: Known = {
    agent: id => agentName(thread, id, say),
    customer: () => survivor?.name || say('someone'),
    own: item.customerId,
    inbox: id => thread.inboxes.get(id)?.name ?? say('someone'),
    author: mine ? null : owner,
    time: at => whenText(at, thread.now),
  }
  const said = reasons.map(reason => holdReasonText(reason, say, known))
  const waiting = conversation && held ? waitingFor(conversation.held, held) : []
  const earlier = reasons.find(reason => reason.kind === 'earlier-held')
  const blocked =
    earlier !== undefined && conversation?.held.some(({ itemId }) => itemId === earlier.itemId) === true
  const mayDecide = held !== undefined && (mine || thread.mayLead)
  const answered = reasons.find(reason => reason.kind === 'answered')
  const answer = answered
    ? thread.answeredBy(item.conversationId, item.basis?.seq ?? 0, answered.agentId)
    : null

  const during = async (work: Promise<unknown>): Promise<void> => {
    setBusy(true)
    await work
    setBusy(false)
  }
  const sendAnyway = (): void => {
    if (!conversation) return
    void during(
      act('reply.release', {
        itemId: item.id,
        ...placeOf(conversation),
        basis: basisOf(conversation, ownerOf(thread.family, conversation), now(), thread.live),
        waiting,
      }),
    )
  }
  const discard = (): void =>
    void during(act('reply.discard', { itemId: item.id, conversationId: item.conversationId, waiting }))
  const replaces = (): boolean => {
    const begun = replyNow(item.conversationId) ?? drafts.find(({ kind }) => kind === 'reply')
    if (!begun || begun.heldItemId === item.id) return false
    return begun.text.trim() !== '' || begun.attachments.length > 0
  }
  const edit = (): void => {
    setAsking(false)
    openPlace({ customerId: thread.customer?.id ?? item.customerId, conversationId: item.conversationId })
    callComposer({ kind: 'edit-held', item })
  }

  return (
    <div className="tl-c tl-held">
      <header className="tl-held-why">
        <Icon of={CircleAlert} size="s" />
        <strong className="grow">{say('held-title', { why: said[0] ?? say('held') })}</strong>
        <span className="tl-time">
          {say(item.basis?.offline ? 'held-written-offline' : 'held-written', {
            time: whenText(item.writtenAt, thread.now),
          })}
        </span>
      </header>
      <div className="tl-held-text">
        {said.slice(1).map(text => (
          <p className="meta" key={text}>
            {say('held-more', { why: text })}
          </p>
        ))}
        <ItemWords item={item} />
        <Attachments item={item} />
        {held && alongText(held.along, waiting.length, say, known) && (
          <p className="meta">{alongText(held.along, waiting.length, say, known)}</p>
        )}
        {!mine && <p className="meta">{say('held-of', { who: agentName(thread, owner, say) })}</p>}
      </div>
      {asking && (
        <div className="tl-held-ask" role="alert">
          <span className="grow">{say('replaces-draft')}</span>
          <Button small kind="line" onClick={edit}>
            {say('replace-draft')}
          </Button>
          <Button small kind="ghost" onClick={() => setAsking(false)}>
            {say('cancel')}
          </Button>
        </div>
      )}
      {mayDecide && !asking && (
        <div className="tl-acts tl-held-acts">
          {!blocked && (
            <>
              <Button small busy={busy} onClick={sendAnyway}>
                {say('send-anyway')}
              </Button>
              {/* Of a forward only whether it still goes is to be decided: what it passes on has not changed. */}
              {!item.mail?.forwards && (
                <Button small busy={busy} onClick={() => (replaces() ? setAsking(true) : edit())}>
                  {say('edit')}
                </Button>
              )}
            </>
          )}
          {!mine && (
            <Button
              small
              busy={busy}
              onClick={() =>
                void during(
                  act('reply.take-over', {
                    itemId: item.id,
                    conversationId: item.conversationId,
                    at: now(),
                  }),
                )
              }
            >
              {say('take-over')}
            </Button>
          )}
          <Button small kind="ghost" className="tl-discard" busy={busy} onClick={discard}>
            {say('discard')}
          </Button>
          <span className="grow" />
          {blocked && earlier && (
            <Button small kind="ghost" icon={ArrowUp} onClick={() => thread.goTo(earlier.itemId)}>
              {say('see-earlier')}
            </Button>
          )}
          {answer && answered && (
            <Button small kind="ghost" icon={ArrowUp} onClick={() => thread.goTo(answer)}>
              {say('see-reply', { who: agentName(thread, answered.agentId, say) })}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

/** The held replies that go with this one when it is decided. */
export const waitingFor = (all: readonly HeldReply[], head: HeldReply): string[] =>
  all
    .filter(({ reasons }) =>
      reasons.some(reason => reason.kind === 'earlier-held' && reason.itemId === head.itemId),
    )
    .map(({ itemId }) => itemId)
