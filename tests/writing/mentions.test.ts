/** Colleagues named in notes, between real desks over a real hub: told to whom they name, until they have read it, and to nobody else (I5). */
import { expect, test } from 'vitest'
import type { QueryArgs } from '#shared/queries/index.ts'
import { signedIn, startHub } from '../core/ground.ts'
import type { Page } from '../core/page.ts'

const view: QueryArgs<'conversations'> = {
  ...{ view: 'mentioned', inboxId: null, sort: 'longest-waiting', offset: 0, limit: 20 },
}
const names = (page: Page, conversationId: string, id: string, mentions: string[]) =>
  page.ask('mutate', {
    name: 'note.add',
    args: { id, conversationId, text: '@Bo look', attachments: [], mentions, at: Date.now() },
  })
const unseen = (
  rows: { view: string; inboxId: string | null; count: number }[],
  inboxId: string | null = null,
) => rows.find(row => row.view === 'mentioned' && row.inboxId === inboxId)?.count

test('who is named has it in a view, the latest first, counted until it is read; nobody else has', async () => {
  const hub = await startHub()
  const [ann, bo, sue] = await Promise.all(
    (['ann', 'bo', 'sue'] as const).map(async name => (await signedIn(hub.url, name)).page),
  )
  const [list, counts] = [bo!.watch('conversations', view), bo!.watch('viewCounts', {})]
  const [others, othersCounts] = [sue!.watch('conversations', view), sue!.watch('viewCounts', {})]
  const [own, ownCounts] = [ann!.watch('conversations', view), ann!.watch('viewCounts', {})]
  await bo!.until(() => list.ready && counts.ready)
  expect(list.rows).toEqual([])

  await names(ann!, 'c1', 'n1', ['bo'])
  await bo!.until(() => list.rows.length === 1)
  await names(ann!, 'c3', 'n2', ['bo', 'ann'])
  await bo!.until(() => list.rows.length === 2 && unseen(counts.rows) === 2)
  expect(list.rows.map(({ conversation }) => conversation.id)).toEqual(['c3', 'c1'])
  expect(list.rows.map(({ unread }) => unread)).toEqual([true, true])
  expect(unseen(counts.rows, 'one')).toBe(2)

  // Read up to what the customer said is not read to the note.
  await bo!.ask('mutate', { name: 'conversation.read', args: { conversationId: 'c1', seq: 2 } })
  expect(unseen(counts.rows)).toBe(2)
  await bo!.ask('mutate', { name: 'conversation.read', args: { conversationId: 'c1', seq: 3 } })
  await bo!.until(() => unseen(counts.rows) === 1)
  await bo!.until(() => list.rows.find(({ conversation }) => conversation.id === 'c1')?.unread === false)
  expect(list.rows).toHaveLength(2)

  await ann!.until(() => own.rows.length === 1 && unseen(ownCounts.rows) === 1)
  await sue!.until(() => others.ready && othersCounts.ready)
  expect(others.rows).toEqual([])
  expect(unseen(othersCounts.rows)).toBe(0)
})

test('I5: who may not see the conversation is told nothing, even when they are named', async () => {
  const hub = await startHub()
  const [ann, bo] = [(await signedIn(hub.url, 'ann')).page, (await signedIn(hub.url, 'bo')).page]
  const [list, counts] = [ann.watch('conversations', view), ann.watch('viewCounts', {})]
  await names(bo, 'd1', 'n1', ['ann'])
  // What comes after it, in an inbox of hers, has come: so would this have.
  await names(bo, 'c2', 'n2', ['ann'])
  await ann.until(() => list.rows.length === 1 && counts.ready)
  expect(list.rows.map(({ conversation }) => conversation.id)).toEqual(['c2'])
  expect(unseen(counts.rows)).toBe(1)
})
