import {
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { done, draftOf, replyTo, TestDesk } from '../testing.ts'
import { journalPath, keepJournal, readJournal } from './journal.ts'
import { openReplica } from './open.ts'
import type { Replica } from './replica.ts'
import { lockedPath, openOrSalvage } from './salvage.ts'

const key = new Uint8Array(32).fill(3)
const otherKey = new Uint8Array(32).fill(4)
let dir = ''
let path = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'skein-journal-'))
  path = join(dir, 'replica.db')
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
})

const namesIn = (replica: Replica): string[] => replica.sql.outbox.all.all(10).map(({ name }) => name)

/** A desk with three changes that wait, and its journal. Copied to `path` while it is open. */
function working(): TestDesk {
  const live = join(dir, 'live.db')
  const desk = new TestDesk(openReplica(live, key))
  const journal = keepJournal(desk.replica, live, key)
  onTestFinished(() => {
    journal.close()
    if (desk.replica.db.open) desk.replica.close()
  })
  desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'reply', 'Precious words 宝贵的话'))
  desk.do('conversation.tag', { conversationId: 'c2', tagId: 'refund' })
  desk.do('draft.save', draftOf('c2', 'Half a sentence'))
  return desk
}
function copied(): void {
  for (const file of ['', '-wal', '.outbox'])
    if (existsSync(join(dir, `live.db${file}`))) cpSync(join(dir, `live.db${file}`), path + file)
}
function salvaged(withKey = key): Replica {
  const replica = openOrSalvage(path, withKey)
  onTestFinished(() => {
    if (replica.db.open) replica.close()
  })
  return replica
}

test('S28: the journal holds what waits, sealed, and nothing once all of it has arrived', () => {
  const desk = working()
  copied()
  expect(readJournal(path, key).map(({ name }) => name)).toEqual([
    'reply.send',
    'conversation.tag',
    'draft.save',
  ])
  expect(readJournal(path, otherKey)).toEqual([])
  for (const { id } of desk.replica.sql.outbox.all.all(10)) desk.answer(id, done)
  expect(statSync(journalPath(join(dir, 'live.db'))).size).toBe(0)
})

test('S28: when the first pages are gone and SQLite can read nothing, the outbox comes from the journal', () => {
  working()
  copied()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(16_384, 0xa5), 0, 16_384, 0)
  rmSync(`${path}-wal`)
  const replica = salvaged()
  expect(replica.settings.get('notice')).toBe('replica-rebuilt-with-outbox')
  expect(namesIn(replica)).toEqual(['reply.send', 'conversation.tag', 'draft.save'])
})

test('S28: a log that has lost its end opens without an error, and without its latest words; they come back from the journal', () => {
  working()
  copied()
  truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 8192)
  const plain = openReplica(path, key)
  expect(namesIn(plain)).toEqual(['reply.send', 'conversation.tag'])
  plain.close()
  expect(namesIn(salvaged())).toEqual(['reply.send', 'conversation.tag', 'draft.save'])
})

test('S28: what was answered does not come back, though a crash kept the journal from hearing of it', () => {
  const desk = working()
  cpSync(journalPath(join(dir, 'live.db')), join(dir, 'before'))
  desk.answer(desk.replica.sql.outbox.all.all(1)[0]!.id, done)
  copied()
  renameSync(join(dir, 'before'), journalPath(path))
  expect(namesIn(salvaged())).toEqual(['conversation.tag', 'draft.save'])
})

test('S28: a damaged record costs itself only', () => {
  working()
  copied()
  const file = openSync(journalPath(path), 'r+')
  writeSync(file, Buffer.from([0, 0, 0]), 0, 3, 60)
  expect(readJournal(path, key).map(({ name }) => name)).toEqual(['conversation.tag', 'draft.save'])
})

test('S28: a replica that the key does not open is kept, and comes back with its key', () => {
  working()
  copied()
  const empty = salvaged(otherKey)
  expect(namesIn(empty)).toEqual([])
  empty.close()
  expect(existsSync(lockedPath(path))).toBe(true)
  expect(namesIn(salvaged())).toEqual(['reply.send', 'conversation.tag', 'draft.save'])
})

test('S28: a rebuild that was killed between its two steps goes on at the next start', () => {
  const desk = working()
  desk.replica.close()
  copied()
  // The new replica is whole and not yet in its place, the old one half moved.
  renameSync(path, `${path}.rebuilt`)
  const file = openSync(path, 'w')
  writeSync(file, Buffer.from('half'))
  expect(namesIn(salvaged())).toEqual(['reply.send', 'conversation.tag', 'draft.save'])
  expect(existsSync(`${path}.rebuilt`)).toBe(false)
})
