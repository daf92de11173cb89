import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Held } from './held.ts'

/** Leases and notes in the hub's database. Time is the database's, so that the clocks of several hubs need not agree. */
export function postgresHeld(db: Kysely<Schema>): Held {
  return {
    async take(name, holder, milliseconds) {
      const { rows } = await sql<{ fence: number }>`
        insert into lease as l (name, holder, fence, until)
        values (${name}, ${holder}, 1, now() + ${milliseconds}::float8 * interval '1 millisecond')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until,
          fence = l.fence + case when l.holder = excluded.holder and l.until > now() then 0 else 1 end
        where l.holder = excluded.holder or l.until <= now()
        returning fence`.execute(db)
      return rows[0] ? Number(rows[0].fence) : null
    },
    async release(name, holder) {
      await sql`update lease set until = '-infinity' where name = ${name} and holder = ${holder}`.execute(db)
    },
    async releaseAll() {
      await sql`update lease set until = '-infinity'`.execute(db)
    },
    async note(inboxId, name) {
      const { rows } = await sql<{ doc: unknown }>`
        select doc from held_note where inbox_id = ${inboxId} and name = ${name}`.execute(db)
      return rows[0]?.doc
    },
    async notes(inboxId) {
      const { rows } = await sql<{ name: string; doc: unknown }>`
        select name, doc from held_note where inbox_id = ${inboxId} order by name`.execute(db)
      return rows
    },
    async putNote(inboxId, name, doc, fence) {
      const { rows } = await sql`
        insert into held_note as n (inbox_id, name, fence, doc)
        values (${inboxId}, ${name}, ${fence}, ${JSON.stringify(doc)}::json)
        on conflict (inbox_id, name) do update set fence = excluded.fence, doc = excluded.doc
        where n.fence <= excluded.fence
        returning 1`.execute(db)
      return rows.length > 0
    },
  }
}
