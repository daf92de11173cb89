import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Item } from '#shared/model/item.ts'
import { fixture, fixtureNames, smtpClient } from '../../server/channels/email/testing.ts'
import { startHub, type TestHub } from './hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await startHub()
  await hub.addInbox('support@skein.example')
})
afterAll(() => hub?.close())

/** What was not taken. */
async function deliverAll(): Promise<{ name: string; code: number; text: string }[]> {
  const refused = []
  const client = await smtpClient(hub.smtp)
  for (const name of fixtureNames()) {
    const { code, text } = await client.deliver(['support@skein.example'], fixture(name))
    if (code !== 250) refused.push({ name, code, text })
  }
  client.close()
  return refused
}

test('every mail of the corpus becomes an item or says what could not be read, and is there once when it comes twice', async () => {
  expect(await deliverAll()).toEqual([])
  const before = await hub.store.all('item')
  expect(await deliverAll()).toEqual([])
  const items = await hub.store.all('item')
  expect(items).toHaveLength(before.length)

  const byRaw = new Map(items.map(item => [item.mail?.raw, item]))
  const missing = fixtureNames().filter(name => !byRaw.has(rawOf(name)))
  expect(missing).toEqual([])
  const unreadable = (item: Item) =>
    item.text === '' &&
    item.quoted === '' &&
    item.html === null &&
    item.attachments.length === 0 &&
    (item.mail?.problems.length ?? 0) === 0
  const silent = items.filter(unreadable).map(item => item.subject)
  for (const item of items) {
    expect(await hub.blobs.size(item.mail!.raw!)).not.toBeNull()
    for (const { sha256, size } of item.attachments) expect(await hub.blobs.size(sha256)).toBe(size)
  }
  expect(silent).toEqual([])
})

/** As SMTP brings it: the line ends of the wire. */
const rawOf = (name: string): string => {
  const text = fixture(name).toString('latin1').replace(/\r?\n/g, '\r\n')
  const wire = text.endsWith('\r\n') ? text : `${text}\r\n`
  return createHash('sha256').update(Buffer.from(wire, 'latin1')).digest('hex')
}
