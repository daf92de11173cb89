import type { Agent } from '../model/agent.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Basis } from '../model/hold.ts'
import type { Attachment, Item } from '../model/item.ts'
import type { RichText } from '../model/rich-text.ts'
import { type Doc, keyOf, nouns, type RowType } from '../model/row.ts'
import { agentWith, conversationWith, customerWith } from '../model/testing.ts'
import { type MutationArgs, type MutationName, mutationNamed } from './index.ts'
import type { Verdict } from './mutation.ts'
import { RowsInMemory } from './rows-in-memory.ts'

export const T0 = 1_790_000_000_000

const person = (id: string, role: Agent['role'] = 'agent'): Agent =>
  agentWith({ id, role, inboxIds: ['support', 'sales'] })
export const lin = person('lin')
export const wang = person('wang')
export const boss = person('boss', 'supervisor')

/** A hub of one conversation, on which mutations are run as the hub runs them. For tests of mutations. */
export class Place {
  readonly rows = new RowsInMemory()
  now = T0
  #made = 0

  constructor() {
    for (const agent of [lin, wang, boss]) this.set('agent', agent)
    this.set('inbox', {
      id: 'support',
      channel: 'email',
      name: 'Support',
      address: 'support@example.com',
      signature: '',
      holdOfflineAfterMinutes: 120,
      active: true,
    })
    this.set('channel', {
      id: 'email',
      family: 'email',
      label: { en: 'Email', zh: '邮件' },
      can: {
        subject: true,
        copy: true,
        attachments: true,
        html: true,
        deliveryReceipts: false,
        readReceipts: false,
      },
      limits: { textCharacters: 1_000_000, attachmentBytes: 25_000_000, attachments: 50 },
      replyWindow: null,
    })
    for (const id of ['zhao', 'other']) this.set('customer', customerWith({ id, createdAt: T0 }))
    this.set(
      'conversation',
      conversationWith({
        id: 'c1',
        inboxId: 'support',
        customerId: 'zhao',
        identityId: 'i1',
        subject: '发票',
        lastSeq: 1,
        createdAt: T0,
        activityAt: T0,
        lastInbound: { seq: 1, at: T0 },
        waitingSince: T0,
      }),
    )
  }

  set<T extends RowType>(type: T, doc: Doc<T>): void {
    this.rows.docs.set(keyOf({ type, id: doc.id }), doc)
  }
  get conversation(): Conversation {
    return this.rows.docs.get('conversation:c1') as Conversation
  }
  change(patch: Partial<Conversation>): void {
    this.set('conversation', { ...this.conversation, ...patch })
  }
  item(id: string): Item {
    return this.rows.docs.get(`item:${id}`) as Item
  }
  state(id: string): string | undefined {
    return this.item(id).delivery?.state
  }
  /** Everything that left the inbox, in the order in which it joined the conversation. */
  get leaving(): string[] {
    return [...this.rows.docs.entries()]
      .filter(([name]) => name.startsWith('item:'))
      .map(([, doc]) => doc as Item)
      .filter(item => item.delivery?.state === 'queued')
      .sort((a, b) => a.seq - b.seq)
      .map(item => item.text)
  }

  basis(agent: Agent = lin, extra: Partial<Basis> = {}): Basis {
    const { lastSeq, status, assigneeId, inboxId, customerId } = this.conversation
    void agent
    return {
      seq: lastSeq,
      status,
      assigneeId,
      inboxId,
      customerId,
      writtenAt: this.now,
      offline: false,
      ...extra,
    }
  }

  run<N extends MutationName>(agent: Agent, name: N, args: MutationArgs<N>): Verdict {
    const mutation = mutationNamed(name)!
    const parsed = mutation.args.parse(args)
    const mutationId = `m${++this.#made}`
    this.rows.declare(mutation.reads(parsed, { agentId: agent.id, mutationId }))
    const verdict = mutation.effect(this.rows, parsed, { at: 'hub', now: this.now, agent, mutationId })
    for (const [name_, doc] of this.rows.docs) nouns[name_.split(':')[0] as RowType].parse(doc)
    return verdict
  }

  reply(
    agent: Agent,
    id: string,
    text: string,
    basis: Basis,
    attachments: Attachment[] = [],
    rich?: RichText,
  ): Verdict {
    return this.run(agent, 'reply.send', {
      id,
      ...around,
      text,
      to: [{ name: '', address: 'zhao@example.com' }],
      cc: [],
      attachments,
      basis,
      ...(rich ? { rich } : {}),
    })
  }
  release(agent: Agent, itemId: string, text?: string, basis = this.basis()): Verdict {
    return this.run(agent, 'reply.release', {
      itemId,
      ...around,
      basis,
      waiting: this.waiting(itemId),
      ...(text
        ? { content: { text, to: [{ name: '', address: 'zhao@example.com' }], cc: [], attachments: [] } }
        : {}),
    })
  }
  discard(agent: Agent, itemId: string): Verdict {
    return this.run(agent, 'reply.discard', { itemId, conversationId: 'c1', waiting: this.waiting(itemId) })
  }
  waiting(itemId: string): string[] {
    return this.conversation.held.map(held => held.itemId).filter(id => id !== itemId)
  }
}

export const around = { conversationId: 'c1', customerId: 'zhao', inboxId: 'support', channel: 'email' }
