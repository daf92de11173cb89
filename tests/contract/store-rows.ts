import type { Doc } from '#shared/model/row.ts'
import { conversationWith, customerWith, identityWith, itemWith } from '#shared/model/testing.ts'

/** Plain docs for the contract suite; each call takes what matters to the test. */
export const customer = (id: string, more: Partial<Doc<'customer'>> = {}): Doc<'customer'> =>
  customerWith({ id, name: `Customer ${id}`, language: 'zh-CN', createdAt: 1, ...more })

export const identity = (id: string, customerId: string): Doc<'identity'> =>
  identityWith({ id, customerId, address: `${id}@example.com`, createdAt: 1 })

export const conversation = (
  id: string,
  more: Partial<Doc<'conversation'>> & Pick<Doc<'conversation'>, 'inboxId' | 'customerId' | 'identityId'>,
): Doc<'conversation'> =>
  conversationWith({ id, subject: '一线 thread', createdAt: 1, activityAt: 1, ...more })

export const item = (
  id: string,
  of: Doc<'conversation'>,
  seq: number,
  more: Partial<Doc<'item'>> = {},
): Doc<'item'> => itemWith(of, { id, seq, at: seq, subject: of.subject, text: `您好 ${id}`, ...more })

export const tag = (id: string, name = id): Doc<'tag'> => ({ id, name })

export const readMark = (id: string, agentId: string, seq = 1): Doc<'readMark'> => ({
  id,
  agentId,
  conversationId: 'c1',
  seq,
})
