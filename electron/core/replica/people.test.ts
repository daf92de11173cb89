import { beforeEach, describe, expect, it } from 'vitest'
import { identityWith } from '#shared/model/testing.ts'
import { conversationRow, customerRow, NOW, patchOf, row, TestDesk } from '../testing.ts'

let desk: TestDesk
beforeEach(() => {
  desk = new TestDesk()
})
const people = (): unknown[] =>
  desk.replica.db
    .prepare('select id, name_key, last_at, open, channels, addresses from person order by name_key')
    .all()
const maria = {
  id: 'maria',
  name_key: 'maria',
  last_at: NOW,
  open: 2,
  channels: '["email"]',
  addresses: '["maria@customer.example"]',
}

/** Zoe, who has a chat of her own. */
const zoe = [
  row('customer', 1, customerRow('zoe', { name: 'Zoë' })),
  row('identity', 1, identityWith({ id: 'zoe-chat', customerId: 'zoe', channel: 'chat', address: 'z1' })),
  row(
    'conversation',
    1,
    conversationRow('c3', {
      customerId: 'zoe',
      identityId: 'zoe-chat',
      activityAt: NOW + 5,
      status: 'closed',
    }),
  ),
]

describe('a person', () => {
  it('is a customer with what belongs to them', () => {
    desk.apply(patchOf(zoe))
    expect(people()).toEqual([
      maria,
      { id: 'zoe', name_key: 'zoe', last_at: NOW + 5, open: 0, channels: '["chat"]', addresses: '["z1"]' },
    ])
  })

  it('stands for everybody merged into them, and is by themselves again after an unmerge', () => {
    desk.apply(patchOf(zoe))
    const apart = people()
    desk.apply(patchOf([row('customer', 2, customerRow('zoe', { name: 'Zoë', mergedInto: 'maria' }))]))
    expect(people()).toEqual([
      {
        ...maria,
        last_at: NOW + 5,
        channels: '["email","chat"]',
        addresses: '["maria@customer.example","z1"]',
      },
    ])
    desk.apply(patchOf([row('customer', 3, customerRow('zoe', { name: 'Zoë' }))]))
    expect(people()).toEqual(apart)
  })

  it('who was merged into somebody that comes later is theirs from then on, and by themselves when they go', () => {
    const eve = row('customer', 1, customerRow('eve', { name: 'Eve', mergedInto: 'zoe' }))
    desk.apply(patchOf([eve]))
    expect(people()).toMatchObject([{ id: 'eve' }, { id: 'maria' }])
    desk.apply(patchOf(zoe))
    expect(people()).toMatchObject([{ id: 'maria' }, { id: 'zoe' }])
    desk.apply(patchOf([], { leaves: [{ stream: 'inbox:one', type: 'customer', id: 'zoe' }] }))
    expect(people()).toMatchObject([{ id: 'eve' }, { id: 'maria' }])
  })

  it('follows an edit that has not reached the hub, and its being taken back', () => {
    const edit = desk.do('customer.edit', { id: 'maria', set: { name: '赵明轩' } })
    expect(people()).toMatchObject([{ id: 'maria', name_key: 'zhao ming xuan 赵明轩' }])
    desk.answer(edit, { kind: 'refused', code: 'forbidden' })
    expect(people()).toEqual([maria])
  })

  it('of an older replica is put together when it is opened', () => {
    desk.replica.db.exec(`delete from person; insert into person_due select id from customer`)
    desk.do('customer.edit', { id: 'maria', set: { company: 'Veloform' } })
    expect(people()).toEqual([maria])
  })
})
