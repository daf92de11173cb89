import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { note, password, signedIn, startHub } from './ground.ts'

const files = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))

test('no word of a customer, an agent or a password stands readable in the profile', async () => {
  const hub = await startHub()
  const { page, profileDir, close } = await signedIn(hub.url, 'ann')
  const hits = page.watch('search', { text: '快递', inboxId: null, limit: 5 })
  await page.until(() => hits.rows.length > 0)
  await page.ask('mutate', { name: 'note.add', args: note('c1', 'confidential 机密信息') })
  const bytes = new TextEncoder().encode('attached words 附件内容 '.repeat(2000))
  const { uploadId } = await page.ask('attachmentBegin', {
    name: 'secret-name.txt',
    type: 'text/plain',
    size: bytes.length,
  })
  await page.ask('attachmentWrite', { uploadId, offset: 0, bytes })
  const file = await page.ask('attachmentFinish', { uploadId })
  const { sha256 } = file
  const args = { ...note('c1', 'with a file'), attachments: [{ ...file, contentId: null }] }
  await page.ask('mutate', { name: 'note.add', args })
  await page.drained()

  const words = [
    'parcel',
    '快递在哪里',
    'Maria',
    '玛丽亚',
    'confidential',
    '机密信息',
    'attached words',
    '附件内容',
    'secret-name',
    sha256,
    password,
    'ann@skein.example',
    'refreshToken',
    'SQLite format',
  ]
  // Once while it runs, with the write-ahead log in use, and once after it was closed.
  for (const moment of ['open', 'closed']) {
    if (moment === 'closed') await close()
    const all = files(profileDir)
    expect(all.length).toBeGreaterThan(1)
    expect(all.reduce((sum, file) => sum + statSync(file).size, 0)).toBeGreaterThan(50_000)
    for (const file of all) {
      const content = readFileSync(file)
      const found = words.filter(
        word => content.includes(Buffer.from(word)) || content.includes(Buffer.from(word, 'utf16le')),
      )
      expect({ moment, file, found }).toEqual({ moment, file, found: [] })
    }
  }
})
