import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Draft, draftId } from '../model/draft.ts'
import { key } from '../model/row.ts'
import { define, everyone, type Verdict } from './mutation.ts'

const Own = Draft.omit({ id: true, agentId: true })

/** Keeps what is being typed. Unsent ones replace each other, so a paragraph is one entry in the outbox. */
export const saveDraft = define({
  name: 'draft.save',
  args: Own,
  roles: everyone,
  reads: (args, { agentId }) => [key('draft', draftId(agentId, args.conversationId, args.kind))],
  effect(rows, args, { agent }): Verdict {
    rows.put('draft', { ...args, id: draftId(agent.id, args.conversationId, args.kind), agentId: agent.id })
    return undefined
  },
  coalesce: args => `draft:${args.conversationId}:${args.kind}`,
})

export const discardDraft = define({
  name: 'draft.discard',
  args: z.object({ conversationId: Id, kind: Draft.shape.kind }),
  roles: everyone,
  reads: (args, { agentId }) => [key('draft', draftId(agentId, args.conversationId, args.kind))],
  effect(rows, args, { agent }): Verdict {
    rows.remove('draft', draftId(agent.id, args.conversationId, args.kind))
    return undefined
  },
  coalesce: args => `draft:${args.conversationId}:${args.kind}`,
})
