import { expect, it } from 'vitest'
import type { Verdict } from './mutation.ts'
import { boss, lin, Place, T0, wang } from './testing.ts'

const summary = 'Wants the invoice again; the address changed.'
const give = (place: Place, agent = lin, to = 'wang', from: string | null = null, text = summary): Verdict =>
  place.run(agent, 'conversation.hand-over', {
    conversationId: 'c1',
    agentId: to,
    from,
    summary: text,
    at: T0,
  })
const event = (place: Place) => place.item(place.conversation.handover?.itemId ?? '')

it('gives the conversation and the word on it in one step', () => {
  const place = new Place()
  expect(give(place)).toBeUndefined()
  expect(place.conversation).toMatchObject({
    assigneeId: 'wang',
    lastSeq: 2,
    handover: { by: 'lin', to: 'wang' },
    lastAssignment: { seq: 2, agentId: 'wang' },
  })
  expect(event(place)).toMatchObject({
    kind: 'event',
    direction: 'internal',
    text: summary,
    handover: true,
    event: { kind: 'assigned', agentId: 'wang' },
  })
})

it('S15: is refused when somebody else has it by now, and the summary comes back as a note', () => {
  const place = new Place()
  place.run(boss, 'conversation.claim', { conversationId: 'c1', at: T0 })
  expect(give(place)).toEqual({ kind: 'refused', code: 'taken', params: { agentId: 'boss' } })
  expect(place.conversation.handover).toBeUndefined()
})

it('goes to nobody who may not see it, nor to oneself', () => {
  const place = new Place()
  place.set('agent', { ...wang, inboxIds: ['sales'] })
  expect(give(place)).toMatchObject({ code: 'not-possible' })
  expect(give(place, lin, 'lin')).toMatchObject({ code: 'not-possible' })
})

it('needs no words: then there is nothing to put away', () => {
  const place = new Place()
  give(place, lin, 'wang', null, '  ')
  expect(place.conversation).toMatchObject({ assigneeId: 'wang' })
  expect(place.conversation.handover).toBeUndefined()
})

it('is put away by who has it, or by their answer, and by nobody else', () => {
  const place = new Place()
  give(place)
  const { itemId } = place.conversation.handover!
  const away = (agent: typeof lin) => place.run(agent, 'handover.put-away', { conversationId: 'c1', itemId })
  away(lin)
  place.reply(lin, 'r0', 'One more word', place.basis())
  expect(place.conversation.handover).toBeDefined()
  away(wang)
  expect(place.conversation.handover).toBeUndefined()

  const other = new Place()
  give(other)
  other.reply(wang, 'r1', 'Hello', other.basis())
  expect(other.conversation.handover).toBeUndefined()
})

it('handed on, it is the new word that stands there', () => {
  const place = new Place()
  give(place)
  const first = place.conversation.handover!.itemId
  give(place, wang, 'boss', 'wang', 'Still open.')
  place.run(wang, 'handover.put-away', { conversationId: 'c1', itemId: first })
  expect(event(place).text).toBe('Still open.')
})
