import { type Kysely, sql } from 'kysely'

export const name = '0003-held'

/** Connections that one hub holds for all (S20), and how far each has come. */
const statements = [
  // The fence rises whenever the lease changes hands; what a former holder still writes is refused by it.
  `create table lease (
    name text collate "C" primary key,
    holder text collate "C" not null,
    fence bigint not null,
    until timestamptz not null
  )`,
  `create table held_note (
    inbox_id text collate "C" not null,
    name text collate "C" not null,
    fence bigint not null,
    doc json not null,
    primary key (inbox_id, name)
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
