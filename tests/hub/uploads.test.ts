import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tus from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCustomers } from './customers.ts'
import { type Desk, startHub, type TestHub } from './hub.ts'
import { until } from './until.ts'

const LIMIT = 4 * 1024 * 1024
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

let hub: TestHub
let customers: Awaited<ReturnType<typeof startCustomers>>
let ann: Desk
let bo: Desk
beforeAll(async () => {
  customers = await startCustomers()
  hub = await startHub({ config: { uploadLimit: LIMIT } })
  const support = await hub.addInbox('support@skein.example', customers.url)
  await hub.addInbox('sales@skein.example')
  await hub.addAgent('ann', 'agent', [support])
  await hub.addAgent('bo', 'agent', [support])
  await hub.addAgent('eve', 'agent', [])
  ann = await hub.desk('ann')
  bo = await hub.desk('bo')
})
afterAll(async () => {
  await hub?.close()
  await customers?.close()
})

const headers = (desk: Desk) => ({
  authorization: `Bearer ${desk.session.accessToken}`,
  'tus-resumable': '1.0.0',
})
const metadata = (hash: string, name = 'photo.jpg') =>
  `sha256 ${Buffer.from(hash).toString('base64')},name ${Buffer.from(name).toString('base64')},type ${Buffer.from('image/jpeg').toString('base64')}`

async function begin(desk: Desk, size: number, hash: string): Promise<Response> {
  const more = { 'upload-length': String(size), 'upload-metadata': metadata(hash) }
  return fetch(`${hub.url}/v1/uploads`, { method: 'POST', headers: { ...headers(desk), ...more } })
}
const place = (response: Response) => new URL(response.headers.get('location')!, hub.url).href
const append = (desk: Desk, url: string, offset: number, bytes: Uint8Array) =>
  fetch(url, {
    method: 'PATCH',
    headers: {
      ...headers(desk),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes.slice(),
  })
const own = (desk: Desk, hash: string) =>
  fetch(`${hub.url}/v1/own/attachments/${hash}`, { headers: headers(desk) })
const offsetOf = async (desk: Desk, url: string) =>
  Number((await fetch(url, { method: 'HEAD', headers: headers(desk) })).headers.get('upload-offset'))

async function upload(desk: Desk, bytes: Uint8Array): Promise<string> {
  const hash = sha256(bytes)
  const url = place(await begin(desk, bytes.length, hash))
  expect((await append(desk, url, 0, bytes)).status).toBe(204)
  return hash
}

let count = 0
async function newConversation(): Promise<string> {
  const address = `c${++count}@customer.example`
  await customers.write(hub.smtp, {
    from: address,
    to: 'support@skein.example',
    subject: `Matter ${count}`,
    text: 'Hello',
  })
  const identity = await until(() => ann.all('identity').find(each => each.address === address))
  return (await until(() => ann.all('conversation').find(each => each.identityId === identity.id))).id
}

const attachment = (hash: string, size: number) => ({
  sha256: hash,
  name: 'photo.jpg',
  type: 'image/jpeg',
  size,
  contentId: null,
})
const download = (desk: Desk, itemId: string, hash: string, range?: string) =>
  fetch(`${hub.url}/v1/items/${itemId}/attachments/${hash}`, {
    headers: { ...headers(desk), ...(range ? { range } : {}) },
  })

describe('S27: attachments', () => {
  test('an upload goes on where it was cut, and leaves with the reply', async () => {
    const bytes = randomBytes(300_000)
    const url = place(await begin(ann, bytes.length, sha256(bytes)))
    expect((await append(ann, url, 0, bytes.subarray(0, 100_000))).status).toBe(204)
    await hub.restart()
    ann = await hub.desk('ann')
    bo = await hub.desk('bo')
    const again = new URL(new URL(url).pathname, hub.url).href
    expect(await offsetOf(ann, again)).toBe(100_000)
    expect((await append(ann, again, 50_000, bytes.subarray(50_000))).status).toBe(409)
    expect((await append(ann, again, 100_000, bytes.subarray(100_000))).status).toBe(204)

    const conversationId = await newConversation()
    const { id, outcome } = await ann.reply(conversationId, 'The photo', {
      attachments: [attachment(sha256(bytes), bytes.length)],
    })
    expect(outcome).toEqual({ kind: 'done' })
    const mail = await until(() => customers.arrived.find(each => each.text?.includes('The photo')))
    expect(sha256(new Uint8Array(mail.attachments[0]!.content as ArrayBuffer))).toBe(sha256(bytes))

    const whole = await download(bo, id, sha256(bytes))
    expect(sha256(new Uint8Array(await whole.arrayBuffer()))).toBe(sha256(bytes))
    const part = await download(bo, id, sha256(bytes), 'bytes=10-19')
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20))
    expect((await download(bo, id, sha256(bytes), 'bytes=400000-')).status).toBe(416)
  })

  test('the client library of desks works with it', async () => {
    const bytes = randomBytes(250_000)
    await new Promise<void>((resolve, reject) => {
      new tus.Upload(bytes, {
        endpoint: `${hub.url}/v1/uploads`,
        chunkSize: 100_000,
        headers: { authorization: `Bearer ${ann.session.accessToken}` },
        metadata: { sha256: sha256(bytes), name: 'a.bin', type: 'application/octet-stream' },
        onSuccess: () => resolve(),
        onError: reject,
      }).start()
    })
    expect(await hub.blobs.size(sha256(bytes))).toBe(bytes.length)
  })

  test('knowing a hash grants nothing: neither to send it, nor to fetch it, nor to see whether it is there', async () => {
    const bytes = randomBytes(1000)
    const hash = await upload(ann, bytes)
    const conversationId = await newConversation()
    await until(() => bo.row('conversation', conversationId))
    const stolen = await bo.reply(conversationId, 'Look', { attachments: [attachment(hash, bytes.length)] })
    expect(stolen.outcome).toEqual({ kind: 'refused', code: 'not-found', params: { attachment: hash } })
    const { id } = await ann.reply(conversationId, 'Mine', { attachments: [attachment(hash, bytes.length)] })
    const eve = await hub.desk('eve')
    expect((await download(eve, id, hash)).status).toBe(404)
    expect((await download(bo, ann.timeline(conversationId)[0]!.id, hash)).status).toBe(404)
    expect((await download(bo, id, sha256(randomBytes(3)))).status).toBe(404)
    expect((await fetch(`${hub.url}/v1/items/${id}/attachments/${hash}`)).status).toBe(401)
    // What one has sent up oneself one may have back, before it is sent off: a draft goes on at another desk.
    expect((await own(ann, hash)).status).toBe(200)
    expect((await own(bo, hash)).status).toBe(404)
    expect((await fetch(`${hub.url}/v1/own/attachments/${hash}`)).status).toBe(401)
    // An upload of the same bytes is taken in whole all the same.
    const url = place(await begin(bo, bytes.length, hash))
    expect(await offsetOf(bo, url)).toBe(0)
  })

  test('an upload of somebody else is not there', async () => {
    const bytes = randomBytes(1000)
    const url = place(await begin(ann, bytes.length, sha256(bytes)))
    expect((await append(bo, url, 0, bytes)).status).toBe(404)
    expect((await fetch(url, { method: 'HEAD', headers: headers(bo) })).status).toBe(404)
    expect(await offsetOf(ann, url)).toBe(0)
  })

  test('bytes that are not what was announced are refused, and the upload begins anew', async () => {
    const bytes = randomBytes(1000)
    const url = place(await begin(ann, bytes.length, sha256(randomBytes(1000))))
    const answer = await append(ann, url, 0, bytes)
    expect([answer.status, await answer.json()]).toMatchObject([
      460,
      { fault: { kind: 'invalid', params: { field: 'sha256' } } },
    ])
    expect((await fetch(url, { method: 'HEAD', headers: headers(ann) })).status).toBe(404)
  })

  test('more than the limit is refused before a byte of it is taken', async () => {
    const answer = await begin(ann, 100 * 1024 * 1024, sha256(randomBytes(1)))
    expect([answer.status, await answer.json()]).toMatchObject([
      413,
      { fault: { kind: 'too-large', params: { limit: LIMIT } } },
    ])
    const unsaid = await fetch(`${hub.url}/v1/uploads`, {
      method: 'POST',
      headers: { ...headers(ann), 'upload-length': '5' },
    })
    expect([unsaid.status, await unsaid.json()]).toMatchObject([400, { fault: { kind: 'invalid' } }])
  })

  test('without a session there is no upload', async () => {
    const answer = await fetch(`${hub.url}/v1/uploads`, {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '5' },
    })
    expect(await answer.json()).toMatchObject({ fault: { kind: 'session-expired' } })
  })
})

