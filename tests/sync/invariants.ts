import { expect } from 'vitest'
import type { Item } from '#shared/model/item.ts'
import { keyOf, type Row } from '#shared/model/row.ts'
import { streamsOfAgent } from '#shared/model/stream.ts'
import type { SimulatedDesk } from './desk.ts'
import type { SimulatedHub } from './hub.ts'

/** The invariants of docs/quality, by their names, on a team at rest. */
export async function checkInvariants(hub: SimulatedHub, desks: SimulatedDesk[]): Promise<void> {
  expect(hub.errors, 'the hub reported errors of ours').toEqual([])
  for (const desk of desks) {
    expect(desk.damage, `${desk.agentId}: the replica was called damaged`).toEqual([])
    expect(desk.connection.standing, `I10 ${desk.agentId} is connected and up to date`).toMatchObject({
      phase: 'live',
      fault: null,
    })
    expect(desk.waiting, `I10 the outbox of ${desk.agentId} has drained`).toEqual([])
    expect(pendingEffects(desk), `no local effect outlives its mutation on ${desk.agentId}`).toEqual([])
    await nothingLost(hub, desk)
    await replicaEqualsHub(hub, desk)
  }
  await orderIsUnambiguous(hub)
}

/** I1: every mutation a desk accepted was decided on the hub, exactly once. */
async function nothingLost(hub: SimulatedHub, desk: SimulatedDesk): Promise<void> {
  const events = await hub.store.events(0, Number.MAX_SAFE_INTEGER)
  const decided = events.flatMap(({ mutationId, deviceId }) =>
    deviceId === `${desk.agentId}-desk` ? [mutationId] : [],
  )
  const lost = [...desk.accepted].filter(id => !decided.includes(id))
  expect(lost, `I1 every accepted mutation of ${desk.agentId} reached the hub`).toEqual([])
  expect(decided.length, `I1 no mutation of ${desk.agentId} was run twice`).toBe(new Set(decided).size)
}

/** I3 and I5: a desk holds exactly the rows of its agent's streams, as the hub has them. */
async function replicaEqualsHub(hub: SimulatedHub, desk: SimulatedDesk): Promise<void> {
  const [agent] = await hub.store.read('agent', [desk.agentId])
  const heads = await hub.store.heads(streamsOfAgent(agent!))
  const all = await hub.store.pull({
    device: { id: `${desk.agentId}-desk`, epoch: 1, confirmed: Number.MAX_SAFE_INTEGER },
    cursors: heads.map(({ stream, epoch }) => ({ stream, epoch, version: 0 })),
    limit: Number.MAX_SAFE_INTEGER,
  })
  expect(difference(desk.rows(), all.rows), `I3/I5 the replica of ${desk.agentId} equals the hub`).toEqual([])
}

/** What a desk lacks, has too much, or has otherwise, in words. */
function difference(desk: Row[], hub: Row[]): string[] {
  const here = new Map(desk.map(row => [keyOf(row), JSON.stringify(row)]))
  const there = new Map(hub.map(row => [keyOf(row), JSON.stringify(row)]))
  return [
    ...[...there.keys()].filter(name => !here.has(name)).map(name => `lacks ${name}`),
    ...[...here.keys()].filter(name => !there.has(name)).map(name => `still has ${name}`),
    ...[...there]
      .filter(([name, row]) => here.has(name) && here.get(name) !== row)
      .map(([name, row]) => `${name} is ${here.get(name)}, on the hub ${row}`),
  ]
}

function pendingEffects(desk: SimulatedDesk): unknown[] {
  return desk.replica.db.prepare('select type, id from base').all()
}

/** I4: within a conversation every item has its own place, and the conversation knows the last. */
async function orderIsUnambiguous(hub: SimulatedHub): Promise<void> {
  const items: Item[] = await hub.store.all('item')
  for (const conversation of await hub.store.all('conversation')) {
    const seqs = items.filter(item => item.conversationId === conversation.id).map(({ seq }) => seq)
    expect(new Set(seqs).size, `I4 places in ${conversation.id} are unique`).toBe(seqs.length)
    expect(Math.max(0, ...seqs), `I4 ${conversation.id} knows its last place`).toBeLessThanOrEqual(
      conversation.lastSeq,
    )
  }
}
