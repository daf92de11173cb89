import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Customer } from '#shared/model/customer.ts'
import type { Item } from '#shared/model/item.ts'
import { HIT_END, HIT_START } from '#shared/rules/segment-snippet.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { openReplica } from './open.ts'
import type { Replica } from './replica.ts'
import { createSearch, mergeIndex } from './search.ts'
import { customerInInbox } from './search-hits.ts'

fc.configureGlobal({ seed: 20418 })

let replica: Replica
beforeEach(() => {
  replica = openReplica(':memory:', new Uint8Array(32))
})
afterEach(() => replica.close())

const start = Date.UTC(2026, 0, 1)

const itemOf = (n: number, extra: Partial<Item>): Item => ({
  id: `i${n}`,
  conversationId: 'talk',
  customerId: 'wang',
  inboxId: 'support',
  channel: 'email',
  kind: 'message',
  direction: 'in',
  seq: n,
  at: start + n,
  writtenAt: start + n,
  author: { kind: 'customer', identityId: 'wang@mail' },
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
  ...extra,
})

const customerOf = (id: string, name: string, extra: Partial<Customer> = {}): Customer => ({
  id,
  name,
  company: '',
  language: '',
  timeZone: '',
  tier: '',
  note: '',
  mergedInto: null,
  createdAt: start,
  ...extra,
})

const putItem = (n: number, extra: Partial<Item>): void =>
  replica.transaction(() => replica.tables.put('item', n, itemOf(n, extra)))
const putCustomer = (customer: Customer): void =>
  replica.transaction(() => replica.tables.put('customer', 1, customer))
const putIdentity = (id: string, customerId: string, address: string, name = ''): void =>
  replica.transaction(() =>
    replica.tables.put('identity', 1, { id, customerId, channel: 'email', address, name, createdAt: start }),
  )

const find = (text: string, inboxId: string | null = null, limit = 20) => {
  replica.indexSome(1_000_000)
  return createSearch(replica.db)({ text, inboxId, limit })
}
const keys = (text: string, inboxId: string | null = null, limit = 20) =>
  find(text, inboxId, limit).map(hit => hit.key)

describe('items that wait for the index', () => {
  const indexed = () =>
    createSearch(replica.db)({ text: '退款', inboxId: null, limit: 20 }).map(hit => hit.key)

  test('are counted, taken newest first, and found from then on', () => {
    for (const n of [1, 2, 3]) putItem(n, { text: '退款' })
    expect([replica.unindexed(10), replica.unindexed(2)]).toEqual([3, 2])
    expect(replica.indexSome(2)).toBe(2)
    expect(indexed()).toEqual(['item:i3', 'item:i2'])
    expect([replica.indexSome(2), replica.indexSome(2), replica.unindexed(10)]).toEqual([1, 0, 0])
    expect(indexed()).toEqual(['item:i3', 'item:i2', 'item:i1'])
  })

  test('may change, move or go meanwhile', () => {
    putItem(1, { text: 'nothing' })
    putItem(1, { text: '退款' })
    putItem(2, { text: '退款' })
    replica.transaction(() => replica.tables.remove('item', 'i2'))
    putItem(3, { text: '退款' })
    putItem(3, { text: '退款', at: start + 9 })
    replica.indexSome(10)
    expect(indexed()).toEqual(['item:i3', 'item:i1'])
    putItem(1, { text: 'nothing' })
    replica.transaction(() => replica.tables.remove('item', 'i3'))
    expect(indexed()).toEqual([])
    replica.indexSome(10)
    expect([indexed(), replica.unindexed(10)]).toEqual([[], 0])
  })
})

