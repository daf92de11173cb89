import { describe, expect, it } from 'vitest'
import type { Draft } from '../model/draft.ts'
import type { RichText } from '../model/rich-text.ts'
import type { Verdict } from './mutation.ts'
import { letGo } from './outgoing.ts'
import { around, boss, lin, Place, T0, wang } from './testing.ts'

const HOUR = 3_600_000
const file = { sha256: 'a'.repeat(64), name: 'photo.jpg', type: 'image/jpeg', size: 4, contentId: null }
const rich: RichText = [{ kind: 'paragraph', spans: [{ text: 'Bold', marks: ['bold'] }] }]
const content = {
  text: 'It ships tomorrow.',
  to: [{ name: '', address: 'zhao@example.com' }],
  cc: [{ name: 'Cy', address: 'cy@example.com' }],
  attachments: [],
}
const drafted = {
  kind: 'reply' as const,
  text: content.text,
  cc: ['Cy <cy@example.com>'],
  attachments: [file],
  rich: undefined as RichText | undefined,
}

const plan = (place: Place, sendAt: number, id = 'r1'): Verdict =>
  place.run(lin, 'reply.schedule', { id, ...around, ...content, basis: place.basis(), sendAt })
const send = (place: Place, undoSeconds?: number): Verdict =>
  place.run(lin, 'reply.send', { id: 'r1', ...around, ...content, basis: place.basis(), undoSeconds })
const takeBack = (place: Place, over: object = {}, agent = lin): Verdict =>
  place.run(agent, 'reply.cancel', {
    itemId: 'r1',
    conversationId: 'c1',
    draft: drafted,
    reopen: false,
    at: place.now,
    ...over,
  })
const draftOf = (place: Place): Draft => place.rows.docs.get('draft:lin.c1.reply') as Draft
const inDelivery = (place: Place, state: 'sending' | 'held', attempts: number): void => {
  const item = place.item('r1')
  place.set('item', { ...item, delivery: { ...item.delivery!, state, attempts } })
}

describe('send later', () => {
  it('waits for its time, and has answered nobody until then', () => {
    const place = new Place()
    expect(plan(place, T0 + HOUR)).toBeUndefined()
    expect(place.item('r1').delivery).toMatchObject({
      state: 'queued',
      nextAttemptAt: T0 + HOUR,
      later: { at: T0 + HOUR },
    })
    expect(place.conversation).toMatchObject({ waitingSince: T0, lastReply: null, lastSeq: 2 })
  })

  it('S21: one that was written offline counts its age from its time, not from when it was written', () => {
    const place = new Place()
    const basis = place.basis(lin, { offline: true })
    const at = (id: string, sendAt: number) =>
      place.run(lin, 'reply.schedule', { id, ...around, ...content, basis, sendAt })
    place.now = T0 + 5 * HOUR
    expect(at('soon', T0 + 4 * HOUR)).toBeUndefined()
    expect(at('missed', T0 + HOUR)).toMatchObject({
      kind: 'held',
      reasons: [{ kind: 'too-old', plannedFor: T0 + HOUR }],
    })
    expect(place.item('missed').delivery).toMatchObject({ state: 'held', nextAttemptAt: null })
    expect(place.item('missed').delivery?.later).toBeUndefined()
  })

  it('is given another time by its author, and by nobody else', () => {
    const place = new Place()
    plan(place, T0 + HOUR)
    const move = (agent: typeof lin, sendAt: number) =>
      place.run(agent, 'reply.reschedule', { itemId: 'r1', ...around, sendAt, basis: place.basis() })
    expect(move(wang, T0)).toMatchObject({ code: 'forbidden' })
    expect(move(lin, T0 + 3 * HOUR)).toBeUndefined()
    expect(place.item('r1').delivery).toMatchObject({
      nextAttemptAt: T0 + 3 * HOUR,
      later: { at: T0 + 3 * HOUR },
    })
    inDelivery(place, 'sending', 1)
    expect(move(lin, T0)).toMatchObject({ code: 'on-its-way' })
  })

  it('lets no other time be given to what never waited', () => {
    const place = new Place()
    send(place)
    expect(
      place.run(lin, 'reply.reschedule', { itemId: 'r1', ...around, sendAt: T0, basis: place.basis() }),
    ).toMatchObject({ code: 'not-possible' })
  })

  it('S23: goes to the end of the conversation and has answered when it is let go', () => {
    const place = new Place()
    plan(place, T0 + HOUR)
    place.run(wang, 'note.add', { id: 'n1', conversationId: 'c1', text: 'n', attachments: [], at: T0 })
    const gone = letGo(place.conversation, place.item('r1'), 'lin', T0 + HOUR)
    expect(gone.item).toMatchObject({ seq: 4, at: T0 + HOUR })
    expect(gone.conversation).toMatchObject({
      lastSeq: 4,
      waitingSince: null,
      lastReply: { seq: 4, agentId: 'lin' },
    })
  })

  it('leaves a conversation resolved that its author resolved along with it, and opens one that was resolved before', () => {
    const place = new Place()
    plan(place, T0 + HOUR)
    place.run(lin, 'conversation.close', { conversationId: 'c1', at: T0 })
    expect(letGo(place.conversation, place.item('r1'), 'lin', T0 + HOUR).conversation.status).toBe('closed')

    const before = new Place()
    before.run(lin, 'conversation.close', { conversationId: 'c1', at: T0 })
    plan(before, T0 + HOUR)
    expect(letGo(before.conversation, before.item('r1'), 'lin', T0 + HOUR).conversation.status).toBe('open')
  })
})

