import { expect, test } from 'vitest'
import type { Attachment } from '#shared/model/item.ts'
import { conversationRow, customerRow, itemRow, patchOf, row, TestDesk } from '../../testing.ts'
import { files, filesOfCustomer } from './files.ts'

const file = (name: string, contentId: string | null = null): Attachment => ({
  ...{
    sha256: name
      .padEnd(64, '0')
      .slice(0, 64)
      .replace(/[^0-9a-f]/gu, 'a'),
    name,
    type: 'text/plain',
  },
  ...{ size: 10, contentId },
})

function open() {
  const desk = new TestDesk()
  const context = {
    ...{ replica: desk.replica, agentId: () => 'ann', connected: () => true },
    loadingOlder: () => new Set<string>(),
  }
  const { customerFiles } = files(context)
  const names = (customerId: string, limit = 10) =>
    customerFiles.run({ customerId, limit }).map(entry => entry.row().file.name)
  return { desk, names, customerFiles }
}

test('the files of a customer come from every conversation, the newest first, without the pictures of a layout', () => {
  const { desk, names } = open()
  desk.apply(
    patchOf([
      row('item', 1, itemRow('a', 'c1', 2, { attachments: [file('one.txt'), file('logo.png', 'cid')] })),
      row('item', 1, itemRow('b', 'c2', 3, { attachments: [file('two.txt'), file('two.txt')] })),
      row('item', 1, itemRow('c', 'c2', 4)),
    ]),
  )
  expect(names('maria')).toEqual(['two.txt', 'one.txt'])
  expect(names('maria', 1)).toEqual(['two.txt'])
  expect(names('somebody else')).toEqual([])
})

test('of who was merged too, whoever of them is asked for; a lost inbox’s are gone', () => {
  const { desk, names } = open()
  desk.apply(
    patchOf([
      row('customer', 1, customerRow('li', { mergedInto: 'maria' })),
      row('conversation', 1, conversationRow('c9', { customerId: 'li' })),
      row('item', 1, itemRow('a', 'c1', 2, { attachments: [file('maria.txt')] })),
      row('item', 1, itemRow('b', 'c9', 3, { customerId: 'li', attachments: [file('li.txt')] })),
    ]),
  )
  expect(names('maria')).toEqual(['li.txt', 'maria.txt'])
  expect(names('li')).toEqual(['li.txt', 'maria.txt'])
  desk.replica.db.prepare("insert into hidden_inbox values ('one')").run()
  expect(names('maria')).toEqual([])
})

test('a change matters where it brings or takes a file of this person', () => {
  const { desk, customerFiles } = open()
  const matters = (doc: ReturnType<typeof itemRow>, ...keys: string[]) =>
    customerFiles.concerns!(
      { customerId: 'maria', limit: 10 },
      { type: 'item', id: doc.id, place: 1, doc },
      new Set(keys),
    )
  desk.apply(patchOf([row('customer', 1, customerRow('li'))]))
  expect(matters(itemRow('a', 'c1', 2, { attachments: [file('x')] }))).toBe(true)
  expect(matters(itemRow('a', 'c1', 2))).toBe(false)
  expect(matters(itemRow('a', 'c1', 2), 'a:0')).toBe(true)
  expect(matters(itemRow('a', 'c1', 2, { customerId: 'li', attachments: [file('x')] }))).toBe(false)
})

test('they are read by an index that holds nothing else', () => {
  const { desk } = open()
  const plan = desk.replica.db.prepare(`explain query plan ${filesOfCustomer}`).all('maria', 10)
  const details = plan.map(step => (step as { detail: string }).detail)
  expect(details[0]).toBe('SEARCH item USING INDEX item_with_files (customer_id=?)')
  expect(details.some(detail => detail.includes('TEMP B-TREE'))).toBe(false)
})
