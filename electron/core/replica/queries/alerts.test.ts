import { beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import { readMarkId } from '#shared/model/read-mark.ts'
import { conversationRow, itemRow, NOW, patchOf, row, TestDesk } from '../../testing.ts'
import { alerts } from './alerts.ts'

let desk: TestDesk
let answers: ReturnType<typeof alerts>
let rev = 10
beforeEach(() => {
  desk = new TestDesk()
  answers = alerts({
    replica: desk.replica,
    agentId: () => 'ann',
    loadingOlder: () => new Set(),
    connected: () => true,
  })
  // What the desk comes with is read.
  read('c1', 1)
  read('c2', 1)
})

const standing = () => answers.alerts.run({}).map(entry => entry.row())
const kinds = () => standing().map(({ id, kind }) => `${id} ${kind}`)
const put = (id: string, over: Partial<Conversation>): void =>
  void desk.apply(patchOf([row('conversation', ++rev, conversationRow(id, over))]))
const read = (conversationId: string, seq: number, agentId = 'ann'): void =>
  void desk.apply(
    patchOf([
      row('readMark', ++rev, { id: readMarkId(agentId, conversationId), agentId, conversationId, seq }),
    ]),
  )
const wrote = (seq: number): Partial<Conversation> => ({
  lastSeq: seq,
  lastInbound: { seq, at: NOW + seq },
  waitingSince: NOW + seq,
})

describe('what stands until it was seen', () => {
  test('a customer with nobody is new, or comes back once somebody has answered; one of mine is mine', () => {
    put('c1', wrote(2))
    put('c2', { ...wrote(3), lastReply: { seq: 2, at: NOW, agentId: 'bo' } })
    put('c3', { ...wrote(4), assigneeId: 'ann' })
    expect(kinds()).toEqual(['c3 mine', 'c2 queue', 'c1 new'])
    expect(standing()[0]).toMatchObject({
      customerName: 'Maria',
      mark: 4,
      seq: 4,
      since: NOW + 4,
      priority: 'normal',
    })
  })

  test('reading it here or on another desk ends it; more of it stands again', () => {
    put('c1', wrote(2))
    read('c1', 2)
    expect(kinds()).toEqual([])
    put('c1', wrote(3))
    expect(kinds()).toEqual(['c1 new'])
  })

  test('what its reader marks unread was noticed: nobody is told of it again', () => {
    put('c1', wrote(2))
    read('c1', 2)
    desk.do('conversation.unread', { conversationId: 'c1', seq: 2 })
    expect(kinds()).toEqual([])
  })

  test.each<[string, Partial<Conversation>]>([
    ['a colleague claims it', { assigneeId: 'bo' }],
    ['it is answered', { waitingSince: null }],
    ['it is closed', { status: 'closed' }],
    ['it is snoozed', { status: 'snoozed', snoozedUntil: NOW }],
  ])('it ends when %s', (_how, over) => {
    put('c1', wrote(2))
    expect(kinds()).toEqual(['c1 new'])
    put('c1', { ...wrote(2), ...over })
    expect(kinds()).toEqual([])
  })

  test('a colleague’s reading does not end mine', () => {
    put('c1', wrote(2))
    read('c1', 2, 'bo')
    expect(kinds()).toEqual(['c1 new'])
  })

  test('in an inbox that was lost nothing stands', () => {
    put('c1', wrote(2))
    desk.replica.sql.stream.hideInbox.run('one')
    expect(kinds()).toEqual([])
  })
})

test('what a colleague gives me stands until I look; what I took myself does not', () => {
  const given = (id: string, by: string): void => {
    const conversation = conversationRow(id, {
      assigneeId: 'ann',
      lastSeq: 2,
      waitingSince: null,
      lastAssignment: { seq: 2, at: NOW + 2, agentId: 'ann' },
    })
    const event = itemRow(`${id}-2`, id, 2, {
      kind: 'event',
      direction: 'internal',
      author: { kind: 'agent', agentId: by },
      event: { kind: 'assigned', agentId: 'ann' },
    })
    desk.apply(patchOf([row('conversation', ++rev, conversation), row('item', ++rev, event)]))
  }
  given('c1', 'ann')
  given('c2', 'bo')
  expect(kinds()).toEqual(['c2 assigned'])
  read('c2', 2)
  expect(kinds()).toEqual([])
})

test('an answer from beside stands with whose conversation it is, or with who asked while it is nobody’s, until they look', () => {
  const answered = (id: string, seq: number, over: Partial<Conversation> = {}, agentId = 'ann'): void => {
    const conversation = {
      lastSeq: seq,
      waitingSince: null,
      lastAside: { seq, at: NOW + seq, agentId },
      ...over,
    }
    const item = itemRow(`${id}-${seq}`, id, seq, { text: 'Three are left.' })
    desk.apply(
      patchOf([row('conversation', ++rev, conversationRow(id, conversation)), row('item', ++rev, item)]),
    )
  }
  answered('c1', 2)
  answered('c2', 3, { assigneeId: 'ann' }, 'bo')
  expect(kinds()).toEqual(['c2 aside aside', 'c1 aside aside'])
  expect(standing()[1]).toMatchObject({ itemId: 'c1-2', preview: 'Three are left.', since: null, mark: 2 })
  answered('c1', 2, { assigneeId: 'bo' })
  answered('c2', 3, {}, 'bo')
  expect(kinds()).toEqual([])
  answered('c1', 4, wrote(3))
  expect(kinds()).toEqual(['c1 aside aside', 'c1 new'])
  read('c1', 3)
  expect(kinds()).toEqual(['c1 aside aside'])
  read('c1', 4)
  expect(kinds()).toEqual([])
})

test('my messages that failed or are held stand, a colleague’s do not', () => {
  const sent = (id: string, state: 'failed' | 'held', agentId: string) =>
    row(
      'item',
      ++rev,
      itemRow(id, 'c1', 5, {
        direction: 'out',
        author: { kind: 'agent', agentId },
        delivery: {
          state,
          at: NOW + 9,
          attempts: 1,
          reason: null,
          retryable: true,
          nextAttemptAt: null,
          recipients: [],
        },
      }),
    )
  desk.apply(patchOf([sent('a', 'failed', 'ann'), sent('b', 'held', 'ann'), sent('c', 'failed', 'bo')]))
  expect(kinds()).toEqual(['a failed', 'b held'])
})

test('a note that names me stands until I have seen it', () => {
  const note = (id: string, seq: number, mentions: string[]) =>
    row(
      'item',
      ++rev,
      itemRow(id, 'c1', seq, {
        kind: 'note',
        direction: 'internal',
        author: { kind: 'agent', agentId: 'bo' },
        mentions,
      }),
    )
  desk.apply(patchOf([note('n1', 2, ['ann']), note('n2', 3, ['bo'])]))
  expect(kinds()).toEqual(['n1 mention'])
  read('c1', 2)
  expect(kinds()).toEqual([])
})

const chatChannel: Channel = {
  id: 'chat',
  family: 'chat',
  label: { en: 'Chat', zh: '聊天' },
  can: {
    ...{ subject: false, copy: false, attachments: true, html: false },
    ...{ deliveryReceipts: false, readReceipts: true },
  },
  limits: { textCharacters: 5000, attachmentBytes: 0, attachments: 0 },
  replyWindow: null,
}

test('a chat is found however many mails came after it', () => {
  const chat = row('inbox', ++rev, {
    ...{ id: 'site', channel: 'chat', name: 'Site', address: '', signature: '' },
    ...{ holdOfflineAfterMinutes: 60, active: true },
  })
  desk.apply(patchOf([row('channel', ++rev, chatChannel), chat]))
  desk.apply(
    patchOf([
      row('conversation', ++rev, conversationRow('live', { ...wrote(2), inboxId: 'site', channel: 'chat' })),
      ...Array.from({ length: 300 }, (_, index) =>
        row(
          'conversation',
          ++rev,
          conversationRow(`m${index}`, { ...wrote(2), activityAt: NOW + 100 + index }),
        ),
      ),
    ]),
  )
  expect(standing().find(({ id }) => id === 'live')).toMatchObject({ family: 'chat', kind: 'new' })
  expect(standing()).toHaveLength(201)
})

describe('who waits', () => {
  const waiting = () => answers.waiting.run({}).map(entry => entry.row())
  test('mine come first, the longest first; with none of mine, nobody’s', () => {
    put('c1', { ...wrote(1), waitingSince: NOW + 50 })
    put('c2', { ...wrote(1), waitingSince: NOW + 20 })
    expect(waiting()).toMatchObject([
      { conversationId: 'c2', mine: false },
      { conversationId: 'c1', mine: false },
    ])
    put('c1', { ...wrote(1), waitingSince: NOW + 50, assigneeId: 'ann' })
    put('c3', { ...wrote(1), waitingSince: NOW + 30, assigneeId: 'ann' })
    expect(waiting().map(({ conversationId }) => conversationId)).toEqual(['c3', 'c1'])
  })
})
