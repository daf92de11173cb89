import { expect, test } from 'vitest'
import { type Place, pathFor, type Steps } from './mapping-path.ts'

const name: Steps = ['data', 'orders', 0, 'lines', 1, 'name']

test.each<[Place, Steps, string | null]>([
  ['list', name, 'data.orders'],
  ['list', ['customer', 'name'], 'customer.name'],
  ['entry', ['data', 'orders', 3, 'total'], 'total'],
  ['entry', name, 'lines[1].name'],
  ['entry', ['customer', 'name'], null],
  ['items', name, 'lines'],
  ['items', ['data', 'orders', 0, 'total'], null],
  ['item', name, 'name'],
  ['item', ['data', 'orders', 0, 'total'], null],
  ['answer', ['customer', 'first.name'], 'customer["first.name"]'],
])('for %s, %j is %s', (place, steps, expected) => {
  expect(pathFor(place, steps, { list: 'data.orders', items: 'lines' })).toBe(expected)
})

test('an answer that is the list itself, or the one entry', () => {
  expect(pathFor('list', [0, 'total'], { list: '', items: '' })).toBe('')
  expect(pathFor('entry', [0, 'total'], { list: '', items: '' })).toBe('total')
  expect(pathFor('entry', ['total'], { list: '', items: '' })).toBe('total')
})
