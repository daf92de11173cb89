import { describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { conversation, envelope, message, NOW, settled, smallWorkspace, TestDesk } from './testing.ts'

const note = (n: number, id = `m${n}`) =>
  envelope(
    n,
    'note.add',
    { id: `note-${id}`, conversationId: 'c1', text: 'words', attachments: [], at: NOW },
    id,
  )

/** Many conversations in inbox one, each with two items. */
async function manyConversations(world: Awaited<ReturnType<typeof smallWorkspace>>, count: number) {
  await world.store.write(async tx => {
    for (let index = 0; index < count; index++) {
      const each = conversation(`many-${index}`, 'one', { lastSeq: 2, activityAt: NOW - index })
      tx.put('item', message(`many-${index}-1`, each, 1))
      tx.put('item', message(`many-${index}-2`, each, 2))
      tx.put('conversation', each)
    }
  })
}

describe('hello and welcome', () => {
  test('S9: the welcome names the streams of the agent, and rows of no other stream ever come', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    desk.hello()
    await settled()
    expect(desk.welcomes[0]?.streams).toEqual(['workspace', 'inbox:one', 'agent:ann', 'customers'])
    expect(desk.rows).toContain('conversation:c1')
    expect(desk.rows).toContain('customer:customer')
    expect(desk.rows).not.toContain('conversation:c2')
    expect(desk.isLive).toBe(true)
  })

  test('a desk that has everything is told so at once', async () => {
    const world = await smallWorkspace()
    const first = new TestDesk(world.deps, 'ann')
    first.hello()
    await settled()
    const again = new TestDesk(world.deps, 'ann')
    again.hello({ ...first.place })
    await settled()
    expect(again.welcomes[0]).toMatchObject({ resync: [], expected: 0 })
    expect(again.patches).toHaveLength(1)
    expect(again.patches[0]).toMatchObject({ rows: [], remaining: 0 })
  })

  test('S4, S5: a cursor of another epoch or below what is kept means resync', async () => {
    const world = await smallWorkspace()
    const first = new TestDesk(world.deps, 'ann')
    first.hello()
    await settled()
    const { cursors } = first.place
    await world.store.renewEpochs()
    const again = new TestDesk(world.deps, 'ann')
    again.hello({ cursors })
    await settled()
    expect(again.welcomes[0]?.resync.toSorted()).toEqual(['agent:ann', 'customers', 'inbox:one', 'workspace'])
    expect(again.rows).toContain('conversation:c1')
  })

  test('a desk too old, a stranger and an inactive agent hear why they cannot stay', async () => {
    const world = await smallWorkspace()
    const old = new TestDesk(world.deps, 'ann')
    old.hello({ protocol: 0 })
    const stranger = new TestDesk(world.deps, 'nobody')
    stranger.hello()
    await settled()
    expect(old.goodbye?.kind).toBe('desk-too-old')
    expect(stranger.goodbye?.kind).toBe('device-revoked')
  })

  test('a desk whose hello is still being answered is not taken for one that says nothing', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    expect(desk.session.silent).toBe(true)
    desk.hello()
    expect([desk.session.silent, desk.session.live]).toEqual([false, false])
    await settled()
    expect([desk.session.silent, desk.session.live]).toEqual([false, true])
  })

  test('anything before hello ends the connection', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    desk.push(note(1))
    expect(desk.goodbye?.kind).toBe('invalid')
    expect(await world.store.events(0, 10)).toEqual([])
  })
})

