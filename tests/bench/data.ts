/**
 * A workspace of any size, the same on every machine: half of the texts Chinese, half English, with natural word
 * frequencies. Only `until`, the time of the newest item, is the caller's.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Id, Instant } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import type { Doc, Row, RowType } from '#shared/model/row.ts'
import type { Corpus } from './corpus.ts'
import { type Random, seeded } from './random.ts'

export interface Shape {
  items: number
  until: Instant
  corpus: Corpus
  seed?: number
  /** Makes the first customer own so many of the items. */
  busiest?: number
  agents?: number
  /** How many items a conversation has, about; 8 when left out. */
  length?: number
  /** Which part of the conversations is open; a tenth when left out. */
  open?: number
}

const DAY = 86_400_000
/** All items lie within so many days before `until`, inside the window of first sync. */
const DAYS = 80

/** Two inboxes write one language, two write both: what is common in one must not slow down another. */
export const inboxIds = ['inbox-zh', 'inbox-en', 'inbox-mixed', 'inbox-sales'] as const
const chineseShare = { 'inbox-zh': 1, 'inbox-en': 0, 'inbox-mixed': 0.5, 'inbox-sales': 0.5 } as const

export const agentId = (n: number): Id => `agent-${n}`
export const BUSIEST = 'customer-busiest'
export const BUSIEST_NAME = 'Ada 忙'

export const row = <T extends RowType>(type: T, doc: Doc<T>): Row =>
  ({ type, id: doc.id, rev: 1, doc }) as unknown as Row

/** Workspace, agents, channel, inboxes and tags. */
export function* smallRows(shape: Shape): Generator<Row> {
  yield row('workspace', { id: 'workspace', name: 'Bench', lockAfterDays: 30, windowDays: 90 })
  for (let n = 0; n < (shape.agents ?? 2); n++) yield row('agent', agentOf(n))
  yield row('channel', {
    id: 'email',
    family: 'email',
    label: { en: 'Email', zh: '邮件' },
    can: {
      subject: true,
      copy: true,
      attachments: true,
      html: true,
      deliveryReceipts: true,
      readReceipts: false,
    },
    limits: { textCharacters: 1_000_000, attachmentBytes: 25_000_000, attachments: 50 },
    replyWindow: null,
  })
  for (const id of inboxIds)
    yield row('inbox', {
      id,
      channel: 'email',
      name: id,
      address: `${id}@example.com`,
      signature: '',
      holdOfflineAfterMinutes: 60,
      active: true,
    })
  for (const name of ['refund', '物流', 'urgent', '发票']) yield row('tag', { id: `tag-${name}`, name })
}

export const agentOf = (n: number): Agent => ({
  id: agentId(n),
  name: `Agent ${n}`,
  email: `agent${n}@example.com`,
  role: n === 0 ? 'administrator' : 'agent',
  inboxIds: [...inboxIds],
  active: true,
})

/**
 * Customers, identities, conversations and items, a conversation's together and the most recent conversation first, as
 * first sync sends them.
 */
export function* rows(shape: Shape): Generator<Row> {
  const random = seeded(shape.seed ?? 1)
  const talks = Math.max(1, Math.round(shape.items / (shape.length ?? 8)))
  const busy = busyTalks(talks, shape.busiest ?? 0)
  let left = shape.items
  let customers = 0
  let met = false
  for (let n = 0; left > 0; n++) {
    const latest = shape.until - Math.floor(((n + random.next()) / (talks * 1.1 + 1)) * (DAYS - 5) * DAY)
    const isBusiest = busy.has(n)
    const length = Math.min(left, busy.get(n) ?? lengthOf(random, shape.length ?? 8))
    left -= length
    const isNew = isBusiest ? !met : customers === 0 || random.next() < 0.4
    if (isBusiest) met = true
    else if (isNew) customers++
    const customerId = isBusiest ? BUSIEST : uuid('c', isNew ? customers - 1 : random.below(customers))
    const inboxId = isBusiest ? 'inbox-mixed' : random.pick(inboxIds)
    const chinese = random.next() < chineseShare[inboxId]
    if (isNew) yield* personRows(customerId, chinese, shape.until - 90 * DAY, random)
    yield* talkRows({
      n,
      customerId,
      inboxId,
      chinese,
      latest,
      length,
      random,
      corpus: shape.corpus,
      open: shape.open ?? 0.1,
    })
  }
}

/** Which conversations are the busiest customer's, spread evenly from the newest on, and how long they are. */
function busyTalks(talks: number, items: number): Map<number, number> {
  const busy = new Map<number, number>()
  const count = Math.ceil(items / 200)
  for (let k = 0; k < count; k++)
    busy.set(Math.floor((k / count) * talks * 0.8), Math.min(200, items - k * 200))
  return busy
}

/** Most matters are short. */
const lengthOf = (random: Random, mean: number): number =>
  1 + Math.floor(-Math.log(1 - random.next()) * (mean - 1))

const surnames = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
]
const given = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '磊',
  '洋',
  '勇',
  '杰',
  '秀英',
  '志强',
  '晓明',
  '雨桐',
  '子涵',
  '建国',
  '丽华',
]
const first = [
  'James',
  'Mary',
  'Wei',
  'Olivia',
  'Noah',
  'Emma',
  'Liam',
  'Sofia',
  'Lucas',
  'Mia',
  'Omar',
  'Zoë',
]
const last = [
  'Smith',
  'Jones',
  'Müller',
  'Garcia',
  'Brown',
  'Wang',
  'Novák',
  'Rossi',
  'Silva',
  'Kim',
  'Dubois',
]

