import { describe, expect, test } from 'vitest'
import type { Push } from '#shared/protocol/up.ts'
import { afterRestore } from '../effects/restored.ts'
import { run, uploadName } from './run.ts'
import { conversation, envelope, message, NOW, ownerOf, smallWorkspace } from './testing.ts'

const push = (...mutations: Push['mutations']): Push => ({ deviceEpoch: 1, mutations })
const note = (n: number, conversationId = 'c1', id = `m${n}`) =>
  envelope(n, 'note.add', { id: `note-${id}`, conversationId, text: 'words', attachments: [], at: NOW }, id)
const basis = {
  seq: 0,
  status: 'open',
  assigneeId: null,
  inboxId: 'one',
  customerId: 'customer',
  writtenAt: NOW,
  offline: false,
}
const reply = (n: number, over: { id?: string; attachments?: object[] } = {}) => {
  const id = over.id ?? `reply-${n}`
  const args = {
    id,
    conversationId: 'c1',
    customerId: 'customer',
    inboxId: 'one',
    channel: 'email',
    text: 'An answer',
    to: [{ name: '', address: 'maria@customer.example' }],
    cc: [],
    attachments: [],
    basis,
    ...over,
  }
  return envelope(n, 'reply.send', args, `send-${id}`)
}

async function outcomes(world: Awaited<ReturnType<typeof smallWorkspace>>, deviceId = 'ann-desk') {
  return world.store.write(tx => tx.outcomes(deviceId, 1, 0))
}

describe('S12: the mutations of a device run in order and once', () => {
  test('a number that comes again is not run again', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(note(1)), 0)
    const again = await run(world.deps, ownerOf('ann'), push(note(1), note(2)), 0)
    expect(again).toEqual({ kind: 'ran', lastN: 2 })
    const [c1] = await world.store.read('conversation', ['c1'])
    expect(c1?.lastSeq).toBe(2)
    expect(await outcomes(world)).toHaveLength(2)
  })

  test('a gap names the number that is expected, and nothing of the push is done', async () => {
    const world = await smallWorkspace()
    const result = await run(world.deps, ownerOf('ann'), push(note(1), note(3)), 0)
    expect(result).toEqual({ kind: 'refused', refusal: { kind: 'gap', expected: 2 } })
    expect(await outcomes(world)).toEqual([])
  })

  test('a known number with another mutation means a copied profile', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(note(1)), 0)
    const result = await run(world.deps, ownerOf('ann'), push(note(1, 'c1', 'other')), 0)
    expect(result).toMatchObject({ kind: 'refused', refusal: { kind: 'copied' } })
  })

  test('another epoch is named as such', async () => {
    const world = await smallWorkspace()
    const result = await run(world.deps, ownerOf('ann'), { ...push(note(1)), deviceEpoch: 2 }, 0)
    expect(result).toEqual({ kind: 'refused', refusal: { kind: 'wrong-epoch', expected: 1 } })
  })

  test('S5: a mutation known from another epoch is answered and not run', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(note(1)), 0)
    await world.store.renewEpochs()
    const result = await run(world.deps, ownerOf('ann'), { ...push(note(1), note(2)), deviceEpoch: 2 }, 0)
    expect(result).toEqual({ kind: 'ran', lastN: 2 })
    const [c1] = await world.store.read('conversation', ['c1'])
    expect(c1?.lastSeq).toBe(2)
  })

  test('S5: a reply that a restored hub may have sent already is uncertain, not sent; one that was never on its way goes', async () => {
    const world = await smallWorkspace()
    await afterRestore(world.store, NOW)
    const deviceEpoch = (await world.store.write(tx => tx.device('ann-desk')))!.epoch
    await run(
      world.deps,
      ownerOf('ann'),
      { ...push({ ...reply(1), again: true }, reply(2, { id: 'fresh' })), deviceEpoch },
      0,
    )
    const [doubted, fresh] = await world.store.read('item', ['reply-1', 'fresh'])
    expect(doubted?.delivery).toMatchObject({
      state: 'uncertain',
      reason: { kind: 'interrupted', detail: 'restored' },
    })
    expect(fresh?.delivery?.state).toBe('queued')
    expect(world.store.jobs.all()).toMatchObject([{ key: 'fresh' }])
  })

  test('S5, I2: what a backup still has as queued may have left since, so a restored hub asks a person', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(reply(1)), 0)
    expect(await afterRestore(world.store, NOW)).toBe(1)
    const [item] = await world.store.read('item', ['reply-1'])
    expect(item?.delivery).toMatchObject({ state: 'uncertain', recipients: [{ state: 'uncertain' }] })
    expect(await afterRestore(world.store, NOW)).toBe(0)
  })

  test('an error of ours is stored as refused and the next mutation runs', async () => {
    const world = await smallWorkspace()
    await world.store.write(async tx => {
      await tx.load([{ type: 'conversation', id: 'c1' }])
      // An item number so large that the schema does not take the next one.
      tx.put('conversation', conversation('c1', 'one', { lastSeq: Number.MAX_SAFE_INTEGER }))
    })
    const result = await run(
      world.deps,
      ownerOf('ann'),
      push(note(1), envelope(2, 'tag.create', { id: 't', name: 'x' })),
      0,
    )
    expect(result).toEqual({ kind: 'ran', lastN: 2 })
    expect((await outcomes(world)).map(({ outcome }) => outcome)).toEqual([
      { kind: 'refused', code: 'internal' },
      { kind: 'done' },
    ])
  })

  test('what the desk has confirmed is forgotten, and only that', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(note(1), note(2)), 0)
    await run(world.deps, ownerOf('ann'), push(note(3)), 1)
    expect((await outcomes(world)).map(({ n }) => n)).toEqual([2, 3])
  })

  test('an unknown name and bad arguments are refused and do not block', async () => {
    const world = await smallWorkspace()
    await run(
      world.deps,
      ownerOf('ann'),
      push(envelope(1, 'no.such', {}), envelope(2, 'note.add', { id: 3 }), note(3)),
      0,
    )
    expect((await outcomes(world)).map(({ outcome }) => outcome)).toEqual([
      { kind: 'refused', code: 'unknown-mutation' },
      { kind: 'refused', code: 'invalid', params: { field: 'id' } },
      { kind: 'done' },
    ])
  })
})

