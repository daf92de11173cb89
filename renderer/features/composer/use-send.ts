import { useRef, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { Channel } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Mailbox } from '#shared/model/item.ts'
import { trimmed } from '#shared/rules/rich-text.ts'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { act, mutate } from '../../store/core.ts'
import { toast } from '../../store/toasts.ts'
import { now } from '../../ui/clock.ts'
import { heldWasSaid } from '../sync/told.ts'
import { waitingFor } from '../timeline/held-card.tsx'
import { basisOf, placeOf } from './basis.ts'
import { parseMailbox } from './recipients.ts'
import type { Content } from './use-draft.ts'
import type { Passed } from './use-forward.ts'
import { words } from './words.ts'

interface Sending {
  conversation: Conversation
  customer: Customer | undefined
  identity: Identity | undefined
  channel: Channel | undefined
  live: boolean
}

/**
 * Sends what was written. Nothing leaves the field before it is durable in the outbox: what is refused on the spot is still there, with a
 * sentence. @returns whether it went
 */
export function useSend({ conversation, customer, identity, channel, live }: Sending) {
  const say = useWords(words)
  const [problem, setProblem] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const running = useRef(false)

  const once = async (work: () => Promise<boolean>): Promise<boolean> => {
    // A second press of the same keys before the first is answered must not send twice (I2).
    if (running.current) return false
    running.current = true
    setSending(true)
    setProblem(null)
    try {
      return await work()
    } finally {
      running.current = false
      setSending(false)
    }
  }
  const refuse = (sentence: string): false => {
    setProblem(sentence)
    return false
  }
  const lacking = (content: Content): string | null => {
    if (content.text.trim() === '' && content.attachments.length === 0) return say('empty')
    return excess(content)
  }
  const excess = (content: Content): string | null => {
    const over = content.text.length - (channel?.limits.textCharacters ?? 1_000_000)
    return over > 0 ? say('too-long', { count: over }) : null
  }

  const reply = (content: Content, andClose: boolean): Promise<boolean> =>
    once(async () => {
      const missing = lacking(content)
      if (missing) return refuse(missing)
      if (!identity) return refuse(say('no-address'))
      const words = {
        text: content.text.trim(),
        to: [{ name: identity.name || customer?.name || '', address: identity.address }],
        ...along(content),
      }
      const place = placeOf(conversation)
      const basis = basisOf(conversation, customer, now(), live)
      const head = conversation.held.find(({ itemId }) => itemId === content.heldItemId)
      const result = head
        ? await mutate('reply.release', {
            itemId: head.itemId,
            ...place,
            basis,
            content: words,
            waiting: waitingFor(conversation.held, head),
          })
        : await mutate('reply.send', { id: uuidv7(), ...place, ...words, basis })
      if (!result.ok) return refuse(say('not-sent', { why: faultSentence(result.fault) }))
      const held = result.value.verdict === 'held'
      if (held) heldWasSaid()
      if (andClose) {
        const closed = await act('conversation.close', { conversationId: conversation.id, at: now() })
        if (closed) toast(say(held ? 'queued-close-held' : live ? 'did-send-close' : 'did-queue-close'))
      } else if (held) toast(say('held-now'))
      return true
    })

  const forward = (content: Content, passed: Passed): Promise<boolean> =>
    once(async () => {
      const to = mailboxes(content.to)
      if (to.length === 0) return refuse(say('forward-nobody'))
      const tooLong = excess(content)
      if (tooLong) return refuse(tooLong)
      const result = await mutate('mail.forward', {
        id: uuidv7(),
        ...placeOf(conversation),
        text: content.text.trim(),
        to,
        ...along(content),
        subject: passed.subject,
        heading: passed.heading,
        forwards: passed.item.id,
        basis: basisOf(conversation, customer, now(), live),
      })
      if (!result.ok) return refuse(say('not-sent', { why: faultSentence(result.fault) }))
      if (result.value.verdict === 'held') {
        heldWasSaid()
        toast(say('held-now'))
      }
      return true
    })

  const note = (content: Content): Promise<boolean> =>
    once(async () => {
      const missing = lacking(content)
      if (missing) return refuse(missing)
      const result = await mutate('note.add', {
        id: uuidv7(),
        conversationId: conversation.id,
        text: content.text.trim(),
        attachments: content.attachments,
        at: now(),
      })
      return result.ok || refuse(say('not-sent', { why: faultSentence(result.fault) }))
    })

  return { reply, forward, note, sending, problem, setProblem }
}

const mailboxes = (texts: readonly string[]): Mailbox[] =>
  texts.map(parseMailbox).filter((box): box is Mailbox => box !== null)

/** What goes with the words, to whomever they go. */
const along = ({ rich, cc, bcc, attachments }: Content) => ({
  ...(rich ? { rich: trimmed(rich) } : {}),
  cc: mailboxes(cc),
  bcc: mailboxes(bcc),
  attachments,
})
