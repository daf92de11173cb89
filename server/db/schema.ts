import type { Generated, JSONColumnType } from 'kysely'

/** The tables, as Kysely knows them. What a folder owns beyond these it adds with `kysely.withTables<...>()`. */
export interface Schema {
  migration: { name: string; at: Generated<Date> }
  hub_state: { one: Generated<boolean>; epoch: number }
  row: {
    type: string
    id: string
    rev: number
    doc: JSONColumnType<object> | null
    streams: string[]
    home: string | null
    parent_id: string | null
    identity_id: string | null
    open: boolean | null
    activity_at: number | null
    seq: number | null
  }
  stream: { name: string; epoch: number; version: number; purged_through: Generated<number> }
  feed: { stream: string; type: string; id: string; version: number; gone: boolean }
  row_name: { name: string; type: string; id: string }
  device: {
    id: string
    agent_id: string
    name: string
    platform: string
    epoch: number
    last_n: number
    confirmed: number
    revoked: boolean
  }
  outcome: {
    device_id: string
    epoch: number
    n: number
    mutation_id: string
    outcome: JSONColumnType<object>
  }
  event: {
    id: Generated<number>
    name: string
    agent_id: string | null
    device_id: string | null
    mutation_id: string | null
    at: number
    keys: JSONColumnType<object>
    facts: JSONColumnType<object>
    number: number | null
    hash: string | null
  }
}
