import { useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { Channel, ChannelFamily } from '#shared/model/channel.ts'
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
import { dayAndTime } from '../../ui/time.ts'
import { heldWasSaid } from '../sync/told.ts'
import { type Sent, takeBack } from '../team/later/taking-back.ts'
import { useUndoSeconds } from '../team/later/undo-seconds.tsx'
import { words as laterWords } from '../team/later/words.ts'
import { waitingFor } from '../timeline/held-card.tsx'
import { basisOf, placeOf } from './basis.ts'
import { parseMailbox } from './recipients.ts'
import type { Content } from './use-draft.ts'
import type { Passed } from './use-forward.ts'
import { words } from './words.ts'

/** What becomes of it besides being sent. */
export interface Way {
  andClose: boolean
  /** For how many minutes the conversation is put off along with it, unless it is resolved. */
  snooze?: number
  /** When it is to leave; absent: now. */
  sendAt?: number
}

const MINUTE = 60_000

/** What was done with the conversation along with its answer. */
interface Moved {
  closed: boolean
  putOff: boolean
}

interface Sending {
  /** In whose thread it stands. */
  customerId: string
  family: ChannelFamily
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
export function useSend({ customerId, family, conversation, customer, identity, channel, live }: Sending) {
  const say = useWords(words)
  const sayLater = useWords(laterWords)
  const [problem, setProblem] = useState<string | null>(null)
  const [sending, setSending] = useState(false)

  // That nothing is sent twice is seen to before (use-turns.ts).
  const busy = async <Went>(work: () => Promise<Went>): Promise<Went> => {
    setSending(true)
    setProblem(null)
    try {
      return await work()
    } finally {
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

  /** Of mail what was just sent can be had back for a moment; chat is talk. */
  const undoSeconds = useUndoSeconds(family)
  const told = (sent: Sent, way: Way, moved: Moved, text: string): void => {
    const waits = way.sendAt !== undefined || undoSeconds > 0
    if (!waits) return void (moved.closed && toast(text))
    toast(text, {
      action: {
        label: sayLater('undo'),
        shortcut: 'undo',
        run: () => void takeBack(sent, moved.closed || moved.putOff),
      },
      // Offline the moment begins when the hub has it: until then it is to be had back anyway.
      seconds: way.sendAt === undefined && live ? undoSeconds : null,
    })
  }

  /** @returns `away`: the conversation was resolved or put off along with it */
  const reply = (content: Content, way: Way): Promise<boolean | 'away'> =>
    busy(async () => {
      const missing = lacking(content)
      if (missing) return refuse(missing)
      if (!identity) return refuse(say('no-address'))
      const words = {
        text: content.text.trim(),
        to: [{ name: identity.name || customer?.name || '', address: identity.address }],
        ...along(content),
      }
      const pen = content.shared ? { shared: content.shared } : {}
      const place = placeOf(conversation)
      const basis = basisOf(conversation, customer, now(), live)
      const id = uuidv7()
      const head = conversation.held.find(({ itemId }) => itemId === content.heldItemId)
      const result = head
        ? await mutate('reply.release', {
            itemId: head.itemId,
            ...place,
            basis,
            content: words,
            waiting: waitingFor(conversation.held, head),
          })
        : way.sendAt !== undefined
          ? await mutate('reply.schedule', { id, ...place, ...words, ...pen, basis, sendAt: way.sendAt })
          : await mutate('reply.send', { id, ...place, ...words, ...pen, basis, ...undoable(undoSeconds) })
      if (!result.ok) return refuse(say('not-sent', { why: faultSentence(result.fault) }))
      const held = result.value.verdict === 'held'
      if (held) heldWasSaid()
      const conversationId = conversation.id
      const closed = way.andClose && (await act('conversation.close', { conversationId, at: now() }))
      const putOff =
        !way.andClose &&
        way.snooze !== undefined &&
        (await act('conversation.snooze', { conversationId, until: now() + way.snooze * MINUTE, at: now() }))
      if (held || head) {
        if (closed) toast(say(held ? 'queued-close-held' : live ? 'did-send-close' : 'did-queue-close'))
        else if (held) toast(say('held-now'))
      } else {
        const sent = {
          itemId: id,
          conversationId: conversation.id,
          customerId,
          draft: draftOf('reply', content),
        }
        told(sent, way, { closed, putOff }, afterwards(way, closed))
        if (closed || putOff) return 'away'
      }
      return true
    })
  const afterwards = (way: Way, closed: boolean): string => {
    if (way.sendAt !== undefined) {
      const time = dayAndTime(way.sendAt, now())
      return sayLater(closed ? 'planned-close' : 'planned', { time })
    }
    if (!live) return say(closed ? 'did-queue-close' : 'did-queue')
    return closed ? say('did-send-close') : sayLater('sent')
  }

  const forward = (content: Content, passed: Passed, way: Way): Promise<boolean> =>
    busy(async () => {
      const to = mailboxes(content.to)
      if (to.length === 0) return refuse(say('forward-nobody'))
      const tooLong = excess(content)
      if (tooLong) return refuse(tooLong)
      const id = uuidv7()
      const args = {
        id,
        ...placeOf(conversation),
        text: content.text.trim(),
        to,
        ...along(content),
        subject: passed.subject,
        heading: passed.heading,
        forwards: passed.item.id,
        basis: basisOf(conversation, customer, now(), live),
      }
      const result =
        way.sendAt === undefined
          ? await mutate('mail.forward', { ...args, ...undoable(undoSeconds) })
          : await mutate('mail.schedule', { ...args, sendAt: way.sendAt })
      return went(result, id, content, way, sayLater('forwarded'))
    })

  /** @param mentions who is named in it */
  const aside = (content: Content, passed: Passed, way: Way): Promise<boolean> =>
    busy(async () => {
      const { side } = content
      const to = mailboxes(content.to)
      if (!side || !identity || to.length === 0) return refuse(say('forward-nobody'))
      const missing = lacking(content)
      if (missing) return refuse(missing)
      const id = uuidv7()
      const result = await mutate('side.send', {
        id,
        ...placeOf(conversation),
        identityId: identity.id,
        text: content.text.trim(),
        to,
        ...along(content),
        subject: side.subject.trim(),
        root: side.root ?? id,
        about: passed.item.id,
        ...(side.quote ? { heading: passed.heading } : {}),
        basis: basisOf(conversation, customer, now(), live),
        ...(way.sendAt === undefined ? undoable(undoSeconds) : { sendAt: way.sendAt }),
      })
      return went(result, id, content, way, sayLater('sent'))
    })

  /** What has gone to others is told, and can be had back. */
  const went = (
    result: Awaited<ReturnType<typeof mutate>>,
    itemId: string,
    content: Content,
    way: Way,
    text: string,
  ): boolean => {
    if (!result.ok) return refuse(say('not-sent', { why: faultSentence(result.fault) }))
    if (result.value.verdict === 'held') {
      heldWasSaid()
      toast(say('held-now'))
      return true
    }
    const sent = { itemId, conversationId: conversation.id, customerId, draft: draftOf('forward', content) }
    told(
      sent,
      way,
      { closed: false, putOff: false },
      way.sendAt === undefined && live ? text : afterwards(way, false),
    )
    return true
  }

  const note = (content: Content, mentions: string[]): Promise<boolean> =>
    busy(async () => {
      const missing = lacking(content)
      if (missing) return refuse(missing)
      const result = await mutate('note.add', {
        id: uuidv7(),
        conversationId: conversation.id,
        text: content.text.trim(),
        attachments: content.attachments,
        ...(mentions.length > 0 ? { mentions } : {}),
        at: now(),
      })
      return result.ok || refuse(say('not-sent', { why: faultSentence(result.fault) }))
    })

  return { reply, forward, aside, note, sending, problem, setProblem }
}

/** The same words as a draft, for having them back. */
const draftOf = (
  kind: 'reply' | 'forward',
  { text, rich, to, cc, bcc, attachments, forwards, side, after }: Content,
): Sent['draft'] => ({
  kind,
  text: text.trim(),
  ...(rich ? { rich: trimmed(rich) } : {}),
  cc,
  bcc,
  attachments,
  ...(kind === 'forward' && forwards ? { forward: { itemId: forwards, to } } : {}),
  ...(kind === 'forward' && side ? { side } : {}),
  ...(after ? { after } : {}),
})

const undoable = (seconds: number) => (seconds > 0 ? { undoSeconds: seconds } : {})

const mailboxes = (texts: readonly string[]): Mailbox[] =>
  texts.map(parseMailbox).filter((box): box is Mailbox => box !== null)

/** What goes with the words, to whomever they go. */
const along = ({ rich, cc, bcc, attachments }: Content) => ({
  ...(rich ? { rich: trimmed(rich) } : {}),
  cc: mailboxes(cc),
  bcc: mailboxes(bcc),
  attachments,
})
