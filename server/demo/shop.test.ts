import { expect, test } from 'vitest'
import { Card } from '#shared/model/card.ts'
import { cardOf } from '#shared/rules/card-of.ts'
import { ordersOf, shopMapping } from './shop.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

test('the shop knows most customers, always the same of each, and its mapping makes a card of what it knows', () => {
  const people = Array.from({ length: 60 }, (_, each) => `p${each}@example.${each % 2 ? 'cn' : 'com'}`)
  const known = people.flatMap(email => ordersOf(email, NOW) ?? [])
  expect(known.length).toBeGreaterThan(30)
  expect(known.length).toBeLessThan(60)
  expect(ordersOf('p1@example.cn', NOW)).toEqual(ordersOf('p1@example.cn', NOW))
  for (const answer of known) {
    const card = Card.parse(cardOf(shopMapping, [answer]))
    expect(card.groups.length + card.more).toBe(answer.orders.length)
    expect(card.groups[0]).toMatchObject({
      title: answer.orders[0]?.number,
      status: { text: answer.orders[0]?.state },
    })
    expect(card.groups[0]?.link).toContain('https://')
    expect(card.groups[0]?.items.length).toBeGreaterThan(0)
    expect(card.lines).toHaveLength(1)
  }
})
