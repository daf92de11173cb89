/** Documents for tests, with nothing in them but what a test says: what a model gains is added here, once. */
import type { Agent } from './agent.ts'
import type { Conversation } from './conversation.ts'
import type { Customer } from './customer.ts'
import type { Identity } from './identity.ts'
import type { Item } from './item.ts'

/** What everybody must say who wants one. */
type Said<T, K extends keyof T> = Partial<T> & Pick<T, K>

export const agentWith = (said: Said<Agent, 'id'>): Agent => ({
  name: said.id,
  email: `${said.id}@skein.example`,
  role: 'agent',
  inboxIds: [],
  active: true,
  ...said,
})

export const customerWith = (said: Said<Customer, 'id'>): Customer => ({
  name: said.id,
  company: '',
  language: '',
  timeZone: '',
  tier: '',
  note: '',
  mergedInto: null,
  createdAt: 0,
  ...said,
})

export const identityWith = (said: Said<Identity, 'id' | 'customerId'>): Identity => ({
  channel: 'email',
  address: `${said.id}@customer.example`,
  name: '',
  createdAt: 0,
  ...said,
})

export const conversationWith = (
  said: Said<Conversation, 'id' | 'inboxId' | 'customerId' | 'identityId'>,
): Conversation => ({
  channel: 'email',
  subject: '',
  status: 'open',
  snoozedUntil: null,
  assigneeId: null,
  tagIds: [],
  lastSeq: 0,
  createdAt: 0,
  activityAt: 0,
  preview: '',
  lastInbound: null,
  lastReply: null,
  lastStatusChange: null,
  lastAssignment: null,
  waitingSince: null,
  held: [],
  ...said,
})

/** A message that came in, with no subject and no text. */
export const itemWith = (
  of: Pick<Conversation, 'id' | 'customerId' | 'inboxId' | 'channel' | 'identityId'>,
  said: Said<Item, 'id' | 'seq' | 'at'>,
): Item => ({
  conversationId: of.id,
  customerId: of.customerId,
  inboxId: of.inboxId,
  channel: of.channel,
  kind: 'message',
  direction: 'in',
  writtenAt: said.at,
  author: { kind: 'customer', identityId: of.identityId },
  subject: '',
  text: '',
  quoted: '',
  html: null,
  attachments: [],
  mail: null,
  delivery: null,
  basis: null,
  holdReasons: [],
  event: null,
  ...said,
})
