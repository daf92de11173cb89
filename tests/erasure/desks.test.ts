/** I9 on desks: one that is connected, one that comes back with work, one that knows what its hub has lost. Hub with a store in memory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Erasure } from '#shared/model/erasure.ts'
import { key } from '#shared/model/row.ts'
import { Erased, ErasurePreview } from '#shared/protocol/erasure.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import { folderBlobs } from '../../server/blobs/blob-store.ts'
import { afterRestore } from '../../server/effects/restored.ts'
import { memoryLedger } from '../../server/erasure/ledger.ts'
import { again } from '../../server/erasure/replay.ts'
import { type MemoryBackup, type MemoryStore, memoryStore } from '../../server/store/memory/store.ts'
import { silentLog } from '../../server/sync/ground.ts'
import { attach } from '../core/attach.ts'
import { cable } from '../core/cuttable.ts'
import { newId, note, type OpenDesk, openDesk, password, key as replicaKey, reply } from '../core/ground.ts'
import { until } from '../faults/support/until.ts'
import { startMemoryHub } from '../hub/memory-hub.ts'
import { askHub, wish } from './asking.ts'
import { decryptedPages, filesBelow, foundIn, seedMarked, stays, words } from './marked.ts'

const people = { 'ann@skein.example': 'ann', 'bo@skein.example': 'bo' }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skein-erasure-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

async function hubOn(store: MemoryStore, ledger: Erasure[], port = 0) {
  const blobs = await folderBlobs(join(folder, 'hub-blobs'), uuidv7)
  const hub = await startMemoryHub({
    ...{ people, store, seed: async () => undefined, config: { port } },
    deps: { blobs, ledger: memoryLedger(ledger) },
  })
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= hub.close())
  onTestFinished(close)
  return { ...hub, blobs, close }
}

async function deskOf(name: 'ann' | 'bo', url: string, options = {}): Promise<OpenDesk> {
  const desk = await openDesk(join(folder, name), options)
  await desk.page.ask('signIn', { hubUrl: url, email: `${name}@skein.example`, password })
  await desk.page.untilSync('live')
  return desk
}

const contract = new TextEncoder().encode(words.fileText.repeat(400))

const draft = { conversationId: 'm2', kind: 'reply' as const, text: words.draft, cc: [words.address] }

/** Everything that agents may have put beside the customer's own words. */
async function work({ page }: OpenDesk, together: 'm1' | 'm2' = 'm1'): Promise<void> {
  const attachments = [await attach(page, contract, words.fileName)]
  await page.ask('mutate', { name: 'note.add', args: { ...note('m1', words.agentNote), attachments } })
  await page.ask('mutate', {
    name: 'draft.save',
    args: { ...draft, attachments: [], heldItemId: null, updatedAt: Date.now() },
  })
  await page.ask('mutate', {
    name: 'draft.share',
    args: {
      ...{ conversationId: together, text: words.sharedDraft, cc: [words.address], attachments },
      ...{ updatedAt: Date.now(), shared: { itemId: `together-${together}`, pen: 'pen' } },
    },
  })
  await page.ask('mutate', {
    name: 'customer.edit',
    args: { id: 'zi', set: { note: `${words.note} changed` } },
  })
  await page.drained()
  const found = page.watch('search', { text: 'lavendernote', inboxId: null, limit: 5 })
  await page.until(() => found.rows.length > 0)
  found.stop()
}

const everythingOf = ({ state, jobs }: MemoryBackup): Buffer => {
  const maps = [state.rows, state.names, state.devices, state.outcomes].map(map => [...map])
  const names = [...state.names].map(([name, keys]) => [name, [...keys]])
  return Buffer.from(JSON.stringify([maps, names, state.events, jobs]))
}

/** What still stands of the marks in the profile of a closed desk. */
function leftIn({ profileDir }: OpenDesk): string[] {
  return foundIn(decryptedPages(join(profileDir, 'replica.db'), replicaKey))
}

