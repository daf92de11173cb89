import { type Kysely, sql } from 'kysely'

export const name = '0002-auth'

/** What never travels to a desk: passwords, refresh tokens, the sealed settings of inboxes. */
const statements = [
  `create table credential (
    agent_id text collate "C" primary key,
    email text collate "C" not null unique,
    password_hash text not null
  )`,
  // By the SHA-256 of the token; the token itself is nowhere.
  `create table refresh_token (
    hash text collate "C" primary key,
    agent_id text collate "C" not null,
    device_id text collate "C" not null,
    expires_at bigint not null,
    used_at bigint,
    replaced_by text collate "C"
  )`,
  'create index refresh_token_device on refresh_token (device_id)',
  'create index refresh_token_expiry on refresh_token (expires_at)',
  `create table inbox_settings (
    inbox_id text collate "C" primary key,
    sealed text not null
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
