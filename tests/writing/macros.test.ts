/** Macros and drafts on the way between real desks (S1): the team's come to everybody, one's own to nobody else, a draft to one's other desk. */
import { expect, test } from 'vitest'
import { Macro } from '#shared/model/macro.ts'
import { signedIn, startHub } from '../core/ground.ts'

const macro = (id: string, agentId: string | null): Macro =>
  Macro.parse({
    ...{ id, name: `Macro ${id}`, shortcut: id, folder: '', language: '', families: [], agentId },
    ...{ text: 'Hello {{customer.firstName}}', actions: { tagIds: ['refund'], close: true } },
  })

test('the team’s macro comes to a colleague, one’s own does not, and both go when they are deleted', async () => {
  const hub = await startHub()
  const [sue, ann] = [(await signedIn(hub.url, 'sue')).page, (await signedIn(hub.url, 'ann')).page]
  const [seen, own] = [ann.watch('macros', {}), sue.watch('macros', {})]
  for (const args of [macro('own', 'sue'), macro('team', null)])
    await sue.ask('mutate', { name: 'macro.save', args })
  await ann.until(() => seen.rows.length > 0)
  expect(seen.rows).toEqual([macro('team', null)])
  expect(own.rows).toHaveLength(2)

  const fault = await ann.faultOf('mutate', {
    name: 'macro.save',
    args: { ...macro('team', null), name: 'Ann’s' },
  })
  expect(fault.params).toMatchObject({ code: 'forbidden' })
  await sue.ask('mutate', { name: 'macro.remove', args: { id: 'team' } })
  await ann.until(() => seen.rows.length === 0)
})

test('a draft, and what is to become of the conversation when it is sent, is on one’s other desk', async () => {
  const hub = await startHub()
  const [here, there] = [(await signedIn(hub.url, 'ann')).page, (await signedIn(hub.url, 'ann')).page]
  const drafts = there.watch('drafts', { conversationId: 'c1' })
  await here.ask('mutate', {
    name: 'draft.save',
    args: {
      ...{ conversationId: 'c1', kind: 'reply', text: '您好', cc: [], attachments: [], heldItemId: null },
      ...{ after: { snooze: 60 }, updatedAt: Date.now() },
    },
  })
  await there.until(() => drafts.rows.length === 1)
  expect(drafts.rows[0]).toMatchObject({ text: '您好', after: { snooze: 60 } })
})
