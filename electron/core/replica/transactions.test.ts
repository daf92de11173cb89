import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTransactions, type TransactionListener, type Transactions } from './transactions.ts'

let folder: string
let db: Database
let told: string[]
let transactions: Transactions

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skein-transactions-'))
  db = new Sqlite(join(folder, 'db'))
  db.pragma('locking_mode = exclusive')
  db.pragma('journal_mode = wal')
  db.exec('create table t (n integer primary key, filling text)')
  told = []
  const names = ['done', 'undone', 'settled', 'lost'] as const
  const say = Object.fromEntries(names.map(name => [name, () => void told.push(name)]))
  transactions = createTransactions(db, { ending: () => {}, ...say } as unknown as TransactionListener)
})

afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const put = (n: number, filling = ''): void => void db.prepare('insert into t values (?, ?)').run(n, filling)
const inside = (of = db): number[] => of.prepare<[], number>('select n from t order by n').pluck().all()

/** What another process finds when this one is killed now. */
function afterACrash(): number[] {
  const at = join(folder, 'copy')
  for (const end of ['', '-wal'])
    if (existsSync(join(folder, `db${end}`))) copyFileSync(join(folder, `db${end}`), `${at}${end}`)
  const copy = new Sqlite(at)
  try {
    return inside(copy)
  } finally {
    copy.close()
  }
}

test('what is held is seen at once, and a crash takes it back whole', () => {
  transactions.durable(() => put(1))
  transactions.held(() => put(2))
  transactions.held(() => put(3))
  expect(inside()).toEqual([1, 2, 3])
  expect(afterACrash()).toEqual([1])
  transactions.settle()
  expect(afterACrash()).toEqual([1, 2, 3])
  expect(told).toEqual(['done', 'done', 'done', 'settled'])
})

test('a durable transaction makes what was held before it durable, too', () => {
  transactions.held(() => put(1))
  transactions.durable(() => put(2))
  expect(afterACrash()).toEqual([1, 2])
})

test('a piece that throws has not happened; those before it are still held', () => {
  transactions.held(() => put(1))
  const bad = () =>
    transactions.held(() => {
      put(2)
      throw new Error('no')
    })
  expect(bad).toThrow('no')
  expect(inside()).toEqual([1])
  expect(transactions.losses).toBe(0)
  transactions.settle()
  expect(afterACrash()).toEqual([1])
})

test('a durable transaction that throws leaves what was held', () => {
  transactions.held(() => put(1))
  const bad = () =>
    transactions.durable(() => {
      put(2)
      throw new Error('no')
    })
  expect(bad).toThrow('no')
  expect(afterACrash()).toEqual([1])
  expect(told).toEqual(['done', 'settled', 'undone'])
})

test('one inside another is part of it', () => {
  const bad = () =>
    transactions.held(() => {
      transactions.durable(() => put(1))
      transactions.settle()
      throw new Error('no')
    })
  expect(bad).toThrow('no')
  expect(inside()).toEqual([])
})

test('a step that throws loses all that was held, and says so', () => {
  transactions.held(() => put(1))
  const bad = () =>
    transactions.step(() => {
      put(2)
      throw new Error('no')
    })
  expect(bad).toThrow('no')
  expect(inside()).toEqual([])
  expect(transactions.losses).toBe(1)
  expect(told).toEqual(['done', 'undone', 'lost'])
  transactions.durable(() => put(3))
  expect(afterACrash()).toEqual([3])
})

test('when the disk is full in the middle, what is said to be lost is lost, and nothing else', () => {
  db.pragma('max_page_count = 40')
  transactions.durable(() => put(0))
  let count = 0
  try {
    for (;;) transactions.held(() => put(++count, 'x'.repeat(2000)))
  } catch {
    // full
  }
  const there = inside().length
  const lost = transactions.losses > 0
  expect(there).toBe(lost ? 1 : count)
  db.pragma('max_page_count = 4000')
  transactions.durable(() => put(-1))
  expect(afterACrash()).toEqual(inside())
})