describe('items', () => {
  test('are found by text, subject, attachment, and the first also by sender and recipients, newest first', () => {
    putItem(1, { text: '我要退款' })
    putItem(2, { subject: '关于退款' })
    putItem(3, {
      attachments: [
        { sha256: 'a'.repeat(64), name: '退款单.pdf', type: 'application/pdf', size: 1, contentId: null },
      ],
    })
    const mail = {
      messageId: '',
      inReplyTo: '',
      references: [],
      cc: [],
      raw: null,
      automatic: 'no',
      problems: [],
    } as const
    const wang = { name: '退款王', address: 'wang.li@example.com' }
    putItem(4, { seq: 1, mail: { ...mail, references: [], cc: [], problems: [], from: wang, to: [] } })
    putItem(5, {
      seq: 1,
      direction: 'out',
      mail: { ...mail, references: [], cc: [], problems: [], from: null, to: [wang] },
    })
    putItem(6, { text: '谢谢' })
    expect(keys('退款')).toEqual(['item:i5', 'item:i4', 'item:i3', 'item:i2', 'item:i1'])
    expect(keys('wang.li@exam')).toEqual(['item:i5', 'item:i4'])
  })

  test('quoted text counts in the first item only, where it may be all there is', () => {
    putItem(1, { text: 'see below', quoted: 'the original order' })
    putItem(2, { text: 'thanks', quoted: 'see below: the original order' })
    expect(keys('original')).toEqual(['item:i1'])
  })

  test('are found within one inbox or in all', () => {
    putItem(1, { text: '退款', inboxId: 'support' })
    putItem(2, { text: '退款', inboxId: 'sales' })
    expect(keys('退款')).toEqual(['item:i2', 'item:i1'])
    expect(keys('退款', 'support')).toEqual(['item:i1'])
    expect(keys('退款', 'nowhere')).toEqual([])
  })

  test('of a lost inbox are not found', () => {
    putItem(1, { text: '退款' })
    putItem(2, { text: '退款', inboxId: 'sales' })
    replica.db.prepare('insert into hidden_inbox values (?)').run('sales')
    expect(keys('退款')).toEqual(['item:i1'])
    expect(keys('退款', 'sales')).toEqual([])
  })

  test('are found as they are now, not as they were', () => {
    putItem(1, { text: '退款' })
    putItem(1, { text: '换货' })
    expect(keys('退款')).toEqual([])
    expect(keys('换货')).toEqual(['item:i1'])
    putItem(1, { text: '换货', at: start + 99 })
    putItem(1, { text: '换货', at: start + 99, inboxId: 'sales' })
    expect(keys('换货')).toEqual(['item:i1'])
    expect(keys('换货', 'sales')).toEqual(['item:i1'])
    replica.transaction(() => replica.tables.remove('item', 'i1'))
    expect(keys('换货')).toEqual([])
  })

  test('keep being found while the index is merged', () => {
    for (let n = 1; n <= 300; n++) putItem(n, { text: `退款 ${n}` })
    for (let n = 1; n <= 300; n += 2) replica.transaction(() => replica.tables.remove('item', `i${n}`))
    let steps = 0
    while (mergeIndex(replica.db, 8) && steps < 1000) steps++
    expect(steps).toBeLessThan(1000)
    expect(find('退款', null, 100)).toHaveLength(100)
    expect(keys('退款 299')).toEqual([])
    expect(keys('退款 300')).toEqual(['item:i300'])
  })

  test('of a transaction that failed are not found', () => {
    expect(() =>
      replica.transaction(() => {
        replica.tables.put('item', 1, itemOf(1, { text: '退款' }))
        throw new Error('disk')
      }),
    ).toThrow('disk')
    putItem(2, { text: '换货' })
    expect(keys('退款')).toEqual([])
    expect(replica.db.prepare('select count(*) from item_text').pluck().get()).toBe(1)
  })

  test('put and dropped within one transaction leave nothing behind', () => {
    replica.transaction(() => {
      replica.tables.put('item', 1, itemOf(1, { text: '退款' }))
      replica.tables.put('item', 2, itemOf(1, { text: '退款', at: start + 50 }))
      replica.tables.put('item', 1, itemOf(2, { text: '退款' }))
      replica.tables.remove('item', 'i2')
    })
    expect(keys('退款')).toEqual(['item:i1'])
    expect(replica.db.prepare('select count(*) from item_text').pluck().get()).toBe(1)
  })

  test('tell what a list shows', () => {
    putCustomer(customerOf('wang', '王伟'))
    putItem(1, { text: 'hello ｒｅｆｕｎｄ please', subject: 'Order', at: start })
    expect(find('refund')).toEqual([
      {
        key: 'item:i1',
        kind: 'item',
        customerId: 'wang',
        customerName: '王伟',
        conversationId: 'talk',
        itemId: 'i1',
        channel: 'email',
        subject: 'Order',
        snippet: `hello ${HIT_START}ｒｅｆｕｎｄ${HIT_END} please`,
        at: start,
      },
    ])
  })
})

