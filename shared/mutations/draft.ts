import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Draft, draftId, Shared } from '../model/draft.ts'
import { key } from '../model/row.ts'
import { define, everyone, type Verdict } from './mutation.ts'
import { drafted, endSharing, holdsPen } from './shared-draft.ts'

const Own = Draft.omit({ id: true, agentId: true })

/**
 * Keeps what is being typed. Unsent ones replace each other, so a paragraph is one entry in the outbox. With the pen of a shared one the
 * inbox reads it; with a pen that has gone to somebody else, what was typed meanwhile stays with its author.
 */
export const saveDraft = define({
  name: 'draft.save',
  args: Own,
  roles: everyone,
  reads: (args, { agentId }) => [
    key('draft', draftId(agentId, args.conversationId, args.kind)),
    ...(args.shared ? [key('item', args.shared.itemId)] : []),
  ],
  effect(rows, { shared, ...words }, { agent }): Verdict {
    const own = {
      ...words,
      id: draftId(agent.id, words.conversationId, words.kind),
      agentId: agent.id,
    }
    const item = shared && rows.get('item', shared.itemId)
    const { conversationId } = words
    if (!shared || !item || !holdsPen(item, { conversationId, shared }, agent.id)) {
      rows.put('draft', own)
      return undefined
    }
    rows.put('draft', { ...own, shared })
    rows.put('item', drafted(item, words, { writerId: agent.id, pen: shared.pen }))
    return undefined
  },
  coalesce: args => `draft:${args.conversationId}:${args.kind}`,
  words: ({ shared, conversationId, kind, text, attachments, cc, bcc, rich }) =>
    shared && { conversationId, kind, text, attachments, draft: { cc, bcc, rich } },
  needs: ({ shared, attachments }) => (shared ? attachments.map(({ sha256 }) => sha256) : []),
})

/** Throws it away; a shared one for everybody, by whoever has the pen. */
export const discardDraft = define({
  name: 'draft.discard',
  args: z.object({ conversationId: Id, kind: Draft.shape.kind, shared: Shared.optional() }),
  roles: everyone,
  reads: (args, { agentId }) => [
    key('draft', draftId(agentId, args.conversationId, args.kind)),
    ...(args.shared ? [key('item', args.shared.itemId), key('conversation', args.conversationId)] : []),
  ],
  effect(rows, { conversationId, kind, shared }, { agent }): Verdict {
    rows.remove('draft', draftId(agent.id, conversationId, kind))
    const item = shared && rows.get('item', shared.itemId)
    const conversation = shared && rows.get('conversation', conversationId)
    if (shared && item && conversation && holdsPen(item, { conversationId, shared }, agent.id))
      endSharing(rows, item, conversation)
    return undefined
  },
  coalesce: args => `draft:${args.conversationId}:${args.kind}`,
})