const mayMount = process.platform === 'linux' && process.getuid?.() === 0

describe.skipIf(!mayMount)('a full disk (needs root for a small tmpfs)', () => {
  test('an upload and a mail are put off with the reason, and go through when there is room', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'skein-full-'))
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status).toBe(0)
    let full: TestHub | undefined
    try {
      full = await startHub({ folder })
      await full.addInbox('support@skein.example')
      await full.addAgent('ann')
      const desk = await full.desk('ann')
      const bytes = randomBytes(1_500_000)
      const begun = await fetch(`${full.url}/v1/uploads`, {
        method: 'POST',
        headers: {
          ...headers(desk),
          'upload-length': String(bytes.length),
          'upload-metadata': metadata(sha256(bytes)),
        },
      })
      const url = new URL(begun.headers.get('location')!, full.url).href
      const answer = await append(desk, url, 0, bytes)
      expect([answer.status, await answer.json()]).toMatchObject([
        507,
        { fault: { kind: 'disk-full', retryable: true } },
      ])
      const mail = {
        from: 'a@customer.example',
        to: 'support@skein.example',
        subject: 'Full',
        text: 'x'.repeat(300_000),
      }
      await expect(customers.write(full.smtp, mail)).rejects.toMatchObject({ responseCode: 451 })

      expect(spawnSync('mount', ['-o', 'remount,size=20m', folder]).status).toBe(0)
      await customers.write(full.smtp, mail)
      await until(() => desk.all('conversation').find(({ subject }) => subject === 'Full'))
      const offset = await offsetOf(desk, url)
      expect((await append(desk, url, offset, bytes.subarray(offset))).status).toBe(204)
      expect(await full.blobs.size(sha256(bytes))).toBe(bytes.length)
    } finally {
      await full?.close()
      spawnSync('umount', ['-l', folder])
      await rm(folder, { recursive: true, force: true })
    }
  })
})
