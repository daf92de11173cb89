import type pg from 'pg'
import { chainStart, linkOf } from '../event-chain.ts'
import type { StoredEvent } from '../store.ts'
import { inTransaction, type Session } from './session.ts'
import * as statements from './statements.ts'

interface EventRow {
  id: number
  name: string
  agent_id: string | null
  device_id: string | null
  mutation_id: string | null
  at: number
  keys: StoredEvent['keys']
  facts: StoredEvent['facts']
  number: number | null
  hash: string | null
}

const BATCH = 1000
const SEALER = 'skein events'

/**
 * Numbers and chains the events committed since (I8). Not done while they are written: a chain there would be one lock for
 * all writers, and a number given before its commit could appear behind one that a reader has passed. Only who seals holds
 * the lock.
 */
export async function seal(pool: pg.Pool): Promise<void> {
  for (let more = true; more; ) {
    more = await inTransaction(pool, 'write', async session => {
      await session.run(statements.lock, [SEALER])
      const rows = await session.run<EventRow>(statements.unsealed, [BATCH])
      if (rows.length > 0) await sealThese(session, rows)
      return rows.length === BATCH
    })
  }
}

async function sealThese(session: Session, rows: EventRow[]): Promise<void> {
  const [last] = await session.run<{ number: number; hash: string }>(statements.lastSeal, [])
  let { number, hash } = last ?? { number: 0, hash: chainStart }
  const sealed = rows.map(row => {
    number += 1
    hash = linkOf(hash, number, eventOf(row))
    return { id: row.id, number, hash }
  })
  await session.run(statements.seal, [
    sealed.map(({ id }) => id),
    sealed.map(entry => entry.number),
    sealed.map(entry => entry.hash),
  ])
}

export async function eventsAfter(pool: pg.Pool, after: number, limit: number): Promise<StoredEvent[]> {
  await seal(pool)
  const { rows } = await pool.query<EventRow>({ ...statements.events, values: [after, limit] })
  return rows.map(eventOf)
}

export async function brokenEvent(pool: pg.Pool): Promise<number | null> {
  let before = { number: 0, hash: chainStart }
  for (;;) {
    const events = await eventsAfter(pool, before.number, BATCH)
    for (const event of events) {
      const fits =
        event.number === before.number + 1 && linkOf(before.hash, event.number, event) === event.hash
      if (!fits) return event.number
      before = event
    }
    if (events.length < BATCH) return null
  }
}

const eventOf = (row: EventRow): StoredEvent => ({
  name: row.name,
  agentId: row.agent_id,
  deviceId: row.device_id,
  mutationId: row.mutation_id,
  at: row.at,
  keys: row.keys,
  facts: row.facts,
  number: row.number ?? 0,
  hash: row.hash ?? '',
})
