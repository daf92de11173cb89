// Opens the database of a data folder as a hub does and holds it: node database-process.ts FOLDER. Says {"url"} when it is
// open, and closes it when its input ends. For tests that kill it.
import { openDatabase } from '../../server/db/connection.ts'

const database = await openDatabase({ data: process.argv[2] as string })
// Two of these at once: PostgreSQL itself does not make "if not exists" wait for another that is making the same.
await database.pool.query(
  `do $$ begin perform pg_advisory_xact_lock(1); create table if not exists kept (word text); end $$`,
)
process.stdout.write(`${JSON.stringify({ url: database.url })}\n`)
for await (const line of process.stdin) {
  for (const word of String(line).split('\n').filter(Boolean)) {
    await database.pool.query('insert into kept values ($1)', [word])
    process.stdout.write(`${JSON.stringify({ kept: word })}\n`)
  }
}
await database.close()
process.stdout.write(`${JSON.stringify({ closed: true })}\n`)
