/** I9 at the hub: a real PostgreSQL whose every file is looked through, its blobs, its log, and a backup that is put back. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Serving, serve } from '../../server/admin/serve.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import { afterRestore } from '../../server/effects/restored.ts'
import { openGround, secretsOf } from '../../server/main.ts'
import type { Log } from '../../server/sync/ground.ts'
import { until } from '../faults/support/until.ts'
import { password } from '../hub/memory-hub.ts'
import { askHub, wish } from './asking.ts'
import { filesBelow, foundIn, seedMarked, stays, words } from './marked.ts'

let folder: string
let data: string
let env: NodeJS.ProcessEnv
let serving: Serving | undefined
const said: string[] = []
const note = (facts: Record<string, unknown>, message: string): void =>
  void said.push(JSON.stringify({ message, ...facts }))
const log: Log = { info: note, warn: note, error: note }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skein-erasure-hub-'))
  chmodSync(folder, 0o755) // PostgreSQL runs as another user when we are root
  data = join(folder, 'data')
  env = {
    ...process.env,
    HOME: join(folder, 'home'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    SKEIN_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATABASE_URL: '',
  }
  const ground = await openGround(data, env)
  await ground.store.write(seedMarked)
  await secretsOf('w', true, env)
  const passwordHash = await hashPassword(password)
  await ground.vault.putCredential({ agentId: 'ann', email: 'ann@skein.example', passwordHash })
  await ground.close()
}, 120_000)
afterAll(async () => {
  await serving?.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = async (): Promise<Serving> => {
  serving = await serve({ data, port: 0, smtpPort: 0, env, log })
  return serving
}
const close = async (): Promise<void> => {
  await serving?.close()
  serving = undefined
}

const letter = [
  `From: ${words.address}`,
  'To: one@skein.example',
  `Subject: =?utf-8?B?${Buffer.from(words.subject).toString('base64')}?=`,
  'Message-ID: <letter@customer.example>',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  words.body,
].join('\r\n')

async function post(smtp: number): Promise<void> {
  const way = createTransport({ host: '127.0.0.1', port: smtp, secure: false, ignoreTLS: true })
  await way.sendMail({ envelope: { from: words.address, to: ['one@skein.example'] }, raw: letter })
  way.close()
}

const itemsOf = async ({ ground }: Serving): Promise<number> => (await ground.store.all('item')).length

/** Which marks stand in which file of the data folder: the database as it lies on the disk, its log, blobs, notes. */
function left(): Record<string, string[]> {
  const found = filesBelow(data).map(path => [path, foundIn(readFileSync(path))] as const)
  return Object.fromEntries(found.filter(([, marks]) => marks.length > 0))
}

async function scrubbed({ ground }: Serving): Promise<void> {
  await until('the database was cleaned', async () => {
    const { rows } = await ground.database.pool.query(
      `select 1 from jobs.job where name = 'scrub' and state <> 'completed'`,
    )
    return rows.length === 0
  })
}

test('I9: no file of the hub holds a word, the letter is not taken again, and a backup that is put back is erased before it serves', async () => {
  let hub = await open()
  const before = await itemsOf(hub)
  await post(hub.hub.smtp!)
  expect(await itemsOf(hub)).toBe(before + 1)
  // Its planner samples, too.
  await hub.ground.database.pool.query('analyze')
  await hub.ground.database.pool.query('checkpoint')
  expect(new Set(Object.values(left()).flat()).size).toBeGreaterThan(15)
  await close()
  const backup = join(folder, 'backup')
  // PostgreSQL's folder belongs to its own user, which a copy by Node would not keep.
  execFileSync('cp', ['-a', data, backup])

  hub = await open()
  const answer = await askHub(hub.hub.url, 'zi/erasure', wish)
  expect(await answer.json()).toMatchObject({ conversations: 4, files: 1 })
  await scrubbed(hub)
  expect(left()).toEqual({})
  expect(await hub.ground.store.brokenEvent()).toBeNull()
  const rest = await itemsOf(hub)
  await post(hub.hub.smtp!)
  expect(await itemsOf(hub)).toBe(rest)
  expect(left()).toEqual({})
  await close()
  expect(left()).toEqual({})
  expect(foundIn(Buffer.from(said.join('\n')))).toEqual([])

  rmSync(data, { recursive: true })
  renameSync(backup, data)
  expect(Object.keys(left()).length).toBeGreaterThan(0)
  const ground = await openGround(data, env)
  await afterRestore(ground.store, Date.now())
  await ground.close()
  hub = await open()
  // Before it served anybody: what it tells now is all there is.
  expect((await hub.ground.store.all('customer')).map(({ id }) => id)).toEqual(['other'])
  await scrubbed(hub)
  expect(left()).toEqual({})
  const all = Buffer.from(JSON.stringify(await hub.ground.store.all('item')))
  expect(foundIn(all, stays.slice(1))).toEqual(stays.slice(1))
}, 240_000)
