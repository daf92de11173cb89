// What can be done to a conversation, each with its way back. A change is in the outbox when its toast appears; undo is the opposite
// change, not a rewind: colleagues may have seen the first one already.
import type { Conversation, Priority } from '#shared/model/conversation.ts'
import type { Tag } from '#shared/model/tag.ts'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import { lastHeard } from '#shared/rules/last-heard.ts'
import { say } from '../../app/i18n.ts'
import { act, mutate } from '../../store/core.ts'
import { faultToast, toast } from '../../store/toasts.ts'
import { now } from '../../ui/clock.ts'
import { moment } from '../../ui/time.ts'
import { goBackTo, type LeftFrom } from '../inbox/going-on.ts'
import { words } from './words.ts'

const undoable = (text: string, undo: () => void): number =>
  toast(text, { action: { label: say(words, 'undo'), run: undo, shortcut: 'undo' } })

/** A change of status waits with the author's held reply, if there is one (S22): then that is said, and there is nothing to undo. */
async function changeStatus<N extends MutationName>(
  name: N,
  args: MutationArgs<N>,
  done: string,
  before: Conversation,
  undone: () => void = () => {},
): Promise<void> {
  const result = await mutate(name, args)
  if (!result.ok) faultToast(result.fault)
  else if (result.value.verdict === 'held') toast(say(words, 'waits-with-held'))
  else
    undoable(done, () => {
      restore(before)
      undone()
    })
}

/** Back to the status it had; a closing has ended the customer's waiting. */
function restore({ id, status, snoozedUntil, waitingSince }: Conversation): void {
  const back = { conversationId: id, at: now(), ...(waitingSince === null ? {} : { waitingSince }) }
  if (status === 'closed') void act('conversation.close', { conversationId: id, at: now() })
  else if (status === 'snoozed' && snoozedUntil !== null && snoozedUntil > now())
    void act('conversation.snooze', { ...back, until: snoozedUntil })
  else void act('conversation.reopen', back)
}

/** One has gone on from it: whose it was is said, and whoever takes it back stands on it again. */
export interface Left {
  whose: string
  from: LeftFrom
}

export const resolve = (conversation: Conversation, left: Left | null = null): Promise<void> =>
  changeStatus(
    'conversation.close',
    { conversationId: conversation.id, at: now() },
    left ? say(words, 'did-resolve-whose', { name: left.whose }) : say(words, 'did-resolve'),
    conversation,
    () => left && goBackTo(conversation, left.from),
  )

export const reopen = (conversation: Conversation): Promise<void> =>
  changeStatus(
    'conversation.reopen',
    { conversationId: conversation.id, at: now() },
    say(words, 'did-reopen'),
    conversation,
  )

export function snooze(conversation: Conversation, until: number, left: Left | null = null): Promise<void> {
  const time = moment(until)
  return changeStatus(
    'conversation.snooze',
    { conversationId: conversation.id, until, at: now() },
    left ? say(words, 'did-snooze-whose', { time, name: left.whose }) : say(words, 'did-snooze', { time }),
    conversation,
    () => left && goBackTo(conversation, left.from),
  )
}

/**
 * Gives it to somebody or to nobody. One that nobody has is claimed, so that of two at once one wins and the other is told (S15).
 *
 * @param name of whom it goes to, for the toast
 */
export async function assign(
  conversation: Conversation,
  agentId: string | null,
  me: string,
  name: string,
): Promise<void> {
  const { id, assigneeId } = conversation
  if (agentId === assigneeId) return
  const done =
    agentId === me && assigneeId === null
      ? await act('conversation.claim', { conversationId: id, at: now() })
      : await act('conversation.assign', { conversationId: id, agentId, from: assigneeId, at: now() })
  if (!done) return
  const text =
    agentId === null
      ? say(words, 'did-unassign')
      : agentId === me
        ? say(words, 'did-claim')
        : say(words, 'did-assign', { name })
  undoable(text, () => {
    void act('conversation.assign', { conversationId: id, agentId: assigneeId, from: agentId, at: now() })
  })
}

export async function prioritise(
  { id, priority: before = 'normal' }: Conversation,
  priority: Priority,
): Promise<void> {
  const set = (to: Priority): Promise<boolean> =>
    act('conversation.prioritise', { conversationId: id, priority: to })
  if (priority === before || !(await set(priority))) return
  undoable(say(words, 'did-prioritise', { name: say(words, `priority-${priority}`) }), () => void set(before))
}

const read = ({ id: conversationId }: Conversation, seq: number): Promise<boolean> =>
  act('conversation.read', { conversationId, seq })

/** To come back to: from what was heard last on it is unread again, until one opens it or says otherwise. */
export async function markUnread(conversation: Conversation): Promise<void> {
  const seq = lastHeard(conversation)
  if (await act('conversation.unread', { conversationId: conversation.id, seq }))
    undoable(say(words, 'did-unread'), () => void read(conversation, seq))
}

export async function markRead(conversation: Conversation): Promise<void> {
  if (await read(conversation, lastHeard(conversation))) toast(say(words, 'did-read'))
}

type Act = () => Promise<boolean>

async function changeTag(
  done: 'did-tag' | 'did-untag',
  { name }: Tag,
  does: Act,
  undoes: Act,
): Promise<void> {
  if (await does()) undoable(say(words, done, { name }), () => void undoes())
}

const ofConversation = (conversationId: string, { id: tagId }: Tag) => ({
  add: () => act('conversation.tag', { conversationId, tagId }),
  remove: () => act('conversation.untag', { conversationId, tagId }),
})
const ofCustomer = (id: string, { id: tagId }: Tag) => ({
  add: () => act('customer.tag', { id, tagId }),
  remove: () => act('customer.untag', { id, tagId }),
})

export function tagConversation(id: string, tag: Tag): Promise<void> {
  const { add, remove } = ofConversation(id, tag)
  return changeTag('did-tag', tag, add, remove)
}

export function untagConversation(id: string, tag: Tag): Promise<void> {
  const { add, remove } = ofConversation(id, tag)
  return changeTag('did-untag', tag, remove, add)
}

export function tagCustomer(id: string, tag: Tag): Promise<void> {
  const { add, remove } = ofCustomer(id, tag)
  return changeTag('did-tag', tag, add, remove)
}

export function untagCustomer(id: string, tag: Tag): Promise<void> {
  const { add, remove } = ofCustomer(id, tag)
  return changeTag('did-untag', tag, remove, add)
}
