import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Blobs, createBlobs } from './blobs.ts'
import { openReplica } from './open.ts'
import type { Replica } from './replica.ts'

const key = new Uint8Array(32).fill(5)
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
let dir = ''
let replica: Replica
let now = 0

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'skein-blobs-'))
  replica = openReplica(':memory:', key)
  onTestFinished(() => {
    replica.close()
    rmSync(dir, { recursive: true, force: true })
  })
})

const open = (budget = 1e9): Blobs => createBlobs(replica, { dir, key, budget, now: () => ++now })

test('S27: a file comes out as it went in, whatever pieces it was written in', () => {
  const blobs = open()
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300_000 }), { maxLength: 4 }), pieces => {
      const writer = blobs.create()
      for (const piece of pieces) writer.write(piece)
      const whole = Buffer.concat(pieces)
      const { sha256, size } = writer.finish()
      expect({ sha256, size }).toEqual({ sha256: hashOf(whole), size: whole.length })
      expect(blobs.read(sha256)?.equals(whole)).toBe(true)
    }),
    { numRuns: 30 },
  )
})

test('nothing of a file, not its hash either, stands on the disk', () => {
  const blobs = open()
  const bytes = Buffer.from('the customer wrote 退款 here'.repeat(100))
  const writer = blobs.create()
  writer.write(bytes)
  const { sha256 } = writer.finish()
  for (const name of readdirSync(dir)) {
    expect(name).not.toBe(sha256)
    expect(readFileSync(join(dir, name)).includes('退款')).toBe(false)
  }
})

function flipOneBit(path: string): void {
  const bytes = readFileSync(path)
  bytes[100]! ^= 1
  writeFileSync(path, bytes)
}

test.each([
  ['changed', flipOneBit],
  ['cut off at the end of a piece', (path: string) => truncateSync(path, 256 * 1024 + 28)],
  ['gone', (path: string) => rmSync(path)],
])('a file that was %s is not handed out', (_what, harm) => {
  const blobs = open()
  const writer = blobs.create()
  writer.write(Buffer.alloc(600_000, 7))
  const { sha256 } = writer.finish()
  harm(join(dir, readdirSync(dir)[0]!))
  expect(blobs.read(sha256)).toBeUndefined()
})

test('bytes that are not what they should be are not kept', () => {
  expect(open().keep('0'.repeat(64), Buffer.from('other'))).toBe(false)
  expect(readdirSync(dir)).toEqual([])
})

test('above the budget the least used goes first; what waits for its upload stays', () => {
  const blobs = open(25_000)
  const made = [1, 2, 3, 4].map(value => {
    const writer = blobs.create()
    writer.write(Buffer.alloc(10_000, value))
    return writer.finish().sha256
  })
  replica.sql.upload.add.run(made[1]!, 'b', 'text/plain', 10_000)
  blobs.read(made[0]!)
  blobs.tidy()
  expect(made.map(sha256 => blobs.read(sha256) !== undefined)).toEqual([true, true, false, false])
  expect(readdirSync(dir)).toHaveLength(2)
})

test('what was being written when the desk died is cleaned up', () => {
  open().create().write(Buffer.from('half'))
  open().tidy()
  expect(readdirSync(dir)).toEqual([])
})