test('I9: after an erasure nothing is found on hub, connected desk and returning desk; what is not theirs stays', async () => {
  const store = memoryStore()
  await store.write(seedMarked)
  const ledger: Erasure[] = []
  const hub = await hubOn(store, ledger)
  const ann = await deskOf('ann', hub.url)
  const line = cable()
  const bo = await deskOf('bo', hub.url, { dial: line.dial })
  await work(ann)
  await work(bo, 'm2')
  const seen = bo.page.watch('conversation', { id: 'm1' })
  await bo.page.until(() => seen.rows.length === 1)
  line.cut()
  await bo.page.until(() => bo.page.state('sync')?.offlineSince !== null)
  await bo.page.ask('mutate', {
    name: 'reply.send',
    args: {
      ...reply({ ...seen.rows[0]!, inboxId: 'one' } as never, words.pending, newId()),
      attachments: [await attach(bo.page, contract, words.fileName)],
    },
  })
  await bo.page.ask('mutate', { name: 'note.add', args: note('o1', 'kept for the other') })
  expect(foundIn(everythingOf(store.backup())).length).toBeGreaterThan(20)
  expect(filesBelow(join(folder, 'hub-blobs')).length).toBe(1)

  // What is looked for afterwards is found before.
  for (const desk of [ann, bo]) expect(leftIn(desk).length).toBeGreaterThan(15)

  const answer = await askHub(hub.url, 'zi/erasure', wish)
  expect(answer.status).toBe(200)
  const erased = Erased.parse(await answer.json())
  expect(erased).toMatchObject({ conversations: 3, files: 1, underWay: 0 })

  expect(foundIn(everythingOf(store.backup()))).toEqual([])
  expect(foundIn(everythingOf(store.backup()), stays)).toEqual(stays)
  expect(filesBelow(join(folder, 'hub-blobs'))).toEqual([])
  expect(foundIn(Buffer.from(JSON.stringify(ledger)))).toEqual([])
  const [item] = await store.read('item', ['o1-2'])
  expect(item).toMatchObject({ text: '', mail: null, seq: 2, erased: true })
  const [after] = await store.read('item', ['o1-3'])
  expect(after).toMatchObject({ text: stays[1], quoted: '' })
  expect(await store.brokenEvent()).toBeNull()

  await ann.page.until(() => ann.page.events.some(({ name }) => name === 'erased'))
  await ann.core.cleansed()
  await ann.close()

  line.mend()
  await bo.page.ask('retryNow', {})
  await bo.page.until(() => bo.page.events.some(({ name }) => name === 'erased'))
  await bo.core.cleansed()
  const refused = bo.page.watch('refused', {})
  await bo.page.until(() => refused.rows.length === 1)
  expect(refused.rows[0]).toMatchObject({ code: 'erased' })
  await bo.page.drained()
  expect((await store.all('item')).some(({ text }) => text === 'kept for the other')).toBe(true)
  await bo.close()

  for (const desk of [ann, bo]) {
    expect(leftIn(desk)).toEqual([])
    const pages = decryptedPages(join(desk.profileDir, 'replica.db'), replicaKey)
    expect(foundIn(pages, stays).length).toBe(2)
  }
})

test('S5: a hub that was restored without its ledger is told by a desk, erases again, and shows nobody anything until then', async () => {
  const store = memoryStore()
  await store.write(seedMarked)
  const hub = await hubOn(store, [])
  const ann = await deskOf('ann', hub.url)
  const backup = store.backup()
  expect((await askHub(hub.url, 'zi/erasure', wish)).status).toBe(200)
  await ann.page.until(() => ann.page.events.some(({ name }) => name === 'erased'))
  await ann.core.cleansed()
  await hub.close()

  const restored = memoryStore(backup)
  await afterRestore(restored, Date.now())
  expect(foundIn(everythingOf(restored.backup())).length).toBeGreaterThan(10)
  await hubOn(restored, [], Number(new URL(hub.url).port))
  await ann.page.ask('retryNow', {})
  // Its device is of before the backup; what it knows goes up with the first word.
  await ann.page.untilSync('live')
  await until('it is erased again', () => foundIn(everythingOf(restored.backup())).length === 0)
  await ann.core.cleansed()
  await ann.close()
  expect(leftIn(ann)).toEqual([])
  expect((await restored.all('erasure')).length).toBe(1)
})

test('nobody is erased because a desk says so, nor by whom may not, nor without the name', async () => {
  const store = memoryStore()
  await store.write(seedMarked)
  const hub = await hubOn(store, [])
  expect((await askHub(hub.url, 'zi/erasure', wish, 'bo')).status).toBe(403)
  expect((await askHub(hub.url, 'zi/erasure', { ...wish, name: 'Somebody' })).status).toBe(400)
  expect((await askHub(hub.url, 'nobody/erasure', wish)).status).toBe(404)
  const forged = { id: 'e', at: 1, customerIds: ['zi'], conversationIds: [], names: [], seal: 'x' }
  const deps = {
    store,
    blobs: hub.blobs,
    secrets: secretsFrom(new Uint8Array(32)),
    now: Date.now,
    log: silentLog,
  }
  expect(await again({ ...deps, ledger: memoryLedger() }, [forged])).toBe(0)
  expect((await store.read('customer', ['zi'])).length).toBe(1)

  const preview = ErasurePreview.parse(
    await (await askHub(hub.url, 'zi/erasure/preview', { whole: true })).json(),
  )
  expect(preview).toMatchObject({ conversations: 3, messages: 7, notes: 0, family: 0 })
  expect(preview.addresses.map(({ address }) => address).sort()).toEqual([words.address, 'visitor-abc'])
})

test('of a merged family one is erased alone, and the others stand for themselves', async () => {
  const store = memoryStore()
  await store.write(seedMarked)
  await store.write(async tx => {
    await tx.load([key('customer', 'other')])
    tx.put('customer', { ...tx.get('customer', 'other')!, mergedInto: 'zi' })
  })
  const hub = await hubOn(store, [])
  expect((await askHub(hub.url, 'zi/erasure', { ...wish, whole: false })).status).toBe(200)
  const [other] = await store.read('customer', ['other'])
  expect(other).toMatchObject({ name: stays[0], mergedInto: null })
  expect((await store.read('conversation', ['o1'])).length).toBe(1)
})
