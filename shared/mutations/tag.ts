import { z } from 'zod'
import { Id } from '../model/base.ts'
import { key } from '../model/row.ts'
import { Tag } from '../model/tag.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'

const Args = z.object({ conversationId: Id, tagId: Id })
const reads = (args: z.infer<typeof Args>) => [
  key('conversation', args.conversationId),
  key('tag', args.tagId),
]

export const createTag = define({
  name: 'tag.create',
  args: Tag,
  roles: everyone,
  reads: args => [key('tag', args.id)],
  effect(rows, args): Verdict {
    if (rows.get('tag', args.id)) return refuse('exists')
    rows.put('tag', args)
    return undefined
  },
})

export const addTag = define({
  name: 'conversation.tag',
  args: Args,
  roles: everyone,
  reads,
  onlyReads: ['tag'],
  effect(rows, args): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation || !rows.get('tag', args.tagId)) return refuse('not-found')
    if (conversation.tagIds.includes(args.tagId)) return undefined
    rows.put('conversation', { ...conversation, tagIds: [...conversation.tagIds, args.tagId] })
    return undefined
  },
})

export const removeTag = define({
  name: 'conversation.untag',
  args: Args,
  roles: everyone,
  reads,
  onlyReads: ['tag'],
  effect(rows, args): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    rows.put('conversation', { ...conversation, tagIds: conversation.tagIds.filter(id => id !== args.tagId) })
    return undefined
  },
})
