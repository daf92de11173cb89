import { expect, test } from 'vitest'
import { attention } from '../replica/queries/attention.ts'
import { customerRow, patchOf, row, TestDesk } from '../testing.ts'

function open() {
  const desk = new TestDesk()
  const { refused, outbox } = attention({
    ...{ replica: desk.replica, agentId: () => 'ann', connected: () => true },
    loadingOlder: () => new Set<string>(),
  })
  return { desk, refused: () => refused.run({}).map(entry => entry.row()), outbox }
}
const edit = { id: 'maria', set: { company: 'Mine' }, seen: { company: '' } }

test('S13 an edit that a colleague’s came before leaves theirs, and keeps what its author wrote to put it all the same', () => {
  const { desk, refused } = open()
  const mine = desk.do('customer.edit', edit)
  expect(desk.get('customer', 'maria')?.company).toBe('Mine')
  const theirs = customerRow('maria', {
    ...{ name: 'Maria', company: 'Theirs' },
    edited: { company: { agentId: 'bo', at: 1 } },
  })
  desk.apply(patchOf([row('customer', 2, theirs)]))
  expect(desk.get('customer', 'maria')?.company).toBe('Theirs')
  expect(desk.waiting).toEqual(['customer.edit'])

  const params = { field: 'company', agentId: 'bo' }
  desk.answer(mine, { kind: 'refused', code: 'changed', params })
  expect(refused()).toMatchObject([
    {
      ...{
        name: 'customer.edit',
        code: 'changed',
        customerId: 'maria',
        customerName: 'Maria',
        preview: 'Mine',
      },
      params: { ...params, customerId: 'maria', mine: 'Mine' },
    },
  ])
  desk.do('customer.edit', { ...edit, seen: { company: 'Theirs' } })
  expect(desk.get('customer', 'maria')?.company).toBe('Mine')
})

test('a desk that knows of the colleague’s change says so at once', () => {
  const { desk, refused } = open()
  const edited = { company: { agentId: 'bo', at: 1 } }
  desk.apply(patchOf([row('customer', 2, customerRow('maria', { company: 'Theirs', edited }))]))
  expect(() => desk.do('customer.edit', edit)).toThrow(
    expect.objectContaining({
      fault: expect.objectContaining({ params: { code: 'changed', field: 'company', agentId: 'bo' } }),
    }),
  )
  expect([desk.waiting, refused()]).toEqual([[], []])
})

test('notes of two are joined on top of whatever the hub says', () => {
  const { desk } = open()
  desk.do('customer.edit', { id: 'maria', set: { note: 'mine' }, seen: { note: '' } })
  desk.apply(patchOf([row('customer', 2, customerRow('maria', { name: 'Maria', note: 'theirs' }))]))
  expect(desk.get('customer', 'maria')?.note).toBe('theirs\n— ann:\nmine')
})
