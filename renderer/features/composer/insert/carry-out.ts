import type { Conversation, Priority } from '#shared/model/conversation.ts'
import type { MacroActions } from '#shared/model/macro.ts'
import { say } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { toast } from '../../../store/toasts.ts'
import { now } from '../../../ui/clock.ts'
import { resolve, snooze } from '../../customer/actions.ts'
import { doesAtOnce, type Names } from './does.ts'
import { words } from './words.ts'

const MINUTE = 60_000

/** Tags, assigns and gives a priority as a macro says, with one way back for all of it. What is so already is left alone. */
export async function carryOut(
  actions: MacroActions,
  conversation: Conversation,
  me: string,
  names: Names,
): Promise<void> {
  const { id: conversationId, assigneeId, tagIds, priority: before = 'normal' } = conversation
  const undoes: (() => Promise<boolean>)[] = []
  const done: MacroActions = { tagIds: [] }
  for (const tagId of actions.tagIds ?? []) {
    if (tagIds.includes(tagId) || !names.tags.has(tagId)) continue
    if (!(await act('conversation.tag', { conversationId, tagId }))) continue
    done.tagIds?.push(tagId)
    undoes.push(() => act('conversation.untag', { conversationId, tagId }))
  }
  const { assign } = actions
  const agentId = assign === 'me' ? me : assign === 'nobody' ? null : assign
  if (agentId !== undefined && agentId !== assigneeId && (agentId === null || names.agents.has(agentId))) {
    const claims = agentId === me && assigneeId === null
    const given = claims
      ? await act('conversation.claim', { conversationId, at: now() })
      : await act('conversation.assign', { conversationId, agentId, from: assigneeId, at: now() })
    if (given) {
      done.assign = assign
      undoes.push(() =>
        act('conversation.assign', { conversationId, agentId: assigneeId, from: agentId, at: now() }),
      )
    }
  }
  const { priority } = actions
  if (priority && priority !== before) {
    const set = (to: Priority) => act('conversation.prioritise', { conversationId, priority: to })
    if (await set(priority)) {
      done.priority = priority
      undoes.push(() => set(before))
    }
  }
  if (undoes.length === 0) return
  const told = (key: Parameters<typeof say<typeof words>>[1], params?: Record<string, string | number>) =>
    say(words, key, params)
  toast(say(words, 'did-macro', { what: doesAtOnce(done, names, told).join(say(words, 'and')) }), {
    action: {
      label: say(words, 'undo'),
      shortcut: 'undo',
      run: () => {
        for (const undo of undoes) void undo()
      },
    },
  })
}

/** Closes or snoozes at once, with the way back that these have anyway. */
export async function settle(actions: MacroActions, conversation: Conversation): Promise<void> {
  if (actions.close) await resolve(conversation)
  else if (actions.snooze) await snooze(conversation, now() + actions.snooze * MINUTE)
}
