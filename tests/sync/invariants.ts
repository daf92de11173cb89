import type { Item } from '#shared/model/item.ts'
import { keyOf } from '#shared/model/row.ts'
import { streamsOfAgent } from '#shared/model/stream.ts'
import type { StoredEvent } from '../../server/store/store.ts'
import { none } from './broken.ts'
import type { SimulatedDesk } from './desk.ts'
import type { SimulatedHub } from './hub.ts'
import type { PostOffice } from './post-office.ts'
import { readTruth, type Truth, type TypedDoc } from './truth.ts'

/**
 * The invariants of docs/sync.md, by their names, on a team at rest. I7 to I9 belong to features that have tests of their own.
 * @throws Broken
 */
export async function checkInvariants(
  hub: SimulatedHub,
  desks: readonly SimulatedDesk[],
  office: PostOffice,
): Promise<void> {
  none('S12', 'the hub met errors of ours', hub.errors)
  none('I2', 'a message left that nobody asked for', office.wrong)
  none('I5', 'a row left for a desk that may not have it', hub.rights.wrong)
  for (const desk of desks) drained(desk)
  none('I10', 'the hub still has work, and nothing moves', hub.unfinished)

  const truth = await readTruth(hub.store)
  const { events, items } = truth
  nothingTwice(events)
  for (const desk of desks) nothingLost(desk, events)
  mailTakenOnce(hub, items)
  staysTakenBack(events, office)
  doneIsThere(events, items)
  writtenTogether(truth)
  nothingHangs(items)
  orderIsUnambiguous(truth)
  oneOwner(truth)
  statusIsTold(truth)
  mergesEnd(truth)
  for (const desk of desks) {
    replicaEqualsHub(desk, truth)
    sameOrder(desk, truth)
    nothingLeftBehind(desk)
  }
}

/** I10: a desk at rest is connected, up to date, and waits for nothing. */
function drained(desk: SimulatedDesk): void {
  const { name } = desk.seat
  none('S28', `the replica of ${name} was called damaged`, desk.damage.map(String))
  const { phase, fault } = desk.connection.standing
  none('I10', `${name} is not connected and up to date`, phase === 'live' && !fault ? [] : [phase, fault])
  none('I10', `the outbox of ${name} has not drained`, desk.waiting)
}

/** I1: a mutation is run once, whatever is sent again. */
function nothingTwice(events: readonly StoredEvent[]): void {
  const ids = events.flatMap(({ mutationId }) => mutationId ?? [])
  const seen = new Set<string>()
  none(
    'I1',
    'a mutation was run twice',
    ids.filter(id => seen.has(id) || !seen.add(id)),
  )
}

/**
 * I1: whatever a desk accepted the hub has decided. Given up, by S5, is only what the hub had answered before it was taken back
 * to a backup that does not have it.
 */
function nothingLost(desk: SimulatedDesk, events: readonly StoredEvent[]): void {
  const decided = new Set(events.flatMap(({ mutationId }) => mutationId ?? []))
  const { name } = desk.seat
  const lost = [...desk.made].filter(([id, made]) => made.answered && !made.forgiven && !decided.has(id))
  none('I1', `changes that ${name} was told are done are not on the hub`, lost)
  none('I1', `changes of ${name} left the outbox without an answer`, desk.vanished)
}

/** I1, S19: every message a customer's server has got rid of is there, once. */
function mailTakenOnce(hub: SimulatedHub, items: readonly Item[]): void {
  const texts = items.filter(({ direction }) => direction === 'in').map(({ text }) => text)
  none(
    'S19',
    'a mail is there twice',
    texts.filter((text, index) => texts.indexOf(text) !== index),
  )
  const there = new Set(texts)
  const lost = hub.customers.taken.filter(key => !there.has(`customer ${key}`))
  none('I1', 'a mail was taken and is not there', lost)
}

/** I2: what its author has taken back, by the hub's word, never leaves. */
function staysTakenBack(events: readonly StoredEvent[], office: PostOffice): void {
  const taken = new Set(takenBack(events))
  none(
    'I2',
    'a message left that was taken back',
    office.left.filter(({ itemId }) => taken.has(itemId)),
  )
}

const takenBack = (events: readonly StoredEvent[]): string[] =>
  events
    .filter(({ name, facts }) => name === 'reply.cancel' && facts.outcome === 'done')
    .flatMap(({ keys }) => keys.flatMap(({ type, id }) => (type === 'item' ? id : [])))

const ITEMS = new Set(['reply.send', 'reply.schedule', 'note.add'])