describe('undo send', () => {
  it('waits as many seconds from the moment the hub has it, whatever the clock of the desk says', () => {
    const place = new Place()
    place.now = T0 + 7 * HOUR
    const basis = place.basis(lin, { writtenAt: T0 })
    place.run(lin, 'reply.send', { id: 'r1', ...around, ...content, basis, undoSeconds: 10 })
    expect(place.item('r1').delivery?.later).toEqual({ at: T0 + 7 * HOUR + 10_000, undo: true })
  })

  it('leaves at once where no seconds are given', () => {
    const place = new Place()
    send(place)
    expect(place.item('r1').delivery).toMatchObject({ state: 'queued', nextAttemptAt: null })
    expect(place.conversation.waitingSince).toBeNull()
  })
})

describe('taking back', () => {
  it('makes it a draft of its author again, with files, copies and formatting, as if it had never been', () => {
    const place = new Place()
    plan(place, T0 + HOUR)
    expect(takeBack(place, { draft: { ...drafted, rich } })).toBeUndefined()
    expect(place.item('r1')).toBeUndefined()
    expect(draftOf(place)).toMatchObject({ ...drafted, rich, agentId: 'lin', heldItemId: null })
    expect(place.conversation).toMatchObject({ waitingSince: T0, lastReply: null })
  })

  it('S13: puts the words behind what was begun since, once however often', () => {
    const place = new Place()
    send(place, 10)
    place.run(lin, 'draft.save', {
      conversationId: 'c1',
      kind: 'reply',
      text: 'One more thing',
      cc: [],
      attachments: [],
      heldItemId: null,
      updatedAt: T0,
    })
    takeBack(place)
    takeBack(place)
    expect(draftOf(place).text).toBe('One more thing\n\nIt ships tomorrow.')
    expect(draftOf(place).attachments).toEqual([file])
  })

  it.each([
    ['sending', 1, 'on-its-way'],
    ['held', 0, 'not-possible'],
  ] as const)('I2: is refused once it is %s', (state, attempts, code) => {
    const place = new Place()
    send(place, 10)
    inDelivery(place, state, attempts)
    expect(takeBack(place)).toMatchObject({ kind: 'refused', code })
    expect(place.item('r1').delivery?.state).toBe(state)
    expect(draftOf(place)).toBeUndefined()
  })

  it('is for its author: nobody gets the words of another', () => {
    for (const agent of [wang, boss]) {
      const place = new Place()
      send(place, 10)
      expect(takeBack(place, {}, agent)).toMatchObject({ code: 'forbidden' })
    }
  })

  it('of one that never reached the hub keeps the words', () => {
    const place = new Place()
    expect(takeBack(place)).toBeUndefined()
    expect(draftOf(place).text).toBe(content.text)
  })

  it('opens what was resolved along with it, and the customer waits again; not what a colleague resolved', () => {
    const place = new Place()
    send(place, 10)
    place.run(lin, 'conversation.close', { conversationId: 'c1', at: T0 })
    takeBack(place, { reopen: true })
    expect(place.conversation).toMatchObject({ status: 'open', waitingSince: T0 })

    const other = new Place()
    send(other, 10)
    other.run(wang, 'conversation.close', { conversationId: 'c1', at: T0 })
    takeBack(other, { reopen: true })
    expect(other.conversation.status).toBe('closed')
  })

  it('brings back what was put off along with it, and what was to come after it is to come after it again', () => {
    const place = new Place()
    send(place, 10)
    place.run(lin, 'conversation.snooze', { conversationId: 'c1', until: T0 + HOUR, at: T0 })
    takeBack(place, { reopen: true, draft: { ...drafted, after: { snooze: 60 } } })
    expect(place.conversation).toMatchObject({ status: 'open', snoozedUntil: null, waitingSince: T0 })
    expect(draftOf(place).after).toEqual({ snooze: 60 })
  })
})

describe('a doubted message that had waited for its time (S5, S18)', () => {
  const doubted = (): Place => {
    const place = new Place()
    plan(place, T0 + HOUR)
    const item = place.item('r1')
    place.set('item', { ...item, delivery: { ...item.delivery!, state: 'uncertain', nextAttemptAt: null } })
    return place
  }
  const decide = (place: Place, as: 'arrived' | 'send-again') =>
    place.run(lin, 'delivery.resolve', { itemId: 'r1', conversationId: 'c1', as, at: T0 })

  it('has answered when a person says that it arrived', () => {
    const place = doubted()
    decide(place, 'arrived')
    expect(place.conversation).toMatchObject({ waitingSince: null, lastReply: { seq: 3 } })
    expect(place.item('r1')).toMatchObject({ seq: 3, delivery: { state: 'sent' } })
  })

  it('is reviewed once more when it is to be sent', () => {
    const place = doubted()
    decide(place, 'send-again')
    expect(place.item('r1').delivery).toMatchObject({ state: 'queued', later: { at: T0 } })
    expect(place.conversation.waitingSince).toBe(T0)
  })
})
