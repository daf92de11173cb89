import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectionConfig } from '../db/connection.ts'

/**
 * A hub's place at its database, held by a session-wide advisory lock that ends with the process, however it ends.
 * `alone`: no other hub was there when this one came, so what looks under way was left by one that died (S18).
 */
export interface Seat {
  alone: boolean
  leave(): Promise<void>
}

const HUBS = 7_305_746_127

export async function takeSeat(url: string): Promise<Seat> {
  let left = false
  let client = await sit()

  async function sit(): Promise<pg.Client> {
    const next = new pg.Client(connectionConfig(url))
    next.on('error', () => undefined)
    next.on('end', () => void (left || client !== next || again()))
    await next.connect()
    return next
  }
  /** The place is lost with its connection; who comes meanwhile may think nobody is here, and asks people instead (S18). */
  async function again(): Promise<void> {
    while (!left) {
      try {
        client = await sit()
        await client.query('select pg_advisory_lock_shared($1)', [HUBS])
        return
      } catch {
        await pause(1_000)
      }
    }
  }

  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) alone', [HUBS])
  const alone = rows[0]?.alone === true
  // Shared from here on: the next hub sees that somebody is there. Taken before the other is let go.
  await client.query('select pg_advisory_lock_shared($1)', [HUBS])
  if (alone) await client.query('select pg_advisory_unlock($1)', [HUBS])
  return {
    alone,
    leave() {
      left = true
      return client.end()
    },
  }
}
