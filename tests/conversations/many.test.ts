/** What is done to many conversations at once: a real desk, on a real hub (store in memory). */
import { expect, test } from 'vitest'
import type { ConversationChange, SomeConversations } from '#shared/ipc/many.ts'
import type { Where } from '#shared/model/segment.ts'
import { signedIn, startHub } from '../core/ground.ts'
import { people, seedPeople } from '../customers/team.ts'

async function open(count: number) {
  const hub = await startHub({ seed: seedPeople(count), people })
  const { page } = await signedIn(hub.url, 'ann')
  const sent = () => page.until(() => page.state('sync')?.waiting === 0)
  let attempts = 0
  const change = async (who: SomeConversations, what: ConversationChange) => {
    const attempt = `attempt-${++attempts}`
    return { attempt, ...(await page.ask('conversationsChange', { attempt, who, change: what })) }
  }
  const ids = async (of: SomeConversations['of']) =>
    (await page.ask('conversationIds', { of, sort: 'newest', offset: 0, limit: 1000 })).ids
  return { hub, page, sent, change, ids }
}

const inView = (view: 'open' | 'closed'): SomeConversations['of'] => ({ view, inboxId: null })
const where: Where = { match: 'all', conditions: [{ field: 'channel', operator: 'is', values: ['chat'] }] }

test('a whole view but one is resolved, on the hub too, and taken back as it was', async () => {
  const { hub, page, sent, change, ids } = await open(200)
  const before = await ids(inView('open'))
  const states = async () =>
    new Map(
      (await hub.store.all('conversation')).map(({ id, status, waitingSince }) => [
        id,
        { status, waitingSince },
      ]),
    )
  const statesBefore = await states()
  expect([...statesBefore.values()].some(({ waitingSince }) => waitingSince !== null)).toBe(true)
  const [kept] = before
  const result = await change({ of: inView('open'), all: true, ids: [kept!] }, { kind: 'close' })
  expect(result).toMatchObject({ changed: before.length - 1, left: 0 })
  expect(await ids(inView('open'))).toEqual([kept])
  await sent()
  expect((await hub.store.all('conversation')).filter(({ status }) => status === 'open')).toHaveLength(1)
  await page.ask('conversationsUndo', { attempt: result.attempt })
  await sent()
  expect(await states()).toEqual(statesBefore)
})

test('what is chosen one by one is given to a colleague, and back to whoever had it', async () => {
  const { hub, page, sent, change, ids } = await open(20)
  const chosen = (await ids(inView('open'))).slice(0, 3)
  await change(
    { of: inView('open'), all: false, ids: chosen.slice(0, 1) },
    { kind: 'assign', agentId: 'ann' },
  )
  const { attempt, changed } = await change(
    { of: inView('open'), all: false, ids: chosen },
    { kind: 'assign', agentId: 'sue' },
  )
  expect(changed).toBe(3)
  expect(await page.ask('conversationsUndo', { attempt })).toEqual({ changed: 3, left: 0 })
  await sent()
  const owners = (await hub.store.all('conversation')).filter(({ id }) => chosen.includes(id))
  expect(owners.map(({ id, assigneeId }) => [id, assigneeId]).sort()).toEqual(
    chosen.map((id, index) => [id, index === 0 ? 'ann' : null]).sort(),
  )
})

test('what conditions choose is tagged and said to be urgent; what was so before is not changed, nor taken back', async () => {
  const { change, ids, page } = await open(60)
  const found = await ids({ where })
  const some = { of: { where }, all: true, ids: [] } satisfies SomeConversations
  await change({ of: { where }, all: false, ids: found.slice(0, 2) }, { kind: 'tag', tagId: 'fleet' })
  const tagged = await change(some, { kind: 'tag', tagId: 'fleet' })
  expect(tagged.changed).toBe(found.length - 2)
  await page.ask('conversationsUndo', { attempt: tagged.attempt })
  const withTag: Where = { match: 'all', conditions: [{ field: 'tag', operator: 'is', values: ['fleet'] }] }
  expect((await ids({ where: withTag })).sort()).toEqual(found.slice(0, 2).sort())

  expect(await change(some, { kind: 'prioritise', priority: 'urgent' })).toMatchObject({
    changed: found.length,
  })
  expect(await change(some, { kind: 'prioritise', priority: 'urgent' })).toMatchObject({
    changed: 0,
    left: 0,
  })
})

test('snoozed and resolved ones are, taken back, snoozed until the same time and resolved again', async () => {
  const { change, ids, page } = await open(20)
  const [snoozed] = await ids(inView('open'))
  const [closed] = await ids(inView('closed'))
  const until = Date.now() + 86_400_000
  const one = (id: string): SomeConversations => ({ of: inView('open'), all: false, ids: [id] })
  await change(one(snoozed!), { kind: 'snooze', until })
  const both = { ...one(snoozed!), ids: [snoozed!, closed!] }
  const { attempt } = await change(both, { kind: 'reopen' })
  expect(await ids(inView('open'))).toEqual(expect.arrayContaining([snoozed, closed]))
  await page.ask('conversationsUndo', { attempt })
  const customerId = snoozed!.replace(/-(email|chat)$/, '')
  const own = page.watch('customerConversations', { customerId })
  await page.until(() => own.ready)
  expect(own.rows.find(({ id }) => id === snoozed)).toMatchObject({ status: 'snoozed', snoozedUntil: until })
  expect(await ids(inView('closed'))).toContain(closed)
})

test('a snoozed one that is resolved is, taken back, snoozed again, and whoever waited in it waits on', async () => {
  const { hub, page, sent, change, ids } = await open(20)
  const stateOf = async (id: string) => {
    const { status, snoozedUntil, waitingSince } = (await hub.store.all('conversation')).find(
      conversation => conversation.id === id,
    )!
    return { status, snoozedUntil, waitingSince }
  }
  const waiting = (await hub.store.all('conversation')).filter(({ waitingSince }) => waitingSince !== null)
  const [id] = (await ids(inView('open'))).filter(each => waiting.some(one => one.id === each))
  const one: SomeConversations = { of: inView('open'), all: false, ids: [id!] }
  await change(one, { kind: 'snooze', until: Date.now() + 86_400_000 })
  await sent()
  const before = await stateOf(id!)
  expect(before).toMatchObject({ status: 'snoozed', waitingSince: expect.any(Number) })
  const { attempt } = await change(one, { kind: 'close' })
  await page.ask('conversationsUndo', { attempt })
  await sent()
  expect(await stateOf(id!)).toEqual(before)
})

test('what is chosen is read, and unread again, to oneself alone; where nobody wrote there is nothing to read', async () => {
  const { hub, sent, change, ids } = await open(20)
  const all = { of: inView('open'), all: true, ids: [] }
  const openNow = (await ids(inView('open'))).length
  const heard = (await hub.store.all('conversation')).filter(
    ({ status, lastInbound }) => status === 'open' && lastInbound,
  )
  const marks = async () =>
    (await hub.store.all('readMark')).map(({ agentId, seq, back }) => [agentId, seq, back])
  expect(await change(all, { kind: 'read' })).toMatchObject({ changed: heard.length })
  await sent()
  expect(await marks()).toEqual(heard.map(() => ['ann', 1, undefined]))
  expect(await change(all, { kind: 'unread' })).toMatchObject({ changed: heard.length })
  await sent()
  expect(await marks()).toEqual(heard.map(() => ['ann', 1, 0]))
  expect(heard.length).toBeLessThan(openNow)
})
