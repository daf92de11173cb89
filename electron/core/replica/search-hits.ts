import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Item } from '#shared/model/item.ts'
import type { QueryArgs, SearchHit } from '#shared/queries/index.ts'
import { answers, findWord, type Question, questionOf } from '#shared/rules/segment-question.ts'
import { snippetOf } from '#shared/rules/segment-snippet.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { createMerged } from './queries/merged.ts'
import { inboxCodes } from './search-inboxes.ts'
import { customerForms, customerTexts, itemTexts } from './search-texts.ts'

type Find<R> = (question: Question, inboxId: Id | null, limit: number) => R[]

/** Customers stand first and are few: a person who means one types more of the name. */
const CUSTOMERS = 5
/** Of so many customers, the newest, the best are shown. */
const CANDIDATES = 100

/**
 * Search as `queries.search` describes it: customers, then items, newest first. Every hit answers the question, and no
 * item of this desk that does is left out before the limit. Nothing a person types reaches FTS5 but as a quoted token.
 */
export function createSearch(db: Database): (args: QueryArgs<'search'>) => SearchHit[] {
  const customers = findCustomers(db)
  const items = findItems(db)
  return ({ text, inboxId, limit }) => {
    const question = questionOf(text)
    if (!question) return []
    const found = customers(question, inboxId, Math.min(CUSTOMERS, limit))
    return [...found, ...items(question, inboxId, limit - found.length)]
  }
}

/** The plus keeps SQLite from walking through the whole inbox instead of the customer's few conversations. */
export const customerInInbox = 'select 1 from conversation where customer_id = ? and +inbox_id = ? limit 1'

/** All of these tokens, as FTS5 asks for them; of items with the code of an inbox. */
export const everyToken = (tokens: readonly string[], code = ''): string =>
  tokens.map(token => `"${code}${token}"`).join(' AND ')

function findItems(db: Database): Find<SearchHit> {
  const places = db
    .prepare<[string], number>('select rowid from item_text where item_text match ? order by rowid desc')
    .pluck()
  const read = db.prepare<[number], string>('select doc from item where place = ?').pluck()
  const conversation = db.prepare<[Id], string>('select doc from conversation where id = ?').pluck()
  const codes = inboxCodes(db)
  const merged = createMerged(db)

  const hit = (item: Item, question: Question): SearchHit => ({
    key: `item:${item.id}`,
    kind: 'item',
    customerId: merged.survivor(item.customerId),
    customerName: merged.face(item.customerId).name,
    conversationId: item.conversationId,
    itemId: item.id,
    channel: item.channel,
    subject: item.subject || subjectOf(item.conversationId),
    snippet: snippetOf(itemTexts(item), question),
    at: item.at,
  })
  const subjectOf = (id: Id): string => {
    const doc = conversation.get(id)
    return doc === undefined ? '' : (JSON.parse(doc) as Conversation).subject
  }

  return (question, inboxId, limit) => {
    const inboxes = codes.codesOf(inboxId)
    const hits: SearchHit[] = []
    if (inboxes.length === 0 || limit === 0) return hits
    const match = inboxes.map(code => `(${everyToken(question.tokens, code)})`).join(' OR ')
    for (const place of places.iterate(match)) {
      const doc = read.get(place)
      if (doc === undefined) continue
      const item = JSON.parse(doc) as Item
      if (!question.exact && !answers(question, itemTexts(item).map(normalise))) continue
      hits.push(hit(item, question))
      if (hits.length === limit) break
    }
    return hits
  }
}

function findCustomers(db: Database): Find<SearchHit> {
  const rowids = db
    .prepare<[string], number>(
      'select rowid from customer_text where customer_text match ? order by rowid desc',
    )
    .pluck()
  const read = db.prepare<[number], string>('select doc from customer where rowid = ?').pluck()
  const byId = db.prepare<[Id], string>('select doc from customer where id = ?').pluck()
  const identities = db
    .prepare<[Id], string>('select doc from identity where customer_id = ? order by id')
    .pluck()
  const isIn = db.prepare<[Id, Id]>(customerInInbox)
  const merged = createMerged(db)

  const identitiesOf = ({ id }: Customer): Identity[] =>
    identities.all(id).map(doc => JSON.parse(doc) as Identity)
  const hit = (found: Customer, question: Question): SearchHit => {
    const id = merged.survivor(found.id)
    const customer = id === found.id ? found : (JSON.parse(byId.get(id)!) as Customer)
    return {
      key: `customer:${id}`,
      kind: 'customer',
      customerId: id,
      customerName: customer.name,
      conversationId: null,
      itemId: null,
      channel: null,
      subject: customer.company,
      snippet: snippetOf(customerTexts(found, identitiesOf(found)), question),
      at: customer.createdAt,
    }
  }

  return (question, inboxId, limit) => {
    const found: { customer: Customer; rank: number }[] = []
    let seen = 0
    for (const rowid of rowids.iterate(everyToken(question.tokens))) {
      if (seen++ === CANDIDATES) break
      const customer = JSON.parse(read.get(rowid)!) as Customer
      if (inboxId !== null && isIn.get(customer.id, inboxId) === undefined) continue
      if (
        !question.exact &&
        !answers(question, customerForms(customer, identitiesOf(customer)).map(normalise))
      )
        continue
      found.push({ customer, rank: rankOf(normalise(customer.name), question) })
    }
    const hits = new Map<string, SearchHit>()
    for (const { customer } of found.sort((one, other) => one.rank - other.rank)) {
      if (hits.size === limit) break
      const one = hit(customer, question)
      if (!hits.has(one.key)) hits.set(one.key, one)
    }
    return [...hits.values()]
  }
}

/** Names that begin with a word of the question, then names that hold one, then the rest. */
function rankOf(name: string, question: Question): number {
  const places = question.words.map(word => findWord(name, word, 0)?.start ?? Number.POSITIVE_INFINITY)
  const first = Math.min(...places)
  return first === 0 ? 0 : first < Number.POSITIVE_INFINITY ? 1 : 2
}
