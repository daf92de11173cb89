/**
 * Makes the fixtures of a release: node tests/versions/make.ts FOLDER, run once in a checkout of that release. A hub with a
 * little work and a desk with changes that wait: `replica.db` is the desk's, `hub.sql` the database (without the tables of
 * pg-boss, which brings its own up to date), `made.json` when and by what. A fixture is never made again.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { migrate } from '../../server/db/migrate.ts'
import { addressOf, note, openDesk, password, quiet, replyOn } from '../faults/support/desk.ts'
import { makeSite } from '../faults/support/hub.ts'
import { startMailServer } from '../faults/support/mail-server.ts'
import { seedConversations } from '../faults/support/rows.ts'
import { settled } from '../faults/support/settled.ts'
import { address, leadTo, nowhere, words } from './story.ts'

const out = process.argv[2]
if (!out) throw new Error('node tests/versions/make.ts FOLDER')
mkdirSync(out, { recursive: true })

const mail = await startMailServer()
const site = await makeSite({
  smtp: mail.url,
  agents: { ann: 'agent' },
  seed: (tx, inboxId) => seedConversations(tx, inboxId, 3, 4),
})
const hub = await site.hub()
await hub.start()
const profile = join(site.folder, 'desk')
const desk = await openDesk(profile, leadTo(hub.url))
await desk.page.ask('signIn', { hubUrl: address, email: addressOf('ann'), password })
await quiet(desk)
const say = (name: string, args: unknown) => desk.page.ask('mutate', { name, args })
await say('note.add', note('c0', 'a note'))
await say('reply.send', await replyOn(desk.page, 'c0', words.sent))
await say('conversation.tag', { conversationId: 'c1', tagId: 'refund' })
await quiet(desk)
await settled(site)
await desk.close()

const offline = await openDesk(profile, nowhere)
await offline.page.ask('mutate', { name: 'note.add', args: note('c1', 'a note without a network') })
await offline.page.ask('mutate', {
  name: 'reply.send',
  args: await replyOn(offline.page, 'c2', words.waits),
})
await offline.page.ask('mutate', {
  name: 'conversation.close',
  args: { conversationId: 'c2', at: Date.now() },
})
await offline.close()
await hub.stop()

copyFileSync(join(profile, 'replica.db'), join(out, 'replica.db'))
writeFileSync(join(out, 'hub.sql'), await dump())
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
writeFileSync(join(out, 'made.json'), `${JSON.stringify({ at: Date.now(), version }, null, 2)}\n`)
await site.remove()
await mail.close()
process.exit(0)

/** The statements that made the tables, as the migrations say them, then the rows. */
async function dump(): Promise<string> {
  const { pool, url } = site.ground.database
  await pool.query('create database shape')
  const made: string[] = []
  const shape = new pg.Pool({ connectionString: url.replace(/\/[^/]*$/, '/shape'), max: 1 })
  const kysely = new Kysely<object>({
    dialect: new PostgresDialect({ pool: shape }),
    log: event => {
      if (event.level === 'query' && event.query.parameters.length === 0) made.push(event.query.sql)
    },
  })
  await migrate(kysely)
  await kysely.destroy()
  const rows: string[] = ['delete from hub_state']
  const tables = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  for (const { name } of tables.rows) {
    const { rows: all } = await pool.query<{ json: string }>(
      `select coalesce(json_agg(t), '[]')::text as json from "${name}" t`,
    )
    rows.push(
      `insert into "${name}" overriding system value select * from json_populate_recordset(null::"${name}", $rows$${all[0]!.json}$rows$)`,
    )
  }
  rows.push(`select setval(pg_get_serial_sequence('event', 'id'), (select max(id) from event))`)
  return [...made.filter(text => /^\s*(create|alter|insert into hub_state)/i.test(text)), ...rows].join(
    ';\n--\n',
  )
}