describe('customers', () => {
  test('are found by name, company, note, addresses and their names, and by words of several of them', () => {
    putCustomer(customerOf('wang', '王伟', { company: '蓝天科技', note: 'prefers phone' }))
    putIdentity('w1', 'wang', 'wang@example.com', 'Wang Wei')
    for (const text of ['王', '王伟', '蓝天', 'prefers', 'wang@exa', 'Wei', '王伟 example', 'ＷＡＮＧ 科技'])
      expect(keys(text)).toEqual(['customer:wang'])
    expect(keys('李')).toEqual([])
    expect(find('蓝天')[0]?.snippet).toBe(`${HIT_START}蓝天${HIT_END}科技`)
  })

  test('are found as they are now', () => {
    putIdentity('w1', 'wang', 'early@example.com')
    putCustomer(customerOf('wang', '王伟'))
    expect(keys('early')).toEqual(['customer:wang'])
    putCustomer(customerOf('wang', '李娜'))
    expect(keys('王伟')).toEqual([])
    expect(keys('李娜')).toEqual(['customer:wang'])
    putCustomer(customerOf('li', '李雷'))
    putIdentity('w1', 'li', 'early@example.com')
    expect(keys('early')).toEqual(['customer:li'])
    replica.transaction(() => replica.tables.remove('identity', 'w1'))
    expect(keys('early')).toEqual([])
    replica.transaction(() => replica.tables.remove('customer', 'li'))
    expect(keys('李雷')).toEqual([])
  })

  test('that were merged are shown as who they are now, once', () => {
    putCustomer(customerOf('old', 'Wang W.', { mergedInto: 'wang' }))
    putCustomer(customerOf('wang', 'Wang Wei'))
    expect(find('Wang').map(hit => hit.customerName)).toEqual(['Wang Wei'])
  })

  test('whose name begins with the word stand before those who only mention it', () => {
    putCustomer(customerOf('a', 'Lin'))
    putCustomer(customerOf('b', 'Bo Lin'))
    putCustomer(customerOf('c', 'Cai', { note: 'friend of Lin' }))
    expect(keys('lin')).toEqual(['customer:a', 'customer:b', 'customer:c'])
  })

  test('are looked up by their conversations, not by all of an inbox', () => {
    const [step] = replica.db.prepare(`explain query plan ${customerInInbox}`).all('wang', 'support')
    expect(step).toMatchObject({ detail: expect.stringContaining('conversation_of_customer') })
  })

  test('of another inbox are left out when one inbox is searched', () => {
    putCustomer(customerOf('wang', '王伟'))
    expect(keys('王伟', 'support')).toEqual([])
  })
})

