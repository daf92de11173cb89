// Rows in memory and what every live query says of them: enough of a core to picture and test the renderer without a hub. Mutations
// run the real effects of shared/; nothing is ever confirmed by anybody, so what it shows after one is what an offline desk shows.
import { draftId } from '#shared/model/draft.ts'
import type { DeliveryState } from '#shared/model/item.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import { type Doc, keyOf, type RowType } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import { RowsInMemory } from '#shared/mutations/rows-in-memory.ts'
import type {
  Alert,
  ConversationLine,
  CustomerCard,
  MergeSuggestion,
  OutboxEntry,
  QueryArgs,
  QueryName,
  QueryRow,
  RefusedEntry,
  ThreadFilter,
  View,
  ViewCount,
} from '#shared/queries/index.ts'

export class World {
  readonly rows = new RowsInMemory()
  outbox: OutboxEntry[] = []
  refused: RefusedEntry[] = []
  /** Whom a core would suggest as the same person as anybody else. */
  suggestions: MergeSuggestion[] = []
  /** What a core would say wants attention. */
  alerts: Alert[] = []
  /** What other systems say about anybody. */
  cards: CustomerCard[] = []
  /** Items this desk has shown and the hub has not confirmed. */
  readonly pending = new Set<string>()
  coverageFrom = new Map<string, number>()
  readonly agentId: string
  #lastMutation = 0
  readonly #now: () => number

  constructor(agentId: string, now: () => number) {
    this.agentId = agentId
    this.#now = now
  }

  put<T extends RowType>(type: T, ...docs: Doc<T>[]): this {
    for (const doc of docs) this.rows.docs.set(keyOf({ type, id: doc.id }), doc)
    return this
  }

  all<T extends RowType>(type: T): Doc<T>[] {
    const prefix = keyOf({ type, id: '' })
    return [...this.rows.docs].flatMap(([key, doc]) => (key.startsWith(prefix) ? [doc as Doc<T>] : []))
  }

  one<T extends RowType>(type: T, id: string): Doc<T> | undefined {
    return this.rows.docs.get(keyOf({ type, id })) as Doc<T> | undefined
  }

