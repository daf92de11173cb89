import { expect, it } from 'vitest'
import { identityWith, itemWith } from '../model/testing.ts'
import type { Verdict } from './mutation.ts'
import { around, lin, Place, T0, wang } from './testing.ts'

function placeWithMail(): Place {
  const place = new Place()
  place.set(
    'identity',
    identityWith({ id: 'i1', customerId: 'zhao', address: 'zhao@example.com', createdAt: T0 }),
  )
  place.set(
    'item',
    itemWith(place.conversation, { id: 'q1', seq: 1, at: T0, text: 'Where is it?', mail: { ...mail } }),
  )
  return place
}
const mail = {
  ...{ messageId: 'q1@x', inReplyTo: '', references: [], from: null, to: [], cc: [], raw: null },
  ...{ automatic: 'no' as const, problems: [] },
}
const say = (place: Place, id: string, over: object = {}, agent = lin): Verdict =>
  place.run(agent, 'side.send', {
    id,
    ...around,
    identityId: 'i1',
    subject: 'Order 7',
    root: id,
    about: 'q1',
    text: 'Is it in stock?',
    to: [{ name: 'Depot', address: 'depot@example.com' }],
    cc: [],
    attachments: [],
    basis: place.basis(),
    ...over,
  })

it('begins with a copy of what it is about, or with the words alone, and nobody has answered the customer', () => {
  const place = placeWithMail()
  expect(say(place, 's1', { heading: 'From: Zhao' })).toBeUndefined()
  expect(place.item('s1')).toMatchObject({
    subject: 'Order 7',
    quoted: 'From: Zhao\n\nWhere is it?',
    mail: { forwards: 'q1', side: 's1' },
    delivery: { recipients: [{ address: 'depot@example.com' }] },
  })
  say(place, 's2')
  expect(place.item('s2').quoted).toBe('')
  expect(place.conversation).toMatchObject({ waitingSince: T0, lastReply: null })
})

it('is gone on with by any colleague, in what began it', () => {
  const place = placeWithMail()
  say(place, 's1')
  expect(say(place, 's2', { root: 's1' }, wang)).toBeUndefined()
  expect(place.item('s2').mail?.side).toBe('s1')
  expect(say(place, 's3', { root: 'q1' })).toMatchObject({ code: 'not-possible' })
})

it.each([
  { to: [{ name: '', address: 'ZHAO@example.com' }] },
  { cc: [{ name: '', address: 'zhao@example.com' }] },
  { bcc: [{ name: '', address: 'zhao@example.com' }] },
])('never goes to the customer: %j', over => {
  const place = placeWithMail()
  expect(say(place, 's1', over)).toMatchObject({ kind: 'refused', code: 'to-the-customer' })
  expect(place.item('s1')).toBeUndefined()
})

it('cannot dodge that by naming another customer’s address as the customer’s', () => {
  const place = placeWithMail()
  place.set(
    'identity',
    identityWith({ id: 'i2', customerId: 'other', address: 'other@example.com', createdAt: T0 }),
  )
  expect(
    say(place, 's1', { identityId: 'i2', to: [{ name: '', address: 'zhao@example.com' }] }),
  ).toMatchObject({
    code: 'invalid',
  })
})
