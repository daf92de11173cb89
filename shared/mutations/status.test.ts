import { describe, expect, it } from 'vitest'
import { around, lin, Place, T0 } from './testing.ts'

const { conversationId } = around
const close = (place: Place) => place.run(lin, 'conversation.close', { conversationId, at: place.now })
const reopen = (place: Place, waitingSince?: number) =>
  place.run(lin, 'conversation.reopen', {
    conversationId,
    at: place.now,
    ...(waitingSince === undefined ? {} : { waitingSince }),
  })

describe('a closing', () => {
  it('that is taken back lets the customer wait on, since when they had', () => {
    const place = new Place()
    close(place)
    expect(place.conversation).toMatchObject({ status: 'closed', waitingSince: null })
    reopen(place, T0)
    expect(place.conversation).toMatchObject({ status: 'open', waitingSince: T0 })
  })

  it('of what was put off, taken back, puts it off again, and the customer waits on', () => {
    const place = new Place()
    const until = T0 + 3_600_000
    const snooze = (back: { waitingSince?: number }) =>
      place.run(lin, 'conversation.snooze', { conversationId, at: place.now, until, ...back })
    snooze({})
    close(place)
    snooze({ waitingSince: T0 })
    expect(place.conversation).toMatchObject({
      status: 'snoozed',
      snoozedUntil: until,
      waitingSince: T0,
    })
  })

  it('after which somebody opens it again leaves nobody waiting', () => {
    const place = new Place()
    close(place)
    reopen(place)
    expect(place.conversation).toMatchObject({ status: 'open', waitingSince: null })
  })

  it('that is taken back after somebody has answered leaves nobody waiting', () => {
    const place = new Place()
    close(place)
    place.set('conversation', {
      ...place.conversation,
      lastReply: { seq: place.conversation.lastSeq + 1, at: T0, agentId: lin.id },
      lastSeq: place.conversation.lastSeq + 1,
    })
    reopen(place, T0)
    expect(place.conversation).toMatchObject({ status: 'open', waitingSince: null })
  })
})
