import { type Kysely, sql } from 'kysely'

export const name = '0005-connections'

/** Connections to other systems: name, address, secrets and mapping together, sealed. They never travel to a desk. */
const statements = [
  `create table connection (
    id text collate "C" primary key,
    sealed text not null
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
