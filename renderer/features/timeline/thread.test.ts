import { describe, expect, test } from 'vitest'
import type { Item } from '#shared/model/item.ts'
import {
  bareSubject,
  quotedLines,
  type Spine,
  type ThreadInput,
  type ThreadRow,
  threadRows,
} from './thread.ts'

const noon = Date.UTC(2026, 10, 19, 12)
const minute = 60_000
let count = 0

const item = (own: Partial<Item>): Item => {
  count++
  return {
    id: `item-${count}`,
    conversationId: 'mail',
    customerId: 'customer',
    inboxId: 'inbox',
    channel: 'email',
    kind: 'message',
    direction: 'in',
    seq: count,
    at: noon + count * minute,
    writtenAt: noon,
    author: { kind: 'customer', identityId: 'identity' },
    subject: '',
    text: 'Hello',
    quoted: '',
    html: null,
    attachments: [],
    mail: null,
    delivery: null,
    basis: null,
    holdReasons: [],
    event: null,
    ...own,
  }
}

const sent = (state: NonNullable<Item['delivery']>['state'], own: Partial<Item> = {}): Item =>
  item({
    direction: 'out',
    author: { kind: 'agent', agentId: 'me' },
    delivery: {
      state,
      at: noon,
      attempts: 0,
      reason: null,
      retryable: false,
      nextAttemptAt: null,
      recipients: [],
    },
    ...own,
  })
const note = (): Item =>
  item({ kind: 'note', direction: 'internal', author: { kind: 'agent', agentId: 'other' } })
const event = (own: Partial<Item> = {}): Item =>
  item({ kind: 'event', direction: 'internal', author: { kind: 'system' }, event: { kind: 'woke' }, ...own })

const rowsOf = (items: Item[], more: Partial<ThreadInput> = {}): ThreadRow[] =>
  threadRows({
    entries: items.map(each => ({ item: each, hasHtml: false, pending: false })),
    coverage: [],
    familyOf: channel => (channel === 'whatsapp' ? 'social' : channel === 'chat' ? 'chat' : 'email'),
    readSeq: () => undefined,
    me: 'me',
    more: true,
    dayOf: at => new Date(at).toISOString().slice(0, 10),
    ...more,
  })

const spines = (items: Item[]): Spine[] =>
  rowsOf(items).flatMap(row => (row.kind === 'item' ? [row.spine] : []))
const kinds = (rows: ThreadRow[]): string[] => rows.map(({ kind }) => kind)

describe('the spine', () => {
  test('is solid in the channel’s colour where something arrived or left', () => {
    expect(spines([item({}), sent('sent'), sent('delivered'), sent('read')])).toEqual(
      Array(4).fill({ colour: 'email', dashed: false, splice: null }),
    )
  })

  test.each(['queued', 'sending', 'held', 'failed', 'uncertain'] as const)(
    'is dashed where a reply is %s',
    state => {
      expect(spines([sent(state)])).toEqual([{ colour: 'email', dashed: true, splice: null }])
    },
  )

  test('is dashed grey for a note and for what was discarded: neither ever leaves', () => {
    expect(spines([note(), sent('discarded')])).toEqual(
      Array(2).fill({ colour: 'none', dashed: true, splice: null }),
    )
  })

  test('is spliced where the channel changes, and nowhere else', () => {
    const chat = { channel: 'chat', conversationId: 'chat' }
    expect(spines([item({}), item(chat), item(chat), item({})]).map(({ splice }) => splice)).toEqual([
      null,
      'email',
      null,
      'chat',
    ])
  })

  test('a note between two mails is no change of channel', () => {
    expect(spines([item({}), note(), item({})]).at(-1)).toEqual({
      colour: 'email',
      dashed: false,
      splice: null,
    })
  })

  test('an event keeps the colour it sits in, whatever conversation it belongs to', () => {
    expect(spines([item({}), event({ channel: 'chat', conversationId: 'chat' })]).at(-1)).toEqual({
      colour: 'email',
      dashed: false,
      splice: null,
    })
  })
})

describe('days', () => {
  test('a day stands before its first item only', () => {
    const rows = rowsOf([item({ at: noon }), item({ at: noon + minute }), item({ at: noon + 86_400_000 })])
    expect(kinds(rows)).toEqual(['day', 'item', 'item', 'day', 'item'])
  })

  test('a separator carries the thread on as the item above left it', () => {
    const rows = rowsOf([note(), item({ at: noon + 90_000_000 })])
    expect(rows.filter(({ kind }) => kind === 'day').at(-1)?.spine).toEqual({
      colour: 'none',
      dashed: true,
      splice: null,
    })
  })
})

