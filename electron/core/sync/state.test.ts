import { expect, test } from 'vitest'
import { done, NOW, patchOf, replyTo, row, TestDesk } from '../testing.ts'
import type { Standing } from './connection.ts'
import { createSyncState } from './state.ts'

const standing: Standing = {
  phase: 'live',
  offlineSince: null,
  lastContactAt: NOW,
  currentAt: NOW,
  retryAt: null,
  progress: null,
  fault: null,
}

test('S29: one’s own messages that failed or are uncertain are counted until they are settled', () => {
  const desk = new TestDesk()
  const state = createSyncState(desk.replica)
  const counts = () => {
    const { waiting, failed, uncertain } = state(standing)
    return { waiting, failed, uncertain }
  }
  const id = desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'reply-1'))
  expect(counts()).toEqual({ waiting: 1, failed: 0, uncertain: 0 })
  const item = desk.get('item', 'reply-1')!
  desk.answer(id, done, [row('item', 2, { ...item, delivery: { ...item.delivery!, state: 'failed' } })])
  expect(counts()).toEqual({ waiting: 0, failed: 1, uncertain: 0 })
  desk.apply(patchOf([row('item', 3, { ...item, delivery: { ...item.delivery!, state: 'uncertain' } })]))
  expect(counts()).toEqual({ waiting: 0, failed: 0, uncertain: 1 })
  // What was resolved all the same is not listed, so it must not be counted: a number without a list leads nowhere.
  desk.apply(patchOf([row('conversation', 2, { ...desk.get('conversation', 'c1')!, status: 'closed' })]))
  expect(counts()).toEqual({ waiting: 0, failed: 0, uncertain: 0 })
})

test('S9: without contact it says when the desk locks itself, with contact it never does', () => {
  const state = createSyncState(new TestDesk().replica)
  expect(state(standing).locksAt).toBeNull()
  expect(state({ ...standing, phase: 'offline', offlineSince: NOW }).locksAt).toBe(NOW + 14 * 86_400_000)
  expect(state({ ...standing, phase: 'offline', offlineSince: NOW, lastContactAt: null }).locksAt).toBeNull()
})
