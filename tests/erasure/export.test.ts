/** What is kept of a customer, handed out whole: by the hub, through a desk, as one ZIP. Hub with a store in memory. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { memoryStore } from '../../server/store/memory/store.ts'
import { note, openDesk, password } from '../core/ground.ts'
import type { Page } from '../core/page.ts'
import { startMemoryHub } from '../hub/memory-hub.ts'
import { seedMarked, words } from './marked.ts'

/** The files of a ZIP by its directory (APPNOTE 4.3.12), each checked. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    const content = zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes
    expect(crc32(content)).toBe(zip.readUInt32LE(at + 16))
    files.set(zip.toString('utf8', at + 46, at + 46 + name), content)
    at += 46 + name + extra + comment
  }
  return files
}

async function exported(page: Page, whole: boolean): Promise<Map<string, Buffer>> {
  const parts: Uint8Array[] = []
  for (let done = false; !done; ) {
    const args = { attempt: 'a', customerId: 'zi', whole, language: 'en' as const }
    const answer = await page.ask('customerExport', args)
    parts.push(answer.bytes)
    done = answer.done
  }
  return unzipped(Buffer.concat(parts))
}

async function site() {
  const store = memoryStore()
  await store.write(seedMarked)
  await store.write(async tx => {
    await tx.load([key('customer', 'other'), key('customer', 'zi'), key('agent', 'bo'), key('item', 'm1-1')])
    tx.put('customer', { ...tx.get('customer', 'other')!, mergedInto: 'zi' })
    tx.put('agent', { ...tx.get('agent', 'bo')!, role: 'supervisor', inboxIds: ['one'] })
    tx.put('item', { ...tx.get('item', 'm1-1')!, text: '<script>alert(1)</script> <img src=x>' })
  })
  const people = { 'ann@skein.example': 'ann', 'bo@skein.example': 'bo' }
  const hub = await startMemoryHub({ people, store, seed: async () => undefined })
  onTestFinished(() => hub.close())
  const desk = async (name: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'skein-export-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { page } = await openDesk(folder)
    await page.ask('signIn', { hubUrl: hub.url, email: `${name}@skein.example`, password })
    await page.untilSync('live')
    return page
  }
  return { store, desk }
}

test('everything of a merged family is in it: a page that runs nothing, the same as data, and every file, byte by byte', async () => {
  const { desk, store } = await site()
  const page = await desk('ann')
  const bytes = new Uint8Array(Buffer.from(words.fileText.repeat(90_000)))
  const { uploadId } = await page.ask('attachmentBegin', {
    ...{ name: '../../escape <b>.txt', type: 'text/plain', size: bytes.length },
  })
  for (let offset = 0; offset < bytes.length; offset += 300_000)
    await page.ask('attachmentWrite', { uploadId, offset, bytes: bytes.slice(offset, offset + 300_000) })
  const file = { ...(await page.ask('attachmentFinish', { uploadId })), contentId: null }
  await page.ask('mutate', {
    name: 'note.add',
    args: { ...note('m1', words.agentNote), attachments: [file] },
  })
  await page.drained()

  const files = await exported(page, true)
  expect([...files.keys()]).toEqual(['index.html', 'data.json', 'files/0001 escape _b_.txt'])
  const sha256 = createHash('sha256').update(files.get('files/0001 escape _b_.txt')!).digest('hex')
  expect(sha256).toBe(file.sha256)

  const data = JSON.parse(files.get('data.json')!.toString())
  expect(data).toMatchObject({ format: 'skein-customer-export', version: 1, conversationsNotIncluded: 0 })
  expect(data.customers.map(({ id }: { id: string }) => id)).toEqual(['zi', 'other'])
  expect(data.conversations.map(({ id }: { id: string }) => id).sort()).toEqual(['k1', 'm1', 'm2', 'o1'])
  const m1 = data.conversations.find(({ id }: { id: string }) => id === 'm1')
  expect(m1.items.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3, 4])
  expect(m1.items[3]).toMatchObject({
    author: { kind: 'agent', name: 'ann' },
    attachments: [{ path: 'files/0001 escape _b_.txt', sha256 }],
  })

  const html = files.get('index.html')!.toString()
  for (const word of [words.name, words.note, words.consent, words.body, words.chat, words.agentNote])
    expect(html).toContain(word)
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  const signs = new Set([...html.matchAll(/<([a-z0-9]+)[^>]*>/gi)].map(([, sign]) => sign))
  for (const sign of ['script', 'img', 'iframe', 'link', 'object', 'form']) expect(signs).not.toContain(sign)
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(['files/0001%20escape%20_b_.txt'])
  expect(html).toContain("default-src 'none'")
  expect((await store.events(0, 1000)).filter(({ name }) => name === 'customer.exported').length).toBe(1)
})

test('I5: what whoever asks may not see is not in it, and that is said; one alone is one alone', async () => {
  const { desk } = await site()
  const files = await exported(await desk('bo'), false)
  const data = JSON.parse(files.get('data.json')!.toString())
  expect(data.conversationsNotIncluded).toBe(1)
  expect(data.customers.map(({ id }: { id: string }) => id)).toEqual(['zi'])
  expect(data.conversations.map(({ id }: { id: string }) => id).sort()).toEqual(['m1', 'm2'])
  expect(files.get('index.html')!.toString()).not.toContain(words.chat)
})
