import { beforeEach, describe, expect, it } from 'vitest'
import type { Customer } from '../model/customer.ts'
import type { Item } from '../model/item.ts'
import { agentWith, conversationWith, customerWith } from '../model/testing.ts'
import { type MutationName, mutationNamed } from './index.ts'
import type { Verdict } from './mutation.ts'
import { RowsInMemory } from './rows-in-memory.ts'

const T0 = 1_790_000_000_000
const me = agentWith({ id: 'lin' })
const ids = ['wang', 'visitor', 'li'] as const
type Who = (typeof ids)[number]

let rows: RowsInMemory
let made: number

beforeEach(() => {
  rows = new RowsInMemory()
  made = 0
  for (const id of ids) {
    rows.docs.set(`customer:${id}`, customerWith({ id, name: id }))
    rows.docs.set(
      `conversation:${id}-c`,
      conversationWith({
        id: `${id}-c`,
        inboxId: 'support',
        customerId: id,
        identityId: `${id}-i`,
        lastSeq: 1,
        activityAt: T0,
      }),
    )
  }
})

function run(name: MutationName, id: Who, into: Who, conversationId = `${id}-c`): Verdict {
  const mutation = mutationNamed(name)!
  const mutationId = `m${++made}`
  const args = { id, into, conversationId, at: T0 }
  rows.declare(mutation.reads(args, { agentId: me.id, mutationId }))
  return mutation.effect(rows, args, { at: 'hub', now: T0, agent: me, mutationId })
}
const merge = (id: Who, into: Who, conversationId?: string) => run('customer.merge', id, into, conversationId)
const unmerge = (id: Who, into: Who) => run('customer.unmerge', id, into)
const pointer = (id: Who): string | null => (rows.docs.get(`customer:${id}`) as Customer).mergedInto
const told = (): unknown => (rows.docs.get(`item:m${made}`) as Item | undefined)?.event ?? null

describe('S26 a merge', () => {
  it('is one pointer, and one line in the conversation of who was merged', () => {
    const before = new Map([...rows.docs].map(([name, doc]) => [name, JSON.stringify(doc)]))
    expect(merge('visitor', 'wang')).toBeUndefined()
    expect(pointer('visitor')).toBe('wang')
    expect(told()).toEqual({ kind: 'merged', customerId: 'wang' })
    const changed = [...rows.docs].filter(([name, doc]) => JSON.stringify(doc) !== before.get(name))
    expect(changed.map(([name]) => name)).toEqual(['customer:visitor', 'conversation:visitor-c', 'item:m1'])
  })

  it('of both into each other, at once on two desks, is one merge', () => {
    merge('visitor', 'wang')
    expect(merge('wang', 'visitor')).toEqual({ kind: 'refused', code: 'not-possible' })
    expect([pointer('wang'), pointer('visitor')]).toEqual([null, 'wang'])
  })

  it('asked for twice is done once and told once', () => {
    merge('visitor', 'wang')
    expect(merge('visitor', 'wang')).toBeUndefined()
    expect(told()).toBeNull()
  })

  it('takes along whoever was merged before', () => {
    merge('visitor', 'wang')
    expect(merge('wang', 'li')).toBeUndefined()
    expect([pointer('visitor'), pointer('wang')]).toEqual(['wang', 'li'])
  })

  it('of somebody who is part of another already is refused', () => {
    merge('visitor', 'wang')
    expect(merge('visitor', 'li')).toEqual({ kind: 'refused', code: 'not-possible' })
    expect(merge('li', 'visitor')).toEqual({ kind: 'refused', code: 'not-possible' })
  })

  it('with oneself, or told in a conversation of another, is invalid', () => {
    expect(merge('wang', 'wang')).toEqual({ kind: 'refused', code: 'invalid' })
    expect(merge('visitor', 'wang', 'wang-c')).toEqual({ kind: 'refused', code: 'invalid' })
    expect(pointer('visitor')).toBeNull()
  })
})

describe('S26 an unmerge', () => {
  it('gives back exactly what was, but for the two lines that tell of it', () => {
    const before = { ...(rows.docs.get('customer:visitor') as Customer) }
    merge('visitor', 'wang')
    expect(unmerge('visitor', 'wang')).toBeUndefined()
    expect(rows.docs.get('customer:visitor')).toEqual(before)
    expect(told()).toEqual({ kind: 'unmerged', customerId: 'wang' })
  })

  it('leaves those together who were merged before', () => {
    merge('visitor', 'wang')
    merge('wang', 'li')
    unmerge('wang', 'li')
    expect([pointer('visitor'), pointer('wang')]).toEqual(['wang', null])
  })

  it('of another merge than was seen is refused', () => {
    merge('visitor', 'wang')
    expect(unmerge('visitor', 'li')).toEqual({ kind: 'refused', code: 'not-possible' })
    expect(pointer('visitor')).toBe('wang')
  })

  it('of who is not merged is done already', () => {
    expect(unmerge('visitor', 'wang')).toBeUndefined()
    expect(told()).toBeNull()
  })
})
