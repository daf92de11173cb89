// What the scripted core answers to every query, from the rows of its world.
import type { Doc } from '#shared/model/row.ts'
import type { QueryArgs, QueryName, QueryRow, ThreadFilter, View, ViewCount } from '#shared/queries/index.ts'
import type { World } from './world.ts'

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

/** What each query says. */
export const answers: { [N in QueryName]: (world: World, args: QueryArgs<N>) => QueryRow<N>[] } = {
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
    world
      .all('draft')
      .filter(
        each =>
          each.agentId === world.agentId && each.conversationId === conversationId && world.stands(each),
      ),
  sharedDraft: (world, { conversationId }) =>
    world.all('item').filter(each => each.conversationId === conversationId && each.draft !== undefined),
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
