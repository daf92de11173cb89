import { type Kysely, sql } from 'kysely'
import { migrations } from './migrations/index.ts'
import { DatabaseTrouble } from './trouble.ts'

/** One step of the database's shape. Once released it is never edited; the next one is another file. */
export interface Migration {
  /** `0001-rows-and-feed`: number and what it brings. */
  name: string
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the tables is what changes here
  up(db: Kysely<any>): Promise<void>
}

/** Any number; hubs that start together wait for one another by it. */
const LOCK = 7_305_746_126

/**
 * Brings a database to this version of the code, each step in a transaction of its own together with its record.
 * Throws DatabaseTrouble when the database was already used by a newer hub.
 */
export async function migrate<T>(kysely: Kysely<T>, steps: readonly Migration[] = migrations): Promise<void> {
  await kysely.connection().execute(async db => {
    await sql`select pg_advisory_lock(${LOCK}::bigint)`.execute(db)
    try {
      await sql`create table if not exists migration (
        name text primary key, at timestamptz not null default now())`.execute(db)
      const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db)
      refuseNewer(
        rows.map(({ name }) => name),
        steps,
      )
      for (const step of steps.slice(rows.length)) {
        await db.transaction().execute(async transaction => {
          await step.up(transaction)
          await sql`insert into migration (name) values (${step.name})`.execute(transaction)
        })
      }
    } finally {
      await sql`select pg_advisory_unlock(${LOCK}::bigint)`.execute(db)
    }
  })
}

function refuseNewer(applied: readonly string[], steps: readonly Migration[]): void {
  const strange = applied.find((name, index) => steps[index]?.name !== name)
  if (strange === undefined) return
  const sentence = `This database was used by a newer Skein hub (it has "${strange}"). Start that version, or restore a backup from before; nothing was changed.`
  throw new DatabaseTrouble(sentence, 'hub-too-old')
}