function* personRows(id: Id, chinese: boolean, createdAt: Instant, random: Random): Generator<Row> {
  const name =
    id === BUSIEST
      ? BUSIEST_NAME
      : chinese
        ? random.pick(surnames) + random.pick(given)
        : `${random.pick(first)} ${random.pick(last)}`
  yield row('customer', {
    id,
    name,
    company: random.next() < 0.3 ? (chinese ? '蓝天科技有限公司' : 'Blue Sky Ltd') : '',
    language: chinese ? 'zh-CN' : 'en',
    timeZone: '',
    tier: random.next() < 0.1 ? 'gold' : '',
    note: '',
    mergedInto: null,
    createdAt,
  })
  yield row('identity', {
    id: `${id}.mail`,
    customerId: id,
    channel: 'email',
    address: addressOf(id),
    name,
    createdAt,
  })
}

const addressOf = (customerId: Id): string => `${customerId.replaceAll('-', '').slice(-9)}@mail.example`

interface Talk {
  n: number
  customerId: Id
  inboxId: (typeof inboxIds)[number]
  chinese: boolean
  latest: Instant
  length: number
  random: Random
  corpus: Corpus
  open: number
}

function* talkRows(talk: Talk): Generator<Row> {
  const { n, customerId, inboxId, chinese, latest, length, random, corpus, open } = talk
  const id = uuid('t', n)
  const sentences = chinese ? corpus.chinese : corpus.english
  const subject = random.pick(sentences).slice(0, 40)
  const items: Item[] = []
  for (let seq = length, at = latest; seq >= 1; seq--) {
    items.push(itemOf(talk, id, seq, at, subject, sentences))
    at -= 1000 + random.below((4 * DAY) / length)
  }
  const lastIn = items.find(item => item.direction === 'in') ?? null
  const lastOut = items.find(item => item.direction === 'out') ?? null
  const waits = lastIn !== null && lastIn.seq > (lastOut?.seq ?? 0)
  // The busiest customer's newest matter is open and waiting longest: every order of the list shows it first.
  const isFirst = n === 0 && customerId === BUSIEST
  const conversation: Conversation = {
    id,
    inboxId,
    channel: 'email',
    customerId,
    identityId: `${customerId}.mail`,
    subject,
    status: random.next() < (customerId === BUSIEST ? 0 : open) || isFirst ? 'open' : 'closed',
    snoozedUntil: null,
    assigneeId: random.next() < 0.5 ? agentId(random.below(2)) : null,
    tagIds: [],
    lastSeq: length,
    createdAt: items.at(-1)!.at,
    activityAt: latest,
    preview: items[0]!.text.slice(0, 120),
    lastInbound: lastIn && { seq: lastIn.seq, at: lastIn.at },
    lastReply: lastOut && { seq: lastOut.seq, at: lastOut.at, agentId: agentId(0) },
    lastStatusChange: null,
    lastAssignment: null,
    waitingSince: isFirst ? latest - DAYS * DAY : waits ? lastIn.at : null,
    held: [],
  }
  yield row('conversation', conversation)
  for (const item of items.reverse()) yield row('item', item)
}

function itemOf(
  { n, customerId, inboxId, random }: Talk,
  conversationId: Id,
  seq: number,
  at: Instant,
  subject: string,
  sentences: readonly string[],
): Item {
  const isNote = random.next() < 0.05
  const inbound = !isNote && (seq === 1 || random.next() < 0.5)
  const customer = { name: '', address: addressOf(customerId) }
  const own = { name: 'Support', address: `${inboxId}@example.com` }
  return {
    id: uuid('i', n * 1000 + seq),
    conversationId,
    customerId,
    inboxId,
    channel: 'email',
    kind: isNote ? 'note' : 'message',
    direction: isNote ? 'internal' : inbound ? 'in' : 'out',
    seq,
    at,
    writtenAt: at,
    author: inbound
      ? { kind: 'customer', identityId: `${customerId}.mail` }
      : { kind: 'agent', agentId: agentId(0) },
    subject: seq === 1 ? subject : '',
    text: textOf(random, sentences),
    quoted: '',
    html: null,
    attachments: [],
    mail: isNote
      ? null
      : {
          messageId: `${n}.${seq}@mail.example`,
          inReplyTo: seq > 1 ? `${n}.${seq - 1}@mail.example` : '',
          references: [],
          from: inbound ? customer : own,
          to: [inbound ? own : customer],
          cc: [],
          raw: null,
          automatic: 'no',
          problems: [],
        },
    delivery: null,
    basis: null,
    holdReasons: [],
    event: null,
  }
}

/** One sentence mostly, sometimes a few, now and then with an order number. */
function textOf(random: Random, sentences: readonly string[]): string {
  const chance = random.next()
  const count = chance < 0.6 ? 1 : chance < 0.9 ? 2 : 2 + random.below(6)
  const parts: string[] = []
  for (let n = 0; n < count; n++) parts.push(random.pick(sentences))
  if (random.next() < 0.05) parts.push(`SO-${10_000 + random.below(90_000)}`)
  return parts.join(' ')
}

/** Shaped like a UUID, so that ids weigh what they weigh in production. */
function uuid(kind: 'c' | 't' | 'i', n: number): Id {
  const hex = Math.imul(n + 1, 0x9e3779b1) >>> 0
  return `${kind === 'c' ? '0c' : kind === 't' ? '07' : '01'}9a4c00-7000-7000-${(hex & 0xffff).toString(16).padStart(4, '0')}-${n.toString(16).padStart(12, '0')}`
}
