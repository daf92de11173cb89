import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import { secretsFrom } from '../auth/secrets.ts'
import { folderBlobs } from '../blobs/blob-store.ts'
import { isSealed, rowsOf, wholesOf } from './entry.ts'
import { fileLedger } from './ledger.ts'

const secrets = secretsFrom(new Uint8Array(32).fill(3))
const whom = (id: string, conversations = 1) => ({
  ...{ id, at: 1, customerIds: [`c-${id}`], names: ['erased:b', 'erased:a'] },
  conversationIds: Array.from({ length: conversations }, (_, index) => `v${String(index).padStart(5, '0')}`),
})

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'skein-ledger-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

test('I9: a line that a crash cut off loses nobody else, and either place is enough', async () => {
  const at = await folder()
  const [path, copy] = [join(at, 'a.ndjson'), join(at, 'deep', 'b.ndjson')]
  const ledger = fileLedger(path, copy)
  expect(await ledger.all()).toEqual([])
  await ledger.add(rowsOf(secrets, whom('one')))
  await appendFile(path, '{"id":"tor')
  await ledger.add(rowsOf(secrets, whom('two')))
  expect((await ledger.all()).map(({ id }) => id)).toEqual(['one', 'two'])
  await rm(path)
  expect((await ledger.all()).map(({ id }) => id)).toEqual(['one', 'two'])
  await rm(copy)
  expect(await ledger.all()).toEqual([])
})

test('I9: a copy that cannot be written is done without; the first place cannot', async () => {
  const at = await folder()
  await writeFile(join(at, 'file'), '')
  const nowhere = join(at, 'file', 'below')
  await fileLedger(join(at, 'a.ndjson'), nowhere).add(rowsOf(secrets, whom('one')))
  await expect(fileLedger(nowhere, join(at, 'b.ndjson')).add(rowsOf(secrets, whom('one')))).rejects.toThrow()
})

test('I9: what is too much for one row is several, each sealed, and one again; the same whoever puts it together', () => {
  const rows = rowsOf(secrets, whom('long', 2500))
  expect(rows.map(({ id, conversationIds }) => [id, conversationIds.length])).toEqual([
    ['long', 1000],
    ['long.2', 1000],
    ['long.3', 500],
  ])
  expect(rows.every(row => isSealed(secrets, row))).toBe(true)
  expect(isSealed(secrets, { ...rows[0]!, customerIds: ['somebody else'] })).toBe(false)
  expect(isSealed(secretsFrom(new Uint8Array(32)), rows[0]!)).toBe(false)
  const [whole] = wholesOf([...rows].reverse())
  expect(rowsOf(secrets, whole!)).toEqual(rows)
})

test('I9: a file is overwritten and gone; one that was stored once more since is kept', async () => {
  const blobs = await folderBlobs(await folder(), uuidv7)
  const put = async (text: string): Promise<string> => {
    const stored = await blobs.put(Buffer.from(text))
    return stored.ok ? stored.value : ''
  }
  const [going, staying] = [await put('going'), await put('staying')]
  const later = Date.now() + 60_000
  await blobs.forget(going, later)
  expect(await blobs.size(going)).toBeNull()
  await blobs.forget(staying, 0)
  expect(await blobs.size(staying)).toBe(7)
  await blobs.forget(going, later)
})
