import { expect, test } from 'vitest'
import type { QueryArgs, ThreadFilter } from '#shared/queries/index.ts'
import { conversationRow, customerRow, itemRow, NOW, patchOf, row, TestDesk } from '../../testing.ts'
import { createAnswers } from './index.ts'
import { everything } from './thread-filter.ts'

const day = 86_400_000
const vera = { customerId: 'vera' }
const hers = (...[id, conversation, seq, over]: Parameters<typeof itemRow>) =>
  row('item', 1, itemRow(id, conversation, seq, { ...vera, ...over }))

/** Vera by mail and chat over some days, and Jon, who wrote the same words. */
function open() {
  const desk = new TestDesk()
  const file = {
    sha256: 'a'.repeat(64),
    name: 'offer.pdf',
    type: 'application/pdf',
    size: 9,
    contentId: null,
  }
  const drawn = { ...file, name: 'logo.png', contentId: 'logo@x' }
  const chat = { channel: 'chat', at: NOW + 2 * day }
  desk.apply(
    patchOf([
      row('customer', 1, customerRow('vera')),
      row('customer', 1, customerRow('jon')),
      row('conversation', 1, conversationRow('mail', vera)),
      row('conversation', 1, conversationRow('chat', { ...vera, channel: 'chat' })),
      row('conversation', 1, conversationRow('other', { customerId: 'jon' })),
      hers('m1', 'mail', 1, { text: 'The invoice is wrong 发票错误' }),
      hers('m2', 'mail', 2, {
        ...{ at: NOW + day, direction: 'out', text: 'Which invoice?', attachments: [file] },
        author: { kind: 'agent', agentId: 'bo' },
      }),
      hers('m3', 'mail', 3, { at: NOW + day + 1, attachments: [drawn], text: 'This one' }),
      hers('m4', 'mail', 4, {
        ...{ at: NOW + day + 2, kind: 'note', direction: 'internal', text: 'invoice 5521, ask Lin' },
        author: { kind: 'agent', agentId: 'ann' },
      }),
      hers('c1', 'chat', 1, { ...chat, text: 'my INVOICE please' }),
      hers('c2', 'chat', 2, {
        ...{ ...chat, at: chat.at + 1, kind: 'event', text: '', author: { kind: 'system' as const } },
        event: { kind: 'closed' },
      }),
      row('item', 1, itemRow('o1', 'other', 1, { customerId: 'jon', text: 'invoice' })),
    ]),
  )
  const all = createAnswers({
    replica: desk.replica,
    agentId: () => 'ann',
    loadingOlder: () => new Set(),
    connected: () => true,
  })
  const shown = (filter: Partial<ThreadFilter>, more: Partial<QueryArgs<'timeline'>> = {}): string[] =>
    all.timeline
      .run({ customerId: 'vera', limit: 50, filter: { ...everything, ...filter }, ...more })
      .map(({ key }) => key)
  const found = (text: string, filter: Partial<ThreadFilter> = {}, limit = 50): string[] =>
    all.threadHits
      .run({ customerId: 'vera', text, limit, filter: { ...everything, ...filter } })
      .map(({ key }) => key)
  return { desk, all, shown, found }
}

test('a timeline is narrowed by channel, kind, person and time, and by all of them together', () => {
  const { shown } = open()
  expect(shown({})).toEqual(['m1', 'm2', 'm3', 'm4', 'c1', 'c2'])
  expect(shown({ channels: ['chat'] })).toEqual(['c1', 'c2'])
  expect(shown({ kinds: ['message'] })).toEqual(['m1', 'm2', 'm3', 'c1'])
  expect(shown({ kinds: ['note', 'event'] })).toEqual(['m4', 'c2'])
  // A picture in a mail's layout is no file.
  expect(shown({ kinds: ['file'] })).toEqual(['m2'])
  expect(shown({ authors: ['customer'] })).toEqual(['m1', 'm3', 'c1'])
  expect(shown({ authors: ['ann'] })).toEqual(['m4'])
  expect(shown({ authors: ['customer', 'bo'] })).toEqual(['m1', 'm2', 'm3', 'c1'])
  expect(shown({ from: NOW + day + 1, until: NOW + 2 * day })).toEqual(['m3', 'm4'])
  expect(shown({ channels: ['email'], kinds: ['message'], authors: ['customer'], from: NOW + day })).toEqual([
    'm3',
  ])
  expect(shown({ channels: ['phone'] })).toEqual([])
})

test('around an entry the filter holds too, and a limit takes the newest that pass', () => {
  const { shown } = open()
  expect(shown({ kinds: ['message'] }, { limit: 2 })).toEqual(['m3', 'c1'])
  expect(shown({ kinds: ['message'] }, { limit: 2, around: 'm2' })).toEqual(['m2', 'm3'])
})

test('a search inside finds this person’s words only, the newest first, in the parts that the filter leaves', () => {
  const { found } = open()
  expect(found('invoice')).toEqual(['c1', 'm4', 'm2', 'm1'])
  expect(found('invoice', { kinds: ['note'] })).toEqual(['m4'])
  expect(found('invoice', { channels: ['email'] }, 1)).toEqual(['m4'])
  expect(found('错误')).toEqual(['m1'])
  expect(found('invoice 5521')).toEqual(['m4'])
  expect(found('nowhere')).toEqual([])
  expect(found('  ')).toEqual([])
})

test('who was merged is searched, filtered and counted with the one they are now', () => {
  const { desk, shown, found, all } = open()
  desk.apply(patchOf([row('customer', 2, customerRow('jon', { mergedInto: 'vera' }))]))
  expect(found('invoice')).toContain('o1')
  expect(shown({ kinds: ['message'] })).toContain('o1')
  const months = all.threadMonths.run({ customerId: 'jon' }).map(entry => entry.row())
  expect(months.reduce((sum, { count }) => sum + (count as number), 0)).toBe(7)
})

test('months come newest first, each with the first that happened in it', () => {
  const { desk, all } = open()
  const at = new Date(2026, 1, 28, 23, 59).getTime()
  desk.apply(
    patchOf([
      hers('f1', 'mail', 5, { at }),
      hers('f2', 'mail', 6, { at: at + 1000 }),
      hers('f3', 'mail', 7, { at: at + 120_000 }),
    ]),
  )
  const months = all.threadMonths.run({ customerId: 'vera' }).map(entry => entry.row())
  expect(months).toContainEqual({ month: '2026-02', count: 2, itemId: 'f1' })
  expect(months).toContainEqual({ month: '2026-03', count: 1, itemId: 'f3' })
  const names = months.map(({ month }) => month)
  expect(names).toEqual(names.toSorted().toReversed())
  const notes = all.threadMonths.run({ customerId: 'vera', filter: { ...everything, kinds: ['note'] } })
  expect(notes.map(entry => entry.row())).toMatchObject([{ count: 1, itemId: 'm4' }])
})