describe('permission: what an agent may not see is not there for them', () => {
  test('a conversation of another inbox is not found', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(note(1, 'c2')), 0)
    expect((await outcomes(world))[0]?.outcome).toEqual({ kind: 'refused', code: 'not-found' })
    const [c2] = await world.store.read('conversation', ['c2'])
    expect(c2?.lastSeq).toBe(0)
  })

  test('an id that is taken in another inbox cannot be written over', async () => {
    const world = await smallWorkspace()
    const c2 = conversation('c2', 'two', { lastSeq: 1 })
    await world.store.write(async tx => {
      await tx.load([{ type: 'conversation', id: 'c2' }])
      tx.put('item', message('note-m1', c2, 1))
      tx.put('conversation', c2)
    })
    await run(world.deps, ownerOf('ann'), push(note(1)), 0)
    expect((await outcomes(world))[0]?.outcome.kind).toBe('refused')
    const [item] = await world.store.read('item', ['note-m1'])
    expect(item?.conversationId).toBe('c2')
  })

  test('a role that may not ask is refused', async () => {
    const world = await smallWorkspace()
    const args = { itemId: 'i', conversationId: 'c1', at: NOW }
    await run(world.deps, ownerOf('ann'), push(envelope(1, 'reply.take-over', args)), 0)
    expect((await outcomes(world))[0]?.outcome).toEqual({ kind: 'refused', code: 'forbidden' })
  })

  test('a revoked device and an inactive agent are sent away', async () => {
    const world = await smallWorkspace()
    await world.store.write(async tx => {
      const device = await tx.device('ann-desk')
      tx.putDevice({ ...device!, revoked: true })
      await tx.load([{ type: 'agent', id: 'bo' }])
      tx.put('agent', { ...tx.get('agent', 'bo')!, active: false })
    })
    expect(await run(world.deps, ownerOf('ann'), push(note(1)), 0)).toMatchObject({
      fault: { kind: 'device-revoked' },
    })
    expect(await run(world.deps, ownerOf('bo'), push(note(1)), 0)).toMatchObject({
      fault: { kind: 'agent-inactive' },
    })
  })

  test('S27: an attachment that this agent did not upload is refused, whoever else did', async () => {
    const world = await smallWorkspace()
    const sha256 = 'a'.repeat(64)
    const attachments = [{ sha256, name: 'a.txt', type: 'text/plain', size: 1, contentId: null }]
    await world.store.write(async tx => tx.name(uploadName('bo', sha256), { type: 'agent', id: 'bo' }))
    // Writing the hash into one's own draft proves nothing.
    const draft = {
      conversationId: 'c1',
      kind: 'reply',
      text: 'x',
      cc: [],
      attachments,
      heldItemId: null,
      updatedAt: NOW,
    }
    await run(
      world.deps,
      ownerOf('ann'),
      push(envelope(1, 'draft.save', draft), reply(2, { attachments })),
      0,
    )
    await run(world.deps, ownerOf('bo'), push(reply(1, { id: 'of-bo', attachments })), 0)
    expect((await outcomes(world)).map(({ outcome }) => outcome)).toEqual([
      { kind: 'done' },
      { kind: 'refused', code: 'not-found', params: { attachment: sha256 } },
    ])
    expect((await outcomes(world, 'bo-desk'))[0]?.outcome).toEqual({ kind: 'done' })
  })
})