  /** Runs a mutation's real effect. @returns the verdict's kind */
  mutate(name: string, given: unknown): { mutationId: string; verdict: 'done' | 'held' | 'refused' } {
    const mutation = mutationNamed(name)
    if (!mutation) throw new Error(`no mutation ${name}`)
    const args = mutation.args.parse(given)
    const agent = this.one('agent', this.agentId)!
    const mutationId = `mutation-${++this.#lastMutation}`
    this.rows.declare(mutation.reads(args, { agentId: agent.id, mutationId }))
    const before = new Map(this.rows.docs)
    const verdict = mutation.effect(this.rows, args, { at: 'desk', now: this.#now(), agent, mutationId })
    if (verdict?.kind === 'refused') return { mutationId, verdict: 'refused' }
    for (const [key, doc] of this.rows.docs)
      if (key.startsWith(keyOf({ type: 'item', id: '' })) && !before.has(key))
        this.pending.add((doc as { id: string }).id)
    const words = mutation.words?.(args)
    const conversationId = (args as { conversationId?: string }).conversationId ?? null
    const same = mutation.coalesce?.(args)
    this.outbox = [
      ...this.outbox.filter(entry => same === undefined || entry.preview !== same),
      {
        id: mutationId,
        name,
        conversationId,
        customerId: this.customerOf(conversationId),
        itemId: (args as { id?: string }).id ?? null,
        customerName: this.customerName(conversationId),
        preview: words?.text.slice(0, 200) ?? '',
        writtenAt: this.#now(),
        waitsFor: 'network',
        behind: null,
        upload: null,
      },
    ]
    return { mutationId, verdict: verdict?.kind === 'held' ? 'held' : 'done' }
  }

  /** Everybody who is one person with this customer, the survivor first. */
  family(id: string): string[] {
    const survivor = (of: string): string => {
      const into = this.one('customer', of)?.mergedInto
      return into ? survivor(into) : of
    }
    const person = survivor(id)
    const others = this.all('customer').flatMap(each =>
      each.id !== person && survivor(each.id) === person ? [each.id] : [],
    )
    return [person, ...others]
  }

  customerOf(conversationId: string | null): string | null {
    return (
      (conversationId === null ? undefined : this.one('conversation', conversationId)?.customerId) ?? null
    )
  }

  customerName(conversationId: string | null): string {
    const id = this.customerOf(conversationId)
    return (id === null ? undefined : this.one('customer', id)?.name) ?? ''
  }

  /** Something that waits, with what it says about a conversation filled in. */
  waits(entry: Partial<OutboxEntry> & Pick<OutboxEntry, 'name'>): this {
    const conversationId = entry.conversationId ?? null
    this.outbox = [
      ...this.outbox,
      {
        id: `waiting-${this.outbox.length + 1}`,
        conversationId,
        customerId: this.customerOf(conversationId),
        itemId: null,
        customerName: this.customerName(conversationId),
        preview: '',
        writtenAt: this.#now(),
        waitsFor: 'network',
        behind: null,
        upload: null,
        ...entry,
      },
    ]
    return this
  }

  lines(view: View, inboxId: string | null): ConversationLine[] {
    const failed = this.#inState('failed')
    const uncertain = this.#inState('uncertain')
    return this.all('conversation')
      .filter(each => inboxId === null || each.inboxId === inboxId)
      .filter(({ id, status, assigneeId, waitingSince, held }) => {
        switch (view) {
          case 'mine':
            return status === 'open' && assigneeId === this.agentId
          case 'unassigned':
            return status === 'open' && assigneeId === null
          case 'open':
            return status === 'open'
          case 'waiting':
            return status === 'open' && waitingSince === null
          case 'snoozed':
            return status === 'snoozed'
          case 'closed':
            return status === 'closed'
          case 'held':
            return held.length > 0
          case 'mentioned':
            return this.all('item').some(
              ({ conversationId, mentions }) => conversationId === id && mentions?.includes(this.agentId),
            )
        }
        return false
      })
      .map(conversation => {
        const customer = this.one('customer', conversation.customerId)
        const mark = this.one('readMark', readMarkId(this.agentId, conversation.id))
        return {
          conversation,
          customerName: customer?.name ?? '',
          customerTier: customer?.tier ?? '',
          unread: (conversation.lastInbound?.seq ?? 0) > (mark?.seq ?? 0),
          hasDraft: this.one('draft', draftId(this.agentId, conversation.id, 'reply')) !== undefined,
          notSent: failed.get(conversation.id) ?? 0,
          uncertain: uncertain.get(conversation.id) ?? 0,
          waitingToSend: this.outbox.filter(
            entry => entry.conversationId === conversation.id && entry.name.startsWith('reply.'),
          ).length,
        }
      })
  }

  /** How many messages of each conversation are so. */
  #inState(state: DeliveryState): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { conversationId, delivery } of this.all('item'))
      if (delivery?.state === state) counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1)
    return counts
  }

  /** What a live query says now. */
  ask<N extends QueryName>(name: N, args: QueryArgs<N>): QueryRow<N>[] {
    return (answers[name] as (world: World, args: unknown) => QueryRow<N>[])(this, args)
  }
}

const views: View[] = ['mine', 'unassigned', 'open', 'waiting', 'snoozed', 'closed', 'held']

/** A person's items in order, of which the filter leaves some. */
function threadOf(world: World, customerId: string, filter?: ThreadFilter): Doc<'item'>[] {
  const family = world.family(customerId)
  const { channels, kinds, authors, from, until } = filter ?? {
    ...{ channels: [], kinds: [], authors: [], from: null, until: null },
  }
  return world
    .all('item')
    .filter(({ kind, call, channel, author, attachments, at, customerId: of }) => {
      const sorts = [call ? 'call' : kind, ...(attachments.length > 0 ? ['file'] : [])]
      const who = author.kind === 'agent' ? author.agentId : author.kind
      return (
        family.includes(of) &&
        (channels.length === 0 || channels.includes(channel)) &&
        (kinds.length === 0 || kinds.some(each => sorts.includes(each))) &&
        (authors.length === 0 || authors.includes(who)) &&
        at >= (from ?? 0) &&
        at < (until ?? Number.POSITIVE_INFINITY)
      )
    })
    .sort((a, b) => a.at - b.at || a.seq - b.seq)
}

