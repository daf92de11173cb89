import type { Doc } from '#shared/model/row.ts'

/** Plain docs for the contract suite; each call takes what matters to the test. */
export const customer = (id: string, more: Partial<Doc<'customer'>> = {}): Doc<'customer'> => ({
  id,
  name: `Customer ${id}`,
  company: '',
  language: 'zh-CN',
  timeZone: '',
  tier: '',
  note: '',
  mergedInto: null,
  createdAt: 1,
  ...more,
})

export const identity = (id: string, customerId: string): Doc<'identity'> => ({
  id,
  customerId,
  channel: 'email',
  address: `${id}@example.com`,
  name: '',
  createdAt: 1,
})

export const conversation = (
  id: string,
  more: Partial<Doc<'conversation'>> & Pick<Doc<'conversation'>, 'inboxId' | 'customerId' | 'identityId'>,
): Doc<'conversation'> => ({
  id,
  channel: 'email',
  subject: '一线 thread',
  status: 'open',
  snoozedUntil: null,
  assigneeId: null,
  tagIds: [],
  lastSeq: 0,
  createdAt: 1,
  activityAt: 1,
  preview: '',
  lastInbound: null,
  lastReply: null,
  lastStatusChange: null,
  lastAssignment: null,
  waitingSince: null,
  held: [],
  ...more,
})

export const item = (
  id: string,
  of: Doc<'conversation'>,
  seq: number,
  more: Partial<Doc<'item'>> = {},
): Doc<'item'> => ({
  id,
  conversationId: of.id,
  customerId: of.customerId,
  inboxId: of.inboxId,
  channel: of.channel,
  kind: 'message',
  direction: 'in',
  seq,
  at: seq,
  writtenAt: seq,
  author: { kind: 'customer', identityId: of.identityId },
  subject: of.subject,
  text: `您好 ${id}`,
  quoted: '',
  html: null,
  attachments: [],
  mail: null,
  delivery: null,
  basis: null,
  holdReasons: [],
  event: null,
  ...more,
})

export const tag = (id: string, name = id): Doc<'tag'> => ({ id, name })

export const readMark = (id: string, agentId: string, seq = 1): Doc<'readMark'> => ({
  id,
  agentId,
  conversationId: 'c1',
  seq,
})
