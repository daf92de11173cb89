/** I9: what a replica keeps of rows that are gone, from long before an erasure, too; written over in steps that a restart may cut off. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { realGround } from '../../electron/core/ground.ts'
import { cleanse } from '../../electron/core/replica/cleanse.ts'
import { openReplica } from '../../electron/core/replica/open.ts'
import { conversationRow, itemRow, patchOf, row, TestDesk } from '../../electron/core/testing.ts'
import { decryptedPages, foundIn } from './marked.ts'

const key = new Uint8Array(32).fill(5)
const long = 'earliestword 最早的词 '.repeat(600)

test('I9: free pages of earlier deletions, the index and the log hold nothing after cleaning, whenever it was cut off', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'skein-cleanse-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'replica.db')
  const left = (): string[] =>
    foundIn(decryptedPages(path, key), ['earliestword', '最早的词', 'latestword', 'betweenword'])
  let desk = new TestDesk(openReplica(path, key))
  const apply = (n: number): void => {
    const conversation = conversationRow(`x${n}`)
    const items = Array.from({ length: 20 }, (_, seq) =>
      row('item', 1, itemRow(`x${n}-${seq}`, `x${n}`, seq + 1, { text: `${long} latestword` })),
    )
    desk.apply(patchOf([row('conversation', 1, conversation), ...items]))
  }
  for (let n = 0; n < 10; n += 1) apply(n)
  // Short ones lie among others that stay, in pages that are cut, joined and filled again.
  const short = (seq: number, words: string) =>
    row('item', 1, itemRow(`${seq % 2 ? 'x' : 'y'}-${seq}`, 'c1', seq + 10, { text: `${words} ${seq}` }))
  for (let seq = 0; seq < 300; seq += 1)
    desk.apply(patchOf([short(seq, seq % 2 ? 'betweenword '.repeat(1 + (seq % 40)) : 'stays')]))
  while (desk.replica.indexSome(100) === 100);
  desk.replica.settle()
  // They leave as rows leave every day: nobody asked for more.
  const leaves = desk.replica.db
    .prepare<[], { id: string }>("select id from item where id like 'x%'")
    .all()
    .map(({ id }) => ({ stream: 'inbox:one' as const, type: 'item' as const, id }))
  desk.apply(patchOf([], { leaves }))
  const free = (): number => desk.replica.db.pragma('freelist_count', { simple: true }) as number
  expect(free()).toBeGreaterThan(100)
  desk.replica.settle()
  desk.replica.db.pragma('wal_checkpoint(truncate)')
  expect(left()).toEqual(['earliestword', '最早的词', 'latestword', 'betweenword'])

  const run = (turns: number) => {
    let left = turns
    const beside = (): void => undefined
    return cleanse({ replica: desk.replica, ground: realGround, current: () => left-- > 0, beside })
  }
  desk.replica.transaction(() => desk.replica.settings.set('cleansing', true))
  await run(4)
  desk.replica.close()
  desk = new TestDesk(openReplica(path, key))
  expect(desk.replica.settings.get('cleansing')).toBe(true)
  await run(Number.POSITIVE_INFINITY)
  expect(desk.replica.settings.get('cleansing')).toBe(false)
  expect(statSync(`${path}-wal`).size).toBe(0)
  desk.replica.close()
  expect(left()).toEqual([])
}, 120_000)