describe('S6: first sync', () => {
  test('a stream gets its cursor with its first page, and the window is never passed', async () => {
    const world = await smallWorkspace()
    await manyConversations(world, 60)
    const desk = new TestDesk(world.deps, 'ann', { firstPageRows: 20, pageRows: 20, window: 2 })
    desk.stores = false
    desk.hello()
    await settled()
    expect(desk.patches).toHaveLength(2)
    expect(desk.patches[0]?.cursors).toHaveLength(1)
    expect(desk.patches[0]?.pages[0]?.stream).toBe(desk.patches[0]?.cursors[0]?.stream)
    desk.stores = true
    desk.store()
    await settled()
    expect(desk.isLive).toBe(true)
    expect([...desk.rows].filter(name => name.startsWith('item:many'))).toHaveLength(120)
  })

  test('an interrupted first sync goes on where it was', async () => {
    const world = await smallWorkspace()
    await manyConversations(world, 60)
    const limits = { firstPageRows: 20, pageRows: 20, window: 5 }
    const first = new TestDesk(world.deps, 'ann', limits)
    first.stores = false
    first.hello()
    await settled()
    first.session.closed()
    const second = new TestDesk(world.deps, 'ann', limits)
    second.hello({ ...first.place })
    await settled()
    expect(second.isLive).toBe(true)
    const items = (desk: TestDesk) => [...desk.rows].filter(name => name.startsWith('item:many'))
    expect(items(first).length).toBeGreaterThan(0)
    expect(items(second).length).toBeLessThan(120)
    expect(new Set([...items(first), ...items(second)]).size).toBe(120)
  })

  test('a page that was read ahead does not bring back what has left since', async () => {
    const world = await smallWorkspace()
    await manyConversations(world, 60)
    const desk = new TestDesk(world.deps, 'ann', { firstPageRows: 20, pageRows: 20, window: 4 })
    desk.stores = false
    desk.hello()
    await settled()
    expect(desk.patches).toHaveLength(4)
    const moved = Array.from({ length: 30 }, (_, index) => `many-${index + 5}`)
    await world.store.write(async tx => {
      await tx.load(moved.map(id => key('conversation', id)))
      for (const id of moved) tx.put('conversation', { ...tx.get('conversation', id)!, inboxId: 'two' })
    })
    desk.session.hint(['inbox:one'])
    desk.stores = true
    desk.store()
    await settled()
    expect(desk.isLive).toBe(true)
    for (const id of moved) expect(desk.members).not.toContain(`inbox:one conversation:${id}`)
    expect(desk.members).toContain('inbox:one conversation:many-50')
  })

  test('older items come on request, with how far back the desk then is whole', async () => {
    const world = await smallWorkspace()
    const long = conversation('long', 'one', { lastSeq: 30 })
    await world.store.write(async tx => {
      tx.put('conversation', long)
      for (let seq = 1; seq <= 30; seq++) tx.put('item', message(`long-${seq}`, long, seq))
    })
    const desk = new TestDesk(world.deps, 'ann', { itemsPerConversation: 10, olderItems: 15 })
    desk.hello()
    await settled()
    expect(desk.patches.flatMap(patch => patch.coverage)).toContainEqual({
      conversationId: 'long',
      fromSeq: 21,
    })
    desk.session.receive('older', { request: 1, conversationId: 'long', beforeSeq: 21 })
    desk.session.receive('older', { request: 2, conversationId: 'long', beforeSeq: 6 })
    desk.session.receive('older', { request: 3, conversationId: 'c2', beforeSeq: 6 })
    await settled()
    const answers = desk.patches.filter(patch => patch.answers !== undefined)
    expect(answers.map(patch => [patch.rows.length, patch.coverage[0]?.fromSeq])).toEqual([
      [15, 6],
      [5, 1],
      [0, undefined],
    ])
  })
})