describe('new since you were here', () => {
  const read = (seq: number) => ({ readSeq: (id: string) => (id === 'mail' ? seq : undefined) })

  test('stands before the first unread item by somebody else, with their number', () => {
    const items = [item({ seq: 1 }), item({ seq: 2 }), note(), item({ seq: 4 })]
    const rows = rowsOf(items, read(2))
    const fresh = rows.find(row => row.kind === 'fresh')
    expect(fresh).toMatchObject({ count: 2, since: items[1]?.at })
    expect(kinds(rows)).toEqual(['day', 'item', 'item', 'fresh', 'item', 'item'])
  })

  test('counts neither one’s own replies nor events', () => {
    const rows = rowsOf([item({ seq: 1 }), sent('sent', { seq: 2 }), event({ seq: 3 })], read(1))
    expect(kinds(rows)).not.toContain('fresh')
  })

  test('is not there for a customer one never looked at', () => {
    expect(kinds(rowsOf([item({}), item({})]))).not.toContain('fresh')
  })

  test('an old conversation one never opened does not make its past new', () => {
    const rows = rowsOf([item({ conversationId: 'old' }), item({ seq: 5 }), item({ seq: 6 })], read(5))
    expect(rows.find(row => row.kind === 'fresh')).toMatchObject({ count: 1 })
  })
})

describe('the edge', () => {
  const partial = [
    { conversationId: 'mail', fromSeq: 4, loading: false },
    { conversationId: 'chat', fromSeq: 1, loading: false },
  ]
  test('says which conversations have older items on the hub', () => {
    expect(rowsOf([item({})], { more: false, coverage: partial })[0]).toMatchObject({
      kind: 'older',
      conversationIds: ['mail'],
    })
  })
  test('is not said while there is more on the desk itself', () => {
    expect(kinds(rowsOf([item({})], { more: true, coverage: partial }))).not.toContain('older')
  })
  test('is a way further back when no more can be shown at once', () => {
    const rows = rowsOf([item({ id: 'oldest' })], { more: true, most: true })
    expect(rows[0]).toMatchObject({ kind: 'earlier', itemId: 'oldest' })
    expect(kinds(rows)).not.toContain('begin')
  })
  test('is the beginning when nothing lies before it', () => {
    expect(rowsOf([item({})], { more: false })[0]?.kind).toBe('begin')
  })
})

describe('subjects', () => {
  test('are shown when they change, marks of replies aside', () => {
    const rows = rowsOf([
      item({ subject: 'Battery' }),
      item({ subject: 'Re: Battery' }),
      item({ subject: '回复：Battery' }),
      item({ subject: 'Brakes' }),
    ])
    expect(rows.flatMap(row => (row.kind === 'item' ? [row.subject] : []))).toEqual([
      'Battery',
      '',
      '',
      'Brakes',
    ])
  })

  test.each([
    ['Re: AW: Fwd: Order', 'Order'],
    ['回复：转发：订单', '订单'],
    ['Re[2]: Order', 'Order'],
    ['Regarding bikes', 'Regarding bikes'],
    ['Re:', ''],
  ])('%s is bare as %s', (subject, bare) => {
    expect(bareSubject(subject)).toBe(bare)
  })
})

describe('runs of chat', () => {
  const chat = (own: Partial<Item> = {}): Item => item({ channel: 'chat', conversationId: 'chat', ...own })
  const leads = (items: Item[]): boolean[] =>
    rowsOf(items).flatMap(row => (row.kind === 'item' ? [row.leads] : []))

  test('only the first message of a run leads', () => {
    expect(leads([chat(), chat(), chat()])).toEqual([true, false, false])
  })
  test('a pause of a quarter of an hour begins another run', () => {
    expect(leads([chat({ at: noon }), chat({ at: noon + 15 * minute })])).toEqual([true, true])
  })
  test('every mail leads', () => {
    expect(leads([item({}), item({})])).toEqual([true, true])
  })
})

test.each([
  ['', 0],
  ['\n\n', 0],
  ['> one', 1],
  ['> one\r\n> two\n\n', 2],
])('%j has %i quoted lines', (quoted, lines) => {
  expect(quotedLines(quoted)).toBe(lines)
})
