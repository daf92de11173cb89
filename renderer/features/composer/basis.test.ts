import { expect, test } from 'vitest'
import { conversationWith, customerWith } from '#shared/model/testing.ts'
import { basisOf, placeOf } from './basis.ts'

const conversation = conversationWith({
  id: 'conversation',
  inboxId: 'inbox',
  customerId: 'customer',
  identityId: 'identity',
  status: 'snoozed',
  snoozedUntil: 5,
  assigneeId: 'wang',
  lastSeq: 7,
})
const customer = (mergedInto: string | null) => customerWith({ id: 'customer', mergedInto })

test('S21 a basis is what the author had on the screen', () => {
  expect(basisOf(conversation, customer(null), 1000, true)).toEqual({
    seq: 7,
    status: 'snoozed',
    assigneeId: 'wang',
    inboxId: 'inbox',
    customerId: 'customer',
    writtenAt: 1000,
    offline: false,
  })
})

test('S21 whoever is not live writes offline', () => {
  expect(basisOf(conversation, customer(null), 1000, false).offline).toBe(true)
})

test('S26 a merge that is on the screen is followed', () => {
  expect(basisOf(conversation, customer('survivor'), 1000, true).customerId).toBe('survivor')
})

test('S26 the place of a reply stays the conversation’s own, whatever was merged', () => {
  expect(placeOf(conversation)).toEqual({
    conversationId: 'conversation',
    customerId: 'customer',
    inboxId: 'inbox',
    channel: 'email',
  })
})
