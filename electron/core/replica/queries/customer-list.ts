import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { CustomerFilter, CustomerLine, CustomerOrder } from '#shared/queries/index.ts'
import { createCustomerMatches } from '../customer-matches.ts'
import { createInOrder, preparing } from '../in-order.ts'
import type { Replica } from '../replica.ts'
import { type Answers, type Entry, plainEntry, type QueryContext, shown } from './entry.ts'
import { createMerged } from './merged.ts'

export interface Ordered {
  filter: CustomerFilter
  order: CustomerOrder
  reversed: boolean
}

const columns: Record<CustomerOrder, string> = {
  name: 'name_key',
  'last-activity': 'last_at',
  since: 'created_at',
}

const orderBy = ({ order, reversed }: Omit<Ordered, 'filter'>): string => {
  const way = (order === 'name') === reversed ? 'desc' : 'asc'
  return `${columns[order]} ${way}, place ${way}`
}

/** Places of the customers of a filter, in order. */
export interface CustomersInOrder {
  /** Does a piece of the work that finding them still takes; false: there is more. */
  advance(filter: CustomerFilter): boolean
  count(filter: CustomerFilter): number
  /** @param limit -1: all */
  places(of: Ordered, offset: number, limit: number): number[]
}

const ofReplicas = new WeakMap<Replica, CustomersInOrder>()

/** One for each replica: what it remembers of filters is remembered once. */
export function customersInOrder(replica: Replica): CustomersInOrder {
  const found = ofReplicas.get(replica) ?? createOrder(replica)
  ofReplicas.set(replica, found)
  return found
}

function createOrder(replica: Replica): CustomersInOrder {
  const { db } = replica
  const matches = createCustomerMatches(replica)
  const prepared = preparing(db)
  const inOrder = createInOrder(db)
  return {
    advance: matches.advance,
    count: matches.count,
    places(of, offset, limit) {
      const places = matches.of(of.filter)
      const order = orderBy(of)
      if (!places)
        return prepared(`select place from person order by ${order} limit ? offset ?`).all(limit, offset)
      const walked = { where: '1', params: [] }
      return inOrder(places, { table: 'person', place: 'place', order, walked }, offset, limit)
    },
  }
}

/** One customer as the list shows them. */
export function createCustomerLines(db: Database): (place: number) => Entry<CustomerLine> {
  const merged = createMerged(db)
  const read = db.prepare<[number], { id: Id; doc: string; stands: 0 | 1 }>(
    `select id, doc, exists (select 1 from customer part where part.merged_into = c.id) as stands
     from customer c where rowid = ?`,
  )
  const channels = db
    .prepare<[Id], Id>("select distinct doc ->> 'channel' from identity where customer_id = ?")
    .pluck()
  // Not from `person`: what is in a lost inbox is not counted from the moment on that it is lost (S9).
  const conversations = db.prepare<[Id], { open: number; last: number | null }>(
    `select count(*) filter (where status <> 'closed') as open, max(activity_at) as last
     from conversation where customer_id = ? and ${shown}`,
  )
  return place => {
    const { id, doc, stands } = read.get(place)!
    const line = { channels: new Set<Id>(), openConversations: 0, lastActivityAt: null as number | null }
    for (const member of stands ? merged.family(id) : [id]) {
      for (const channel of channels.all(member)) line.channels.add(channel)
      const { open, last } = conversations.get(member)!
      line.openConversations += open
      if (last !== null) line.lastActivityAt = Math.max(line.lastActivityAt ?? 0, last)
    }
    const rest = { ...line, channels: [...line.channels].sort() }
    return {
      key: id,
      stamp: `${JSON.stringify(rest)}${doc}`,
      row: () => ({ customer: JSON.parse(doc) as Customer, ...rest }),
    }
  }
}

/** The list of customers, and how many there are of a sort. */
export function customerList({ replica }: QueryContext): Pick<Answers, 'customers' | 'customerCount'> {
  const order = customersInOrder(replica)
  const line = createCustomerLines(replica.db)
  return {
    customers: {
      ready: ({ filter }) => order.advance(filter),
      run: ({ offset, limit, ...of }) => order.places(of, offset, limit).map(line),
    },
    customerCount: {
      ready: ({ filter }) => order.advance(filter),
      run: ({ filter }) => [plainEntry('count', { count: order.count(filter) })],
    },
  }
}