describe('whatever a person types', () => {
  const operators = [
    '"',
    "'",
    '*',
    '^',
    ':',
    '(',
    ')',
    '-',
    '+',
    '{',
    '}',
    'AND',
    'OR',
    'NOT',
    'NEAR',
    'NEAR(',
    'tokens:',
    '--',
    ';',
    '\\',
    '%',
    '_',
    '\0',
    '退',
    '款',
    'a',
    '🙂',
    '𠮷',
    '\ud842',
    ' ',
  ]

  test('is text, never an operator, and never breaks', () => {
    putItem(1, { text: 'and or not near tokens 退款' })
    replica.indexSome(1)
    const run = createSearch(replica.db)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...operators), { maxLength: 12 }), pieces => {
        const hits = run({ text: pieces.join(''), inboxId: null, limit: 20 })
        expect(hits.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
    expect(keys('退款 OR nothing')).toEqual([])
    expect(keys('退款 NOT near')).toEqual(['item:i1'])
    expect(keys('"tokens" : *')).toEqual(['item:i1'])
  })

  test('of any length is answered', () => {
    putItem(1, { text: '长'.repeat(300) })
    expect(keys('长'.repeat(200))).toEqual(['item:i1'])
    expect(keys('长'.repeat(301))).toEqual([])
    expect(keys('word '.repeat(79))).toEqual([])
  })
})

describe('against LIKE', () => {
  const pieces = [
    '退款',
    '退',
    '款',
    '的',
    '我的订单',
    '订单',
    '，',
    ' ',
    '\n',
    'refund',
    'Re',
    'CARD',
    '２０４１８',
    'SO-204',
    '𠮷',
    '🙂',
    'が',
    '한국',
    'é',
    'ﾃﾞ',
    '"',
    '%',
  ]
  const text = (maxLength: number) =>
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength }).map(parts => parts.join(''))
  const dense = fc
    .array(fc.constantFrom('退', '款', '退款', '的', '我', '订单', '𠮷', '🙂', 'が', '한', '국'), {
      minLength: 1,
      maxLength: 5,
    })
    .map(parts => parts.join(''))

  test('Chinese of any length finds exactly what LIKE finds on normalised text', () => {
    fc.assert(
      fc.property(fc.array(text(10), { minLength: 1, maxLength: 30 }), dense, (texts, typed) => {
        const one = openReplica(':memory:', new Uint8Array(32))
        one.transaction(() => {
          for (const [n, each] of texts.entries()) one.tables.put('item', 1, itemOf(n, { text: each }))
        })
        one.indexSome(100)
        one.db.exec('create table plain (n integer primary key, normal text)')
        const add = one.db.prepare('insert into plain values (?, ?)')
        for (const [n, each] of texts.entries()) add.run(n, normalise(each))
        const like = one.db
          .prepare<[string], number>(`select n from plain where normal like '%' || ? || '%' order by n desc`)
          .pluck()
          .all(normalise(typed))
        const hits = createSearch(one.db)({ text: typed, inboxId: null, limit: 100 })
        one.close()
        expect(hits.map(hit => hit.itemId)).toEqual(like.map(n => `i${n}`))
      }),
      { numRuns: 150 },
    )
  })

  test('mixed words miss nothing that LIKE finds at the beginning of a word', () => {
    fc.assert(
      fc.property(fc.array(text(8), { minLength: 1, maxLength: 20 }), text(3), (texts, typed) => {
        const one = openReplica(':memory:', new Uint8Array(32))
        one.transaction(() => {
          for (const [n, each] of texts.entries()) one.tables.put('item', 1, itemOf(n, { text: each }))
        })
        one.indexSome(100)
        const words = normalise(typed)
          .split(/\s+/u)
          .map(word => word.replace(/^[^\p{L}\p{N}\p{So}]+|[^\p{L}\p{N}\p{So}]+$/gu, ''))
        const hits = createSearch(one.db)({ text: typed, inboxId: null, limit: 100 })
        one.close()
        const asked = words.filter(Boolean)
        if (asked.length === 0) {
          expect(hits).toEqual([])
          return
        }
        const holds = (normal: string, word: string): boolean =>
          ` ${normal}`.includes(` ${word}`) || ` ${normal}`.includes(`\n${word}`)
        for (const [n, each] of texts.entries())
          if (asked.every(word => holds(normalise(each), word)))
            expect(hits.map(hit => hit.itemId)).toContain(`i${n}`)
      }),
      { numRuns: 150 },
    )
  })
})
