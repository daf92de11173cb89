import { beforeEach, expect, it } from 'vitest'
import { readMarkId, readTo } from '../model/read-mark.ts'
import { key } from '../model/row.ts'
import { agentWith } from '../model/testing.ts'
import { markRead, markUnread } from './read-mark.ts'
import { RowsInMemory } from './rows-in-memory.ts'

const id = readMarkId('ann', 'c')
const context = { at: 'hub', now: 1, agent: agentWith({ id: 'ann' }), mutationId: 'm' } as const
let rows: RowsInMemory
beforeEach(() => {
  rows = new RowsInMemory()
  rows.declare([key('readMark', id)])
})
const read = (seq: number) => markRead.effect(rows, { conversationId: 'c', seq }, context)
const unread = (seq: number) => markUnread.effect(rows, { conversationId: 'c', seq }, context)
const mark = () => rows.get('readMark', id)

it('reading never goes back', () => {
  read(5)
  read(3)
  expect(mark()).toMatchObject({ seq: 5 })
})

it('what is marked unread is so from there on, though it stays read to who wrote it', () => {
  read(5)
  unread(4)
  expect(mark()).toMatchObject({ seq: 5, back: 3 })
  expect(readTo(mark()!)).toBe(3)
})

it('opening it again ends that, as far as one reads', () => {
  read(5)
  unread(3)
  read(2)
  expect(readTo(mark()!)).toBe(2)
  read(4)
  expect(readTo(mark()!)).toBe(4)
  read(5)
  expect(mark()).toEqual({ id, agentId: 'ann', conversationId: 'c', seq: 5 })
})

it('what was never read stays as it is', () => {
  unread(2)
  expect(mark()).toBeUndefined()
  read(1)
  unread(2)
  expect(mark()).toEqual({ id, agentId: 'ann', conversationId: 'c', seq: 1 })
})
