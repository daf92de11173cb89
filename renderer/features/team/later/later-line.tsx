import { CalendarClock, PencilLine, Send, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Delivery, Item } from '#shared/model/item.ts'
import { useWords } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { toast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { now, useNow, useNowBySecond } from '../../../ui/clock.ts'
import { countdown, dayAndTime, fullTime } from '../../../ui/time.ts'
import { basisOf, placeOf } from '../../composer/basis.ts'
import { ownerOf } from '../../customer/selected.ts'
import { useThread } from '../../timeline/context.ts'
import './later.css'
import { LaterMenu } from './later-menu.tsx'
import { sentOf, takeBack } from './taking-back.ts'
import { words } from './words.ts'

type Later = NonNullable<Delivery['later']>

/**
 * When a message that waits for its time leaves; its last seconds are counted.
 * @param unknown instead, once the seconds are over: the hub, where they begin, does not have it yet
 */
export const LaterWords = ({ later, unknown }: { later: Later; unknown?: ReactNode }) =>
  later.undo ? <Seconds at={later.at} unknown={unknown} /> : <Planned at={later.at} />

function Seconds({ at, unknown }: { at: number; unknown: ReactNode }) {
  const say = useWords(words)
  const left = at - useNowBySecond()
  if (left <= 0 && unknown) return unknown
  return (
    <span className="num">{left > 0 ? say('leaves-in', { time: countdown(left) }) : say('leaves-now')}</span>
  )
}

function Planned({ at }: { at: number }) {
  const say = useWords(words)
  const time = useNow()
  return (
    <span title={fullTime(at)}>
      {at > time ? say('leaves-at', { time: dayAndTime(at, time) }) : say('leaves-now')}
    </span>
  )
}

/** What its author can do until then. */
export function LaterActs({ item }: { item: Item }) {
  const say = useWords(words)
  const thread = useThread()
  const [choosing, setChoosing] = useState(false)
  const conversation = thread.conversations.get(item.conversationId)
  const later = item.delivery?.state === 'queued' ? item.delivery.later : undefined
  const mine = item.author.kind === 'agent' && item.author.agentId === thread.me
  if (!later || !mine || !conversation) return null

  const back = (): void =>
    void takeBack(sentOf(item, thread.customer?.id ?? item.customerId), later.undo === true)
  if (later.undo)
    return (
      <div className="tl-later">
        <Button small icon={Undo2} onClick={back}>
          {say('undo')}
        </Button>
      </div>
    )
  const leaveAt = async (sendAt: number): Promise<boolean> =>
    act('reply.reschedule', {
      itemId: item.id,
      ...placeOf(conversation),
      sendAt,
      basis: basisOf(conversation, ownerOf(thread.family, conversation), now(), thread.live),
    })
  const move = async (sendAt: number): Promise<void> => {
    if (await leaveAt(sendAt)) toast(say('moved', { time: dayAndTime(sendAt, now()) }))
  }
  return (
    <div className="tl-later">
      <Button small icon={PencilLine} onClick={back}>
        {say('edit')}
      </Button>
      <LaterMenu
        trigger={
          <Button small icon={CalendarClock}>
            {say('other-time')}
          </Button>
        }
        zone={conversation.visit?.timeZone ?? ''}
        open={choosing}
        onOpenChange={setChoosing}
        onChoose={at => void move(at)}
      />
      <Button small kind="ghost" icon={Send} onClick={() => void leaveAt(now())}>
        {say('send-now')}
      </Button>
    </div>
  )
}