describe('what a mutation leaves behind', () => {
  test('S17: a reply and its delivery job commit together; a held one has none', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(reply(1)), 0)
    await run(world.deps, ownerOf('bo'), push(reply(1, { id: 'stale' })), 0)
    expect(world.store.jobs.all()).toMatchObject([{ kind: 'deliver', key: 'reply-1' }])
    expect((await outcomes(world, 'bo-desk'))[0]?.outcome).toMatchObject({
      kind: 'held',
      reasons: [{ kind: 'answered', agentId: 'ann' }],
    })
  })

  test('a snooze asks to be woken at its time', async () => {
    const world = await smallWorkspace()
    const until = NOW + 3_600_000
    await run(
      world.deps,
      ownerOf('ann'),
      push(envelope(1, 'conversation.snooze', { conversationId: 'c1', at: NOW, until })),
      0,
    )
    expect(world.store.jobs.all()).toMatchObject([{ kind: 'wake', key: 'c1', at: until }])
  })

  test('S15: of two claims the first wins and the other is told who', async () => {
    const world = await smallWorkspace()
    const claim = envelope(1, 'conversation.claim', { conversationId: 'c1', at: NOW })
    await Promise.all([
      run(world.deps, ownerOf('ann'), push({ ...claim, id: 'a' }), 0),
      run(world.deps, ownerOf('bo'), push({ ...claim, id: 'b' }), 0),
    ])
    expect((await outcomes(world))[0]?.outcome).toEqual({ kind: 'done' })
    expect((await outcomes(world, 'bo-desk'))[0]?.outcome).toEqual({
      kind: 'refused',
      code: 'taken',
      params: { agentId: 'ann' },
    })
  })

  test('S16: every mutation appends an event with ids and no content', async () => {
    const world = await smallWorkspace()
    await run(world.deps, ownerOf('ann'), push(note(1), envelope(2, 'no.such', {})), 0)
    const events = await world.store.events(0, 10)
    expect(events).toMatchObject([
      { name: 'note.add', agentId: 'ann', mutationId: 'm1', facts: { outcome: 'done' } },
      { name: 'no.such', facts: { outcome: 'refused', code: 'unknown-mutation' } },
    ])
    expect(JSON.stringify(events)).not.toContain('words')
  })
})
