import { expect, test, vi } from 'vitest'
import type { Conversation } from '#shared/model/conversation.ts'

vi.mock('../../store/live.ts', () => ({ useLive: () => ({ rows: [] }), useLiveOne: () => undefined }))
const { addressed } = await import('./selected.ts')

const conversation = (id: string, own: Partial<Conversation>): Conversation =>
  ({ id, status: 'open', lastInbound: null, activityAt: 0, ...own }) as Conversation

test('the conversation that was chosen is the one that is answered', () => {
  const all = [conversation('a', { activityAt: 9 }), conversation('b', {})]
  expect(addressed(all, 'b')?.id).toBe('b')
})

test('without a choice it is the open one in which the customer wrote last', () => {
  const all = [
    conversation('closed', { status: 'closed', lastInbound: { seq: 1, at: 9 } }),
    conversation('earlier', { lastInbound: { seq: 1, at: 3 }, activityAt: 8 }),
    conversation('later', { lastInbound: { seq: 1, at: 5 }, activityAt: 6 }),
  ]
  expect(addressed(all, null)?.id).toBe('later')
})

test('one that is gone falls back to the same rule', () => {
  expect(addressed([conversation('a', {})], 'gone')?.id).toBe('a')
  expect(addressed([], 'gone')).toBeUndefined()
})
