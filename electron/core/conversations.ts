/** Work on many conversations at once (many.ts). */
import type { EventOf, RequestArgs, RequestResult } from '#shared/ipc/contract.ts'
import type { ConversationChange } from '#shared/ipc/many.ts'
import type { Id } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Sort } from '#shared/queries/index.ts'
import { lastHeard } from '#shared/rules/last-heard.ts'
import type { Desk } from './desk.ts'
import { fail } from './fault-error.ts'
import { doForEach, Latest, type ManyDeps, type Step } from './many.ts'
import { chosenConversations } from './replica/queries/chosen-conversations.ts'
import { viewIds } from './replica/queries/lists.ts'

export interface ConversationsDeps extends ManyDeps {
  tell(change: EventOf<'conversationsChange'>): void
}

type Result = RequestResult<'conversationsChange'>
type Of = RequestArgs<'conversationIds'>['of']

export function createConversations(deps: ConversationsDeps) {
  /** What was done, and how each was before. */
  const done = new Latest<{ change: ConversationChange; before: Conversation[] }>()

  const idsOf = (desk: Desk, of: Of, sort: Sort, offset: number, limit: number): Id[] => {
    const { replica } = desk
    const agentId = (): Id => replica.settings.get('owner')?.agentId ?? ''
    if ('view' in of) return viewIds(replica.db, agentId(), { ...of, sort, offset, limit })
    const read = replica.db.prepare<[number], Id>('select id from conversation where rowid = ?').pluck()
    const places = chosenConversations(replica, agentId).places(of.where, sort, offset, limit)
    return places.flatMap(place => read.get(place) ?? [])
  }
  const each = (
    attempt: string,
    ids: readonly Id[],
    stepOf: (of: Conversation, now: number) => Step | null,
  ) =>
    doForEach(
      deps,
      ids,
      (id, { replica, connection }) => {
        const conversation = replica.tables.get('conversation', id)
        return conversation ? stepOf(conversation, connection.hubNow()) : null
      },
      count => deps.tell({ attempt, done: count, total: ids.length }),
    )

  return {
    ids: ({ of, sort, offset, limit }: RequestArgs<'conversationIds'>): RequestResult<'conversationIds'> => ({
      ids: idsOf(deps.desk(), of, sort, offset, limit),
    }),

    change({ attempt, who, change }: RequestArgs<'conversationsChange'>): Promise<Result> {
      const but = new Set(who.ids)
      const ids = who.all ? idsOf(deps.desk(), who.of, 'newest', 0, -1).filter(id => !but.has(id)) : who.ids
      const before: Conversation[] = []
      done.set(attempt, { change, before })
      return each(attempt, ids, (conversation, now) => {
        const step = stepFor(conversation, change, now)
        if (step) before.push(conversation)
        return step
      })
    },

    async undo({ attempt }: RequestArgs<'conversationsUndo'>): Promise<Result> {
      const undone = done.take(attempt)
      if (!undone) throw fail('not-found')
      const was = new Map(undone.before.map(conversation => [conversation.id, conversation]))
      return each(attempt, [...was.keys()], (conversation, now) => {
        const before = was.get(conversation.id)!
        return stepFor(conversation, contraryOf(undone.change, before), now, before.waitingSince)
      })
    },
  }
}

/** What would make a conversation again what it was. */
function contraryOf(change: ConversationChange, was: Conversation): ConversationChange {
  switch (change.kind) {
    case 'assign':
      return { kind: 'assign', agentId: was.assigneeId }
    case 'prioritise':
      return { kind: 'prioritise', priority: was.priority ?? 'normal' }
    case 'tag':
      return { ...change, kind: 'untag' }
    case 'untag':
      return { ...change, kind: 'tag' }
    case 'read':
      return { kind: 'unread' }
    case 'unread':
      return { kind: 'read' }
    default:
      if (was.status === 'snoozed' && was.snoozedUntil !== null)
        return { kind: 'snooze', until: was.snoozedUntil }
      return { kind: was.status === 'closed' ? 'close' : 'reopen' }
  }
}

/**
 * @param waitedSince of one that is taken back, whose closing has ended the customer's waiting
 * @returns null: it is so already
 */
function stepFor(
  conversation: Conversation,
  change: ConversationChange,
  at: number,
  waitedSince: number | null = null,
): Step | null {
  const { id: conversationId, status, assigneeId, tagIds, priority = 'normal' } = conversation
  const waited = waitedSince === null ? {} : { waitingSince: waitedSince }
  const step = (name: string, args: object): Step => ({ name, args: { conversationId, ...args } })
  switch (change.kind) {
    case 'assign':
      return assigneeId === change.agentId
        ? null
        : step('conversation.assign', { agentId: change.agentId, from: assigneeId, at })
    case 'close':
      return status === 'closed' ? null : step('conversation.close', { at })
    case 'reopen':
      return status === 'open' ? null : step('conversation.reopen', { at, ...waited })
    case 'snooze':
      return step('conversation.snooze', { until: change.until, at, ...waited })
    case 'prioritise':
      return priority === change.priority
        ? null
        : step('conversation.prioritise', { priority: change.priority })
    case 'tag':
    case 'untag':
      return tagIds.includes(change.tagId) === (change.kind === 'tag')
        ? null
        : step(`conversation.${change.kind}`, { tagId: change.tagId })
    case 'read':
    case 'unread': {
      const seq = lastHeard(conversation)
      return seq === 0 ? null : step(`conversation.${change.kind}`, { seq })
    }
  }
}