/** I1: a reply or note that is called done is an item. */
function doneIsThere(events: readonly StoredEvent[], items: readonly Item[]): void {
  const there = new Set([...items.map(({ id }) => id), ...takenBack(events), ...everShared(events)])
  const missing = events
    .filter(({ name, facts }) => ITEMS.has(name) && facts.outcome !== 'refused')
    .flatMap(({ keys }) => keys.filter(({ type, id }) => type === 'item' && !there.has(id)))
  none('I1', 'an item that was acknowledged is not there', missing)
}

/** Shared drafts that there ever were: one goes when it is sent. */
const everShared = (events: readonly StoredEvent[]): string[] =>
  events
    .filter(({ name }) => name === 'draft.share')
    .flatMap(({ keys }) => keys.flatMap(({ type, id }) => (type === 'item' ? id : [])))

/** I2: a conversation has one shared draft at most, which it knows, and what was sent of one was sent once. */
function writtenTogether({ items, conversations }: Truth): void {
  const known = new Map(
    conversations.flatMap(({ id, sharedDraft }) =>
      sharedDraft ? [[sharedDraft.itemId, { id, ...sharedDraft }]] : [],
    ),
  )
  const shared = items.filter(({ draft }) => draft)
  none(
    'I2',
    'a shared draft that its conversation does not know as its own',
    shared.filter(
      ({ id, conversationId, draft }) =>
        known.get(id)?.id !== conversationId || known.get(id)?.writerId !== draft?.writerId,
    ),
  )
  none(
    'I2',
    'a conversation knows a shared draft that is gone',
    known.size - shared.length ? [...known.keys()] : [],
  )
  const texts = items.flatMap(({ text, direction }) =>
    direction === 'out' && text.startsWith('shared ') ? text : [],
  )
  none(
    'I2',
    'a shared draft was sent twice',
    texts.filter((text, index) => texts.indexOf(text) !== index),
  )
}

/** I10: nothing is on its way when nothing moves. */
function nothingHangs(items: readonly Item[]): void {
  const hanging = items.filter(
    ({ delivery }) => delivery?.state === 'queued' || delivery?.state === 'sending',
  )
  none(
    'I10',
    'a message is on its way for ever',
    hanging.map(({ id, delivery }) => [id, delivery?.state]),
  )
}

/** I4: within a conversation every item has its own place, and the conversation knows the last. */
function orderIsUnambiguous({ conversations, items }: Truth): void {
  for (const { id, lastSeq } of conversations) {
    const seqs = items.filter(item => item.conversationId === id).map(({ seq }) => seq)
    none(
      'I4',
      `two items of ${id} have one place`,
      seqs.filter((seq, index) => seqs.indexOf(seq) !== index),
    )
    none(
      'I4',
      `${id} does not know its last place ${lastSeq}`,
      seqs.filter(seq => seq > lastSeq),
    )
  }
}

/** I6: a claim takes only what nobody has, and the owner is whom the last assignment names. */
function oneOwner({ conversations, items, events }: Truth): void {
  const claims = new Set(
    events.flatMap(({ name, mutationId }) => (name === 'conversation.claim' ? (mutationId ?? []) : [])),
  )
  for (const conversation of conversations) {
    let owner: string | null = null
    for (const { id, event } of inOrder(items, conversation.id)) {
      if (event?.kind === 'assigned') {
        none('I6', `${conversation.id} was claimed from ${owner}`, claims.has(id) && owner ? [id] : [])
        owner = event.agentId
      } else if (event?.kind === 'unassigned') owner = null
    }
    none(
      'I6',
      `the owner of ${conversation.id} is not whom the last assignment names`,
      owner === conversation.assigneeId ? [] : [conversation.assigneeId, owner],
    )
  }
}

/** S22: a conversation is closed by a change that everybody can see, never by one that is still held. */
function statusIsTold({ conversations, items }: Truth): void {
  for (const { id, status, held } of conversations) {
    const told = inOrder(items, id).findLast(({ event }) =>
      ['closed', 'reopened', 'snoozed', 'woke'].includes(event?.kind ?? ''),
    )
    none(
      'S22',
      `${id} is closed and nobody closed it`,
      status === 'closed' && told?.event?.kind !== 'closed' ? [told] : [],
    )
    const along = new Set(held.flatMap(entry => entry.along.map(({ mutationId }) => mutationId)))
    none(
      'S22',
      `a change of status of ${id} is held and done`,
      items.filter(item => along.has(item.id)).map(({ id: itemId }) => itemId),
    )
    const unheld = held.filter(
      ({ itemId }) => items.find(item => item.id === itemId)?.delivery?.state !== 'held',
    )
    none('S22', `${id} believes that a reply is held`, unheld)
  }
}