describe('pushes and patches', () => {
  test('S7: an acknowledgement comes with or after the rows it made', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann', { pullRows: 1 })
    desk.hello()
    await settled()
    desk.push(note(1), note(2))
    await settled()
    const at = (name: string) =>
      desk.patches.findIndex(patch => patch.rows.some(({ type, id }) => `${type}:${id}` === name))
    const acknowledged = desk.patches.findIndex(patch => patch.acknowledged.length > 0)
    expect(at('item:note-m1')).toBeGreaterThan(-1)
    expect(acknowledged).toBeGreaterThanOrEqual(at('item:note-m1'))
    expect(acknowledged).toBeGreaterThanOrEqual(at('item:note-m2'))
    expect(desk.acknowledged.map(({ n }) => n)).toEqual([1, 2])
  })

  test('two desks see each other’s changes without asking', async () => {
    const world = await smallWorkspace()
    const [ann, bo] = [new TestDesk(world.deps, 'ann'), new TestDesk(world.deps, 'bo')]
    world.store.onCommit(streams => {
      for (const desk of [ann, bo]) desk.session.hint(streams)
    })
    ann.hello()
    bo.hello()
    await settled()
    ann.push(note(1))
    await settled()
    expect(bo.rows).toContain('item:note-m1')
    expect(bo.acknowledged).toEqual([])
  })

  test('outcomes the desk never stored come again after a reconnect', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    desk.hello()
    await settled()
    desk.push(note(1))
    await settled()
    const again = new TestDesk(world.deps, 'ann')
    again.hello({ ...desk.place, confirmed: 0 })
    await settled()
    expect(again.acknowledged.map(({ n }) => n)).toEqual([1])
    const confirmed = new TestDesk(world.deps, 'ann')
    confirmed.hello({ ...desk.place, confirmed: 1 })
    await settled()
    expect(confirmed.acknowledged).toEqual([])
    expect(confirmed.welcomes[0]?.lastN).toBe(1)
  })

  test('a gap is told with the number that is expected, and the connection stays', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    desk.hello()
    await settled()
    desk.push(note(2))
    await settled()
    expect(desk.refusals).toEqual([{ kind: 'gap', expected: 1 }])
    desk.push(note(1))
    await settled()
    expect(desk.acknowledged.map(({ n }) => n)).toEqual([1])
  })

  test('a new conversation arrives with the word that it is whole', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    world.store.onCommit(streams => desk.session.hint(streams))
    desk.hello()
    await settled()
    await manyConversations(world, 1)
    await settled()
    expect(desk.patches.at(-1)?.coverage).toEqual([{ conversationId: 'many-0', fromSeq: 1 }])
  })
})

describe('I5: permission changes while a desk is connected', () => {
  const setInboxes = async (
    world: Awaited<ReturnType<typeof smallWorkspace>>,
    id: string,
    inboxIds: string[],
  ) =>
    world.store.write(async tx => {
      await tx.load([{ type: 'agent', id }])
      tx.put('agent', { ...tx.get('agent', id)!, inboxIds })
    })

  test('a stream that is given is synced, one that is taken sends nothing more', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    world.store.onCommit(streams => desk.session.hint(streams))
    desk.hello()
    await settled()
    await setInboxes(world, 'ann', ['two'])
    await settled()
    expect(desk.welcomes.at(-1)?.streams).toEqual(['workspace', 'inbox:two', 'agent:ann', 'customers'])
    expect(desk.rows).toContain('conversation:c2')
    expect(desk.isLive).toBe(true)
    const before = desk.patches.length
    await world.store.write(async tx => tx.put('conversation', conversation('secret', 'one')))
    await settled()
    expect(desk.patches.slice(before).flatMap(patch => patch.rows)).toEqual([])
  })

  test('nothing leaves between the revocation and the desk’s learning of it', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    desk.hello()
    await settled()
    // No hints: the session learns of both commits only when it pulls.
    await setInboxes(world, 'ann', [])
    await world.store.write(async tx => tx.put('conversation', conversation('secret', 'one')))
    desk.session.hint(['inbox:one'])
    await settled()
    expect(desk.rows).not.toContain('conversation:secret')
    expect(desk.welcomes.at(-1)?.streams).toEqual(['workspace', 'agent:ann', 'customers'])
  })

  test('an agent who was switched off hears it and is gone', async () => {
    const world = await smallWorkspace()
    const desk = new TestDesk(world.deps, 'ann')
    world.store.onCommit(streams => desk.session.hint(streams))
    desk.hello()
    await settled()
    await world.store.write(async tx => {
      await tx.load([{ type: 'agent', id: 'ann' }])
      tx.put('agent', { ...tx.get('agent', 'ann')!, active: false })
    })
    await settled()
    expect(desk.goodbye?.kind).toBe('agent-inactive')
  })
})
