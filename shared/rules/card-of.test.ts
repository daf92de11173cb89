import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Card, isSafeLink, oneLine } from '../model/card.ts'
import { CardMapping, type MappedKind, noMapping } from '../model/card-mapping.ts'
import { cardOf, dateOf, numberOf } from './card-of.ts'

const mapping: CardMapping = CardMapping.parse({
  ...noMapping,
  list: 'orders',
  title: 'number',
  link: 'https://shop.example/admin/orders/{id}',
  status: 'state',
  tones: { ok: ['Shipped'], warn: [], bad: ['refused'] },
  date: 'placed',
  amount: 'total',
  currency: 'currency',
  lines: [{ label: 'Carrier', path: 'carrier.name', kind: 'text' }],
  items: 'lines',
  itemText: 'name',
  itemQuantity: 'count',
  itemAmount: 'price',
  summary: [{ label: 'Spent', path: 'spent', kind: 'money' }],
  most: 2,
})
const order = (id: number, placed: string, more: object = {}) => ({
  ...{ id, number: `VF-${id}`, state: 'shipped', placed, total: '1,290.00', currency: 'eur' },
  ...{ carrier: { name: 'DHL' }, lines: [{ name: 'Bell', count: 2, price: 9.5 }], ...more },
})

test('an answer becomes a card, the newest first, no more than wanted', () => {
  const orders = [order(1, '2026-01-05'), order(3, '2026-11-02T08:15:00+02:00'), order(2, '2026-03-01')]
  const card = Card.parse(cardOf(mapping, [{ spent: 80, currency: 'EUR', orders }]))
  expect(card.groups.map(({ title, date }) => [title, date])).toEqual([
    ['VF-3', '2026-11-02T06:15:00Z'],
    ['VF-2', '2026-03-01'],
  ])
  expect(card.more).toBe(1)
  expect(card.groups[0]).toMatchObject({
    link: 'https://shop.example/admin/orders/3',
    status: { text: 'shipped', tone: 'ok' },
    amount: { amount: 1290, currency: 'EUR' },
    lines: [{ label: { en: 'Carrier' }, value: { kind: 'text', text: 'DHL' } }],
    items: [{ text: 'Bell', quantity: 2, amount: { amount: 9.5, currency: 'EUR' } }],
  })
  expect(card.lines).toEqual([
    {
      label: { en: 'Spent', zh: 'Spent' },
      value: { kind: 'money', money: { amount: 80, currency: 'EUR' } },
    },
  ])
})

test('what two requests both gave stands once', () => {
  const same = { orders: [order(1, '2026-01-05')] }
  expect(cardOf(mapping, [same, same]).groups).toHaveLength(1)
})

test('an answer that is the one matter itself is a card of one', () => {
  expect(cardOf({ ...mapping, list: '' }, [order(7, '2026-01-05')]).groups[0]?.title).toBe('VF-7')
})

test('cents are cents, and yen have none', () => {
  const of = (total: number, currency: string) =>
    cardOf({ ...mapping, minor: true }, [{ orders: [order(1, '', { total, currency })] }]).groups[0]?.amount
  expect(of(1250, 'EUR')).toEqual({ amount: 12.5, currency: 'EUR' })
  expect(of(1250, 'JPY')).toEqual({ amount: 1250, currency: 'JPY' })
})

describe('what is hostile is harmless', () => {
  test('words lose what turns or hides them, and are as long as there is room', () => {
    const title = `\u202Egnp.exe\u2066\u0000\n<img src=x onerror=alert(1)>${'x'.repeat(5000)}`
    const [group] = Card.parse(cardOf(mapping, [{ orders: [order(1, '', { number: title })] }])).groups
    expect(group?.title).toMatch(/^gnp\.exe <img src=x onerror=alert\(1\)>x+…$/)
    expect(group?.title).toHaveLength(120)
  })

  test.each([
    'javascript:alert(1)',
    'http://shop.example/',
    'https://user:pass@shop.example/',
    'data:text/html,x',
    'https://a\\@b.example/',
    'https:///x',
    '//x',
  ])('a link to %s is none', link => {
    expect(isSafeLink(link)).toBe(false)
    const card = cardOf({ ...mapping, link: 'url' }, [{ orders: [order(1, '', { url: link })] }])
    expect(card.groups[0]?.link).toBeNull()
  })

  test('a word in an address stays a word in it', () => {
    const link = cardOf(mapping, [{ orders: [order(1, '', { id: '../../?a=b#c' })] }]).groups[0]?.link
    expect(link).toBe('https://shop.example/admin/orders/..%2F..%2F%3Fa%3Db%23c')
  })

  test('figures that no machine can hold are shown as they are written, or not', () => {
    expect(numberOf(1e300)).toBeNull()
    expect(numberOf('9'.repeat(39))).toBeNull()
    expect(numberOf('12abc')).toBeNull()
    const lines = [{ label: 'N', path: 'n', kind: 'number' as const }]
    const card = cardOf({ ...mapping, lines }, [{ orders: [order(1, '', { n: '9'.repeat(39) })] }])
    expect(card.groups[0]?.lines[0]?.value).toEqual({ kind: 'text', text: '9'.repeat(39) })
  })

  test('days that are none are none', () => {
    expect(dateOf('2026-13-45')).toBeNull()
    expect(dateOf(8.64e15)).toBeNull()
    expect(dateOf('tomorrow')).toBeNull()
    expect(dateOf(1_795_000_000)).toBe('2026-11-18T11:06:40Z')
  })

  test('whatever JSON comes under whatever mapping, a card comes out that every border takes', () => {
    const path = fc.constantFrom('', 'a', 'b', 'a.b', 'a[]', 'a[].b', '[0]', '[]', 'b[0].a', '/a/0')
    const kind = fc.constantFrom<MappedKind>('text', 'number', 'money', 'date', 'status', 'link')
    const lines = fc.array(fc.record({ label: fc.constant('L'), path, kind }), { maxLength: 4 })
    const json = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom('2026-11-22', 'https://x.example', '1,234.50', 'USD'),
        fc.array(tie('value'), { maxLength: 30 }),
        fc.record({ a: tie('value'), b: tie('value') }, { requiredKeys: [] }),
      ),
    })).value
    const names = ['list', 'title', 'link', 'status', 'date', 'amount', 'currency', 'items'] as const
    const places = fc.record(Object.fromEntries(names.map(name => [name, path])))
    fc.assert(
      fc.property(json, places, lines, (answer, chosen, lines) => {
        const wanted = CardMapping.parse({ ...noMapping, ...chosen, itemText: 'a', lines, summary: lines })
        const card = cardOf(wanted, [answer])
        expect(Card.parse(card)).toEqual(card)
      }),
      { numRuns: 60 },
    )
  })
})

test('one line is one line', () => {
  expect(oneLine('  a\r\n\tb \u200b c  ', 10)).toBe('a b c')
  expect(oneLine('😀'.repeat(10), 5)).toMatch(/^(😀)+…$/u)
})
