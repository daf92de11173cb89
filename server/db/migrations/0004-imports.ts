import { type Kysely, sql } from 'kysely'

export const name = '0004-imports'

/** Tables of customers that a desk sends (server/import): what waits there is nobody's row yet. */
const statements = [
  `create table import (
    id text collate "C" primary key,
    agent_id text collate "C" not null,
    plan json not null,
    done json,
    at bigint not null
  )`,
  `create table import_row (
    import_id text collate "C" not null,
    place integer not null,
    doc json not null,
    primary key (import_id, place)
  )`,
  // An address names one identity. Where it ever named two, the first was the one that was found.
  `delete from row_name later using row_name first
   where later.name like 'address:%' and later.type = 'identity' and first.type = 'identity'
     and first.name = later.name and first.id < later.id`,
  // So of two transactions that make somebody with the same new address one waits for the other, and nobody else does.
  `create unique index row_name_address on row_name (name) where name like 'address:%' and type = 'identity'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
