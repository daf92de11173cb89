import { describe, expect, test } from 'vitest'
import type { Item } from '#shared/model/item.ts'
import { copiesOf, isAddress, parseMailbox, splitMailboxes } from './recipients.ts'

describe('addresses', () => {
  test.each([
    ['amara@parcelo.eu', { name: '', address: 'amara@parcelo.eu' }],
    ['Amara Okonkwo <Amara@Parcelo.EU>', { name: 'Amara Okonkwo', address: 'amara@parcelo.eu' }],
    ['"Okonkwo, Amara" <a@parcelo.eu>;', { name: 'Okonkwo, Amara', address: 'a@parcelo.eu' }],
    ['赵明轩 <zhao@顺达.cn>', { name: '赵明轩', address: 'zhao@顺达.cn' }],
  ])('%s is read', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox)
  })

  test.each([
    'amara',
    'amara@',
    '@parcelo.eu',
    'a b@c.de',
    'a@b',
    'a@b..de',
    '.a@b.de',
    'a@b.de@c.de',
    'a@b.de, c@d.de',
  ])('%s is not one', text => {
    expect(isAddress(text)).toBe(false)
  })

  test('a pasted list is parted at commas, semicolons and lines, but not inside a quoted name', () => {
    expect(splitMailboxes('a@b.de, "C, D" <c@d.de>;\ne@f.de')).toEqual([
      'a@b.de',
      '"C, D" <c@d.de>',
      'e@f.de',
    ])
  })
})

describe('copies of an answer', () => {
  const latest = {
    mail: {
      automatic: 'no',
      to: [
        { name: 'Support', address: 'Support@veloform.com' },
        { name: '', address: 'fleet@parcelo.eu' },
      ],
      cc: [
        { name: '', address: 'fleet@parcelo.eu' },
        { name: '', address: 'amara@parcelo.eu' },
        { name: '', address: 'undisclosed' },
        { name: 'Boss', address: 'boss@parcelo.eu' },
      ],
    },
  } as unknown as Item

  test('go to everybody else once: not to us, not to the one who is answered, not to what is no address', () => {
    expect(
      copiesOf(latest, 'amara@parcelo.eu', ['support@veloform.com']).map(({ address }) => address),
    ).toEqual(['fleet@parcelo.eu', 'boss@parcelo.eu'])
  })
  test('go to nobody when we are not named, for one of them may be us, nor when a machine wrote', () => {
    expect(copiesOf(latest, 'amara@parcelo.eu', ['help@veloform.com'])).toEqual([])
    const machine = { mail: { ...latest.mail, automatic: 'list' } } as Item
    expect(copiesOf(machine, 'amara@parcelo.eu', ['support@veloform.com'])).toEqual([])
  })
  test('there are none without a mail', () => {
    expect(copiesOf(undefined, 'a@b.de', [])).toEqual([])
  })
})
