import { ArrowRightLeft } from 'lucide-react'
import type { Conversation } from '#shared/model/conversation.ts'
import { useWords } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { useLive } from '../../../store/live.ts'
import { useMyId } from '../../../store/states.ts'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { Icon } from '../../../ui/icon.tsx'
import { dayAndTime } from '../../../ui/time.ts'
import { useAgents } from '../../customer/names.ts'
import './handover.css'
import { words } from './words.ts'

/** What a colleague had to say when they handed this over: above the thread until it is put away or answered. */
export function HandoverNote({ conversation }: { conversation: Conversation }) {
  const me = useMyId()
  const { handover, assigneeId } = conversation
  if (handover?.to !== me || assigneeId !== me) return null
  return <Note conversation={conversation} handover={handover} />
}

function Note({
  conversation,
  handover,
}: {
  conversation: Conversation
  handover: NonNullable<Conversation['handover']>
}) {
  const say = useWords(words)
  const agents = useAgents()
  const time = useNow()
  const { id: conversationId, customerId } = conversation
  const { itemId, by, at } = handover
  const { rows } = useLive('timeline', { customerId, limit: 2, around: itemId })
  const text = rows.find(({ item }) => item.id === itemId)?.item.text
  if (!text) return null
  return (
    <section className="handover-note" aria-label={say('from-whom', { who: agents.get(by)?.name ?? '' })}>
      <Icon of={ArrowRightLeft} size="s" />
      <div className="grow">
        <p className="handover-note-head">
          <strong className="text">{say('from-whom', { who: agents.get(by)?.name ?? '' })}</strong>
          <span className="meta faint">{dayAndTime(at, time)}</span>
        </p>
        <p className="handover-note-text text" dir="auto">
          {text}
        </p>
      </div>
      <Button small onClick={() => void act('handover.put-away', { conversationId, itemId })}>
        {say('got-it')}
      </Button>
    </section>
  )
}
