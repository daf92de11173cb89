import { describe, expect, it } from 'vitest'
import { agentWith, conversationWith, itemWith } from '#shared/model/testing.ts'
import { colleaguesFor } from './colleagues.ts'
import { factsOf } from './facts.ts'

const conversation = conversationWith({
  id: 'c1',
  inboxId: 'one',
  customerId: 'x',
  identityId: 'i',
  waitingSince: 5,
})

describe('what is suggested', () => {
  it('is what the customer asked last and what was noted last, in their words', () => {
    const items = [
      itemWith(conversation, { at: 0, id: '1', seq: 1, direction: 'in', text: 'Where is\nmy bike?' }),
      itemWith(conversation, {
        at: 0,
        id: '2',
        seq: 2,
        kind: 'note',
        direction: 'internal',
        text: 'First',
        author: { kind: 'agent', agentId: 'lin' },
      }),
      itemWith(conversation, {
        at: 0,
        id: '3',
        seq: 3,
        kind: 'note',
        direction: 'internal',
        text: 'Called the depot',
        author: { kind: 'agent', agentId: 'bo' },
      }),
      itemWith(conversation, {
        at: 0,
        id: '4',
        seq: 4,
        direction: 'out',
        text: 'We look',
        author: { kind: 'agent', agentId: 'bo' },
      }),
      itemWith(
        { ...conversation, id: 'c2' },
        { at: 0, id: '5', seq: 1, direction: 'in', text: 'Another matter' },
      ),
    ]
    expect(factsOf(conversation, items)).toEqual({
      asked: 'Where is my bike?',
      note: { agentId: 'bo', text: 'Called the depot' },
      waitingSince: 5,
    })
  })

  it('is nothing where nothing was said', () => {
    expect(factsOf(conversation, [])).toEqual({ asked: null, note: null, waitingSince: 5 })
  })
})

describe('who can get it', () => {
  const agents = [
    agentWith({ id: 'me', name: 'Lin Wei', email: 'lin@x.example', inboxIds: ['one'] }),
    agentWith({ id: 'wang', name: '王芳', email: 'w@x.example', inboxIds: ['one'] }),
    agentWith({ id: 'tomas', name: 'Tomás Rivera', email: 't@x.example', inboxIds: ['one'] }),
    agentWith({ id: 'far', name: 'Far', email: 'f@x.example', inboxIds: ['two'] }),
    agentWith({ id: 'gone', name: 'Gone', email: 'g@x.example', inboxIds: ['one'], active: false }),
  ]
  const ids = (text: string) => colleaguesFor(conversation, agents, 'me', text).map(({ id }) => id)

  it('are those who may see it and are not oneself', () => {
    expect(ids('')).toEqual(['tomas', 'wang'])
  })

  it.each(['wf', 'wangfang', '王', 'w@x'])('are found by %s', text => {
    expect(ids(text)).toEqual(['wang'])
  })
})
