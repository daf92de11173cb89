import { expect, test } from 'vitest'
import { popOutHash, popOutOf } from './pop-out.ts'

test('a window’s address says which conversation it is for', () => {
  const place = { customerId: '0192f3a4-5b6c-7d8e-9f00-112233445566', conversationId: 'a/b 客户' }
  expect(popOutOf(popOutHash(place))).toEqual(place)
})

test.each([
  '',
  '#',
  '#/',
  '#/window/a',
  '#/window/a/b/c',
  '#/window//b',
  '#/customer/a/b',
  '#/window/%/b',
  '#/window/a/%E0%A4',
])('%j is that of the whole desk', hash => {
  expect(popOutOf(hash)).toBeNull()
})