const answers: { [N in QueryName]: (world: World, args: QueryArgs<N>) => QueryRow<N>[] } = {
  workspace: world => world.all('workspace'),
  agents: world => world.all('agent'),
  channels: world => world.all('channel'),
  inboxes: world => world.all('inbox'),
  tags: world => world.all('tag'),
  viewCounts: world => {
    const inboxes = [null, ...world.all('inbox').map(({ id }) => id)]
    return views.flatMap(view =>
      inboxes.map((inboxId): ViewCount => ({ view, inboxId, count: world.lines(view, inboxId).length })),
    )
  },
  conversations: (world, { view, inboxId, sort, offset, limit }) =>
    world
      .lines(view, inboxId)
      .sort(({ conversation: a }, { conversation: b }) =>
        sort === 'newest'
          ? b.activityAt - a.activityAt
          : (a.waitingSince ?? Number.MAX_VALUE) - (b.waitingSince ?? Number.MAX_VALUE) ||
            b.activityAt - a.activityAt,
      )
      .slice(offset, offset + limit),
  // Conditions are SQL: tests of them have a real core (tests/renderer/inbox). This one knows all, and no conditions.
  chosenConversations: (world, { offset, limit }) => world.lines('open', null).slice(offset, offset + limit),
  conversationCount: world => [{ count: world.lines('open', null).length }],
  savedViews: world => world.all('savedView'),
  alerts: world => world.alerts,
  waiting: world => {
    const mine = world.lines('mine', null)
    const whose = mine.some(({ conversation }) => conversation.waitingSince !== null)
      ? mine
      : world.lines('unassigned', null)
    return whose
      .flatMap(({ conversation: { id, customerId, waitingSince } }) =>
        waitingSince === null
          ? []
          : { conversationId: id, customerId, since: waitingSince, mine: whose === mine },
      )
      .sort((a, b) => a.since - b.since)
  },
  conversation: (world, { id }) => world.all('conversation').filter(each => each.id === id),
  customer: (world, { id }) => world.all('customer').filter(each => each.id === id),
  // The list has conditions in SQL: tests of it have a real core (tests/renderer/customers). This one knows everybody, and no conditions.
  customers: (world, { offset, limit }) =>
    world
      .all('customer')
      .filter(({ mergedInto }) => mergedInto === null)
      .slice(offset, offset + limit)
      .map(customer => {
        const conversations = world.ask('customerConversations', { customerId: customer.id })
        return {
          customer,
          channels: [
            ...new Set(world.ask('identities', { customerId: customer.id }).map(({ channel }) => channel)),
          ],
          openConversations: conversations.filter(({ status }) => status === 'open').length,
          lastActivityAt: conversations[0]?.activityAt ?? null,
        }
      }),
  customerCount: world => [
    { count: world.all('customer').filter(({ mergedInto }) => mergedInto === null).length },
  ],
  segments: world => world.all('segment'),
  macros: world => world.all('macro'),
  family: (world, { customerId }) => world.family(customerId).flatMap(id => world.one('customer', id) ?? []),
  mergeSuggestions: (world, { customerId }) => {
    const family = world.family(customerId)
    return world.suggestions.filter(({ customer }) => !family.includes(customer.id))
  },
  identities: (world, { customerId }) => {
    const family = world.family(customerId)
    return world.all('identity').filter(each => family.includes(each.customerId))
  },
  customerConversations: (world, { customerId }) => {
    const family = world.family(customerId)
    return world
      .all('conversation')
      .filter(each => family.includes(each.customerId))
      .sort((a, b) => b.activityAt - a.activityAt)
  },
  timeline: (world, { customerId, limit, around, filter }) => {
    const items = threadOf(world, customerId, filter)
    const place = around === undefined ? -1 : items.findIndex(({ id }) => id === around)
    const [from, to] =
      place < 0
        ? [items.length - limit, items.length]
        : [place + 1 - Math.ceil(limit / 2), place + 1 + Math.floor(limit / 2)]
    return items.slice(Math.max(0, from), to).map(item => ({
      item: { ...item, html: null },
      hasHtml: item.html !== null,
      pending: world.pending.has(item.id),
    }))
  },
  threadHits: (world, { customerId, text, limit, filter }) =>
    threadOf(world, customerId, filter)
      .filter(item => `${item.subject} ${item.text}`.toLowerCase().includes(text.toLowerCase()))
      .reverse()
      .slice(0, limit)
      .map(({ id, at }) => ({ itemId: id, at })),
  threadMonths: (world, { customerId, filter }) => {
    const months = Map.groupBy(threadOf(world, customerId, filter), ({ at }) => {
      const date = new Date(at)
      return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`
    })
    return [...months]
      .reverse()
      .map(([month, items]) => ({ month, count: items.length, itemId: items[0]!.id }))
  },
  original: (world, { itemId }) => {
    const html = world.one('item', itemId)?.html
    return html ? [{ itemId, html }] : []
  },
  coverage: (world, { customerId }) =>
    world
      .ask('customerConversations', { customerId })
      .map(({ id }) => ({ conversationId: id, fromSeq: world.coverageFrom.get(id) ?? 0, loading: false })),
  readMarks: (world, { customerId }) => {
    const own = new Set(world.ask('customerConversations', { customerId }).map(({ id }) => id))
    return world
      .all('readMark')
      .filter(each => each.agentId === world.agentId && own.has(each.conversationId))
  },
  cards: world => world.cards,
  customerFiles: (world, { customerId, limit }) =>
    world
      .all('item')
      .filter(item => world.family(customerId).includes(item.customerId))
      .sort((a, b) => b.at - a.at)
      .flatMap(({ id, conversationId, channel, at, author, attachments }) =>
        attachments.map((file, index) => ({
          ...{ key: `${id}:${index}`, itemId: id, conversationId, customerId, channel, at, author, file },
        })),
      )
      .slice(0, limit),
  holdings: world => [{ items: world.all('item').length, customers: world.all('customer').length }],
  drafts: (world, { conversationId }) =>
    world.all('draft').filter(each => each.conversationId === conversationId),
  held: world =>
    world.all('conversation').flatMap(conversation =>
      conversation.held.flatMap(({ itemId, agentId, reasons }) => {
        const item = world.one('item', itemId)
        return item
          ? [{ item, conversation, customerName: world.customerName(conversation.id), reasons, agentId }]
          : []
      }),
    ),
  undelivered: world =>
    world
      .all('item')
      .filter(({ delivery }) => delivery?.state === 'failed' || delivery?.state === 'uncertain')
      .map(item => ({ item, customerName: world.customerName(item.conversationId) })),
  planned: world =>
    world
      .all('item')
      .filter(({ delivery }) => delivery?.state === 'queued' && delivery.later && !delivery.later.undo)
      .map(item => ({ item, customerName: world.customerName(item.conversationId) })),
  outbox: world => world.outbox,
  refused: world => world.refused,
  search: (world, { text, limit }) => {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return []
    const mark = (found: string): string => {
      const at = found.toLowerCase().indexOf(wanted)
      return at === -1
        ? found.slice(0, 160)
        : `${found.slice(Math.max(0, at - 60), at)}\uE000${found.slice(at, at + wanted.length)}\uE001${found.slice(at + wanted.length, at + 100)}`
    }
    const customers = world
      .all('customer')
      .filter(({ name, company }) => `${name} ${company}`.toLowerCase().includes(wanted))
      .map(({ id, name, company, createdAt }) => ({
        key: `customer:${id}`,
        kind: 'customer' as const,
        customerId: id,
        customerName: name,
        conversationId: null,
        itemId: null,
        channel: null,
        subject: '',
        snippet: mark(company || name),
        at: createdAt,
      }))
    const items = world
      .all('item')
      .filter(item => `${item.subject} ${item.text}`.toLowerCase().includes(wanted))
      .sort((a, b) => b.at - a.at)
      .map(item => ({
        key: `item:${item.id}`,
        kind: 'item' as const,
        customerId: item.customerId,
        customerName: world.one('customer', item.customerId)?.name ?? '',
        conversationId: item.conversationId,
        itemId: item.id,
        channel: item.channel,
        subject: item.subject,
        snippet: mark(item.text),
        at: item.at,
      }))
    return [...customers, ...items].slice(0, limit)
  },
}
