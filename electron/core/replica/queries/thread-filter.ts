import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { ThreadFilter } from '#shared/queries/index.ts'
import { isOfKinds, maskOf } from '../facets.ts'
import { SLOTS } from '../tables.ts'

/** A filter as the named parameters of `passes`. Lists are JSON; null: all. */
export interface Passing {
  low: number
  high: number
  kinds: number
  conversations: string | null
  authors: string | null
  customers: 0 | 1
}

/** Of table `item`. What the index of timelines holds is asked first; a document only for who wrote what no agent wrote. */
export const passes = `place >= @low and place < @high and ${isOfKinds}
  and (@conversations is null or conversation_id in (select value from json_each(@conversations)))
  and (@authors is null or author_id in (select value from json_each(@authors))
    or (@customers and author_id is null and doc ->> '$.author.kind' = 'customer'))`

export const everything: ThreadFilter = { channels: [], kinds: [], authors: [], from: null, until: null }

export function createPassing(db: Database): (filter: ThreadFilter, family: readonly Id[]) => Passing {
  const conversationsOf = db
    .prepare<[Id], string>('select doc from conversation where customer_id = ?')
    .pluck()

  const onChannels = (channels: readonly Id[], family: readonly Id[]): Id[] =>
    family
      .flatMap(id => conversationsOf.all(id))
      .map(doc => JSON.parse(doc) as Conversation)
      .filter(({ channel }) => channels.includes(channel))
      .map(({ id }) => id)

  return ({ channels, kinds, authors, from, until }, family) => ({
    low: (from ?? 0) * SLOTS,
    high: until === null ? Number.MAX_SAFE_INTEGER : until * SLOTS,
    kinds: maskOf(kinds),
    conversations: channels.length === 0 ? null : JSON.stringify(onChannels(channels, family)),
    authors: authors.length === 0 ? null : JSON.stringify(authors.filter(each => each !== 'customer')),
    customers: authors.includes('customer') ? 1 : 0,
  })
}