/** S26: whoever is merged is part of one who stands for themselves; no way leads in a circle. */
function mergesEnd({ customers }: Truth): void {
  const into = new Map(customers.map(({ id, mergedInto }) => [id, mergedInto]))
  const circling = customers.filter(({ id }) => {
    const seen = new Set<string>()
    for (let at: string | null | undefined = id; at; at = into.get(at)) {
      if (seen.has(at)) return true
      seen.add(at)
    }
    return false
  })
  none(
    'S26',
    'customers are merged in a circle',
    circling.map(({ id }) => id),
  )
}

/** I3 and I5: a desk holds the rows of its agent's streams as the hub has them, all that its coverage declares, and no others. */
function replicaEqualsHub(desk: SimulatedDesk, truth: Truth): void {
  const { agentId, name } = desk.seat
  const shown = truth.shownTo(agentId)
  const held = new Map(desk.rows().map(row => [keyOf(row), JSON.stringify(row.doc)]))
  const coverage = new Map(desk.pairs<string, number>('select conversation_id, from_seq from coverage'))
  const isDeclared = (row: TypedDoc): boolean =>
    row.type !== 'item' || (row.doc as Item).seq >= (coverage.get((row.doc as Item).conversationId) ?? 1)

  const absent = [...shown].filter(([word]) => !held.has(word))
  const other = [...shown].filter(([word, row]) => held.has(word) && held.get(word) !== row.text)
  none(
    'I5',
    `${name} holds rows that their agent may not see, or that are gone`,
    [...held.keys()].filter(word => !shown.has(word)),
  )
  none(
    'I3',
    `${name} lacks rows that its coverage declares`,
    absent.filter(([, row]) => isDeclared(row)).map(([word]) => word),
  )
  none(
    'I3',
    `${name} holds rows otherwise than the hub`,
    other.map(([word, { text }]) => `${word} is ${held.get(word)}, on the hub ${text}`),
  )
}

/** I4: the desk shows a conversation in the hub's order. */
function sameOrder(desk: SimulatedDesk, { conversations, items }: Truth): void {
  for (const { id } of conversations) {
    // As the timeline does: by instant (tables.ts), and within it by seq.
    const shown = desk.column<string>(
      'select id from item where conversation_id = ? order by place / 4096, seq',
      id,
    )
    const held = new Set(shown)
    const order = inOrder(items, id).flatMap(item => (held.has(item.id) ? [item.id] : []))
    none(
      'I4',
      `${desk.seat.name} shows ${id} in another order`,
      shown.filter((itemId, index) => itemId !== order[index]),
    )
  }
}

/** I3, I5: nothing is left of what is gone: undone effects, memberships, tokens of the index, marks of lost streams. */
function nothingLeftBehind(desk: SimulatedDesk): void {
  const { name } = desk.seat
  const { agentId } = desk.seat
  none('I3', `a local effect outlives its mutation on ${name}`, desk.column('select id from base'))
  none('I3', `${name} remembers keys of what no longer waits`, desk.column('select id from outbox_key'))
  const agent = desk.get('agent', agentId)
  const streams = new Set<string>(agent ? streamsOfAgent(agent) : [])
  none(
    'I5',
    `${name} still follows streams it lost`,
    desk.column<string>('select stream from stream').filter(stream => !streams.has(stream)),
  )
  none('I5', `${name} still hides inboxes it may see`, desk.column('select inbox_id from hidden_inbox'))
  for (const [type, table] of indexed)
    none(
      'I5',
      `the index of ${name} does not fit its rows of ${type}`,
      desk.column(
        `select rowid from ${table} where rowid not in (select ${type === 'item' ? 'place' : 'rowid'} from ${type})`,
      ),
    )
  none('I10', `${name} has items that search never finds`, desk.column('select place from unindexed'))
  none(
    'I5',
    `${name} keeps memberships of rows it does not hold`,
    desk.column(`select id from membership m where
      (type = 'customer' and id not in (select id from customer))
      or (type = 'identity' and id not in (select id from identity))`),
  )
  none(
    'I5',
    `${name} keeps coverage of conversations it does not hold`,
    desk.column(
      'select conversation_id from coverage where conversation_id not in (select id from conversation)',
    ),
  )
}

const indexed = [
  ['item', 'item_text'],
  ['customer', 'customer_text'],
] as const

const inOrder = (items: readonly Item[], conversationId: string): Item[] =>
  items.filter(item => item.conversationId === conversationId).sort((one, other) => one.seq - other.seq)
