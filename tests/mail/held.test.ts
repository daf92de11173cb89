import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Held } from '../../server/held/held.ts'
import { memoryHeld } from '../../server/held/memory.ts'
import { postgresHeld } from '../../server/held/postgres.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let clock = 0
const inMemory = memoryHeld(() => clock)
let opened: Awaited<ReturnType<TestDatabase['open']>>
beforeAll(async () => {
  database = await createTestDatabase()
  opened = await database.open()
})
afterAll(() => database?.drop())

const kinds: [string, () => Held, (name: string) => Promise<void>][] = [
  [
    'memory',
    () => inMemory,
    async () => {
      clock += 100_000
    },
  ],
  [
    'PostgreSQL',
    () => postgresHeld(opened.kysely),
    // Its time is over: by the database's clock, which nobody can turn.
    async name => void (await opened.pool.query(`update lease set until = now() where name = $1`, [name])),
  ],
]

describe.each(kinds)('S20: leases and notes in %s', (_kind, held, timePasses) => {
  test('one has it, prolongs it and lets it go; the fence tells the hands apart', async () => {
    expect(await held().take('a', 'one', 60_000)).toBe(1)
    expect(await held().take('a', 'two', 60_000)).toBeNull()
    expect(await held().take('a', 'one', 60_000)).toBe(1)
    await held().release('a', 'two')
    expect(await held().take('a', 'two', 60_000)).toBeNull()
    await held().release('a', 'one')
    expect(await held().take('a', 'two', 60_000)).toBe(2)
    await timePasses('a')
    expect(await held().take('a', 'one', 60_000)).toBe(3)
    await timePasses('a')
    // Its own that ran out is another turn, too: somebody may have had it in between.
    expect(await held().take('a', 'one', 60_000)).toBe(4)
    expect(await held().take('b', 'two', 60_000)).toBe(1)
    await held().releaseAll()
    expect(await held().take('a', 'two', 60_000)).toBe(5)
  })

  test('of many who ask at once one has it', async () => {
    const fences = await Promise.all(
      Array.from({ length: 8 }, (_, at) => held().take('crowded', `hub ${at}`, 60_000)),
    )
    expect(fences.filter(fence => fence !== null)).toEqual([1])
  })

  test('a note keeps what the latest holder wrote; a former one is told', async () => {
    expect(await held().note('inbox', 'folder')).toBeUndefined()
    expect(await held().putNote('inbox', 'folder', { uid: 1, 中: '文' }, 3)).toBe(true)
    expect(await held().putNote('inbox', 'folder', { uid: 2 }, 3)).toBe(true)
    expect(await held().putNote('inbox', 'folder', { uid: 9 }, 2)).toBe(false)
    expect(await held().note('inbox', 'folder')).toEqual({ uid: 2 })
    await held().putNote('inbox', 'status', { a: null }, 1)
    expect(await held().notes('inbox')).toEqual([
      { name: 'folder', doc: { uid: 2 } },
      { name: 'status', doc: { a: null } },
    ])
    expect(await held().notes('other')).toEqual([])
  })
})
