import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { done, draftOf, replyTo, TestDesk } from '../testing.ts'
import { replicaVersion } from './migrations/index.ts'
import { openReplica, unlock } from './open.ts'
import type { Replica } from './replica.ts'
import { openOrSalvage, rebuild, setAsidePath } from './salvage.ts'

const key = new Uint8Array(32).fill(3)
let path = ''

beforeEach(() => {
  const dir = mkdtempSync(join(tmpdir(), 'skein-replica-'))
  path = join(dir, 'replica.db')
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
})

const opened = (open: () => Replica): Replica => {
  const replica = open()
  onTestFinished(() => {
    if (replica.db.open) replica.close()
  })
  return replica
}

/** A replica with three changes that wait, one of them numbered. */
function withWork(): void {
  const desk = new TestDesk(opened(() => openReplica(path, key)))
  desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'reply', 'Precious words 宝贵的话'))
  desk.do('conversation.tag', { conversationId: 'c2', tagId: 'refund' })
  desk.do('draft.save', draftOf('c2', 'Half a sentence'))
  const first = desk.replica.sql.outbox.all.all(1)[0]!
  desk.replica.transaction(() => desk.replica.sql.outbox.number.run(1, first.args, first.seq))
  desk.replica.settings.set('numbers', { deviceId: 'desk', epoch: 1, next: 2, confirmed: 0 })
  desk.replica.close()
}

const scribble = (at: number, length: number): void => {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, at)
}

test('S28: a replica with damaged pages is rebuilt with its outbox, order and numbers kept', () => {
  withWork()
  // Everything but the pages that hold schema and outbox; in one of these the check at the start finds it.
  const damage = new Sqlite(path)
  unlock(damage, key)
  const page = damage
    .prepare("select rootpage from sqlite_schema where name = 'agent'")
    .pluck()
    .get() as number
  damage.close()
  scribble((page - 1) * 8192, 8192)

  const replica = opened(() => openOrSalvage(path, key))
  expect(replica.settings.get('notice')).toBe('replica-rebuilt-with-outbox')
  expect(replica.sql.outbox.all.all(10).map(({ name, n }) => ({ name, n }))).toEqual([
    { name: 'reply.send', n: 1 },
    { name: 'conversation.tag', n: null },
    { name: 'draft.save', n: null },
  ])
  expect(replica.settings.get('numbers')).toMatchObject({ next: 2 })
  expect(existsSync(setAsidePath(path))).toBe(true)
})

test('S28: effects of a salvaged outbox are shown as soon as the rows are back', () => {
  withWork()
  const desk = new TestDesk(opened(() => rebuild(path, key)))
  expect(desk.get('item', 'reply')?.text).toBe('Precious words 宝贵的话')
  expect(desk.get('conversation', 'c2')?.tagIds).toEqual(['refund'])
  const id = desk.replica.sql.outbox.all.all(1)[0]!.id
  desk.answer(id, done)
  expect(desk.waiting).toEqual(['conversation.tag', 'draft.save'])
})

test('S28: with another key, after a lost keychain, an empty replica takes the place of the old one', () => {
  withWork()
  const replica = opened(() => openOrSalvage(path, new Uint8Array(32).fill(4)))
  expect(replica.settings.get('notice')).toBe('replica-rebuilt')
  expect(replica.sql.outbox.count.get()).toBe(0)
})

test.each([
  ['cut off in the middle', () => truncateSync(path, Math.floor(statSync(path).size / 2))],
  ['cut down to one page', () => truncateSync(path, 8192)],
  ['no database at all', () => scribble(0, 4096)],
])('S28: a replica %s opens again, as what it can be', (_what, damage) => {
  withWork()
  damage()
  const replica = opened(() => openOrSalvage(path, key))
  expect(replica.sql.outbox.count.get()).toBeGreaterThanOrEqual(0)
  replica.close()
  // What was made is sound: no second salvage.
  expect(opened(() => openReplica(path, key)).settings.get('notice')).not.toBeNull()
})

test('a replica made by a newer desk is refused and left as it is', () => {
  withWork()
  const newer = new Sqlite(path)
  unlock(newer, key)
  newer.pragma(`user_version = ${replicaVersion + 1}`)
  newer.close()
  const copy = `${path}.copy`
  copyFileSync(path, copy)
  expect(() => openOrSalvage(path, key)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ kind: 'replica-newer' }) }),
  )
  expect(statSync(path).size).toBe(statSync(copy).size)
  expect(existsSync(setAsidePath(path))).toBe(false)
})

test('one profile is open in one place', () => {
  opened(() => openReplica(path, key))
  expect(() => openReplica(path, key)).toThrow('profile-in-use')
})
