/**
 * npm run torture -- mail: hostile mail by the real ways in (half by SMTP, half as it comes out of a mailbox) into the real
 * hub code on the store in memory and real files. Nothing may throw, hang or grow; what arrived is an item the model accepts,
 * and the original lies byte for byte in the store.
 */
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Item } from '#shared/model/item.ts'
import { memoryVault } from '../../server/auth/memory-vault.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import { folderBlobs } from '../../server/blobs/blob-store.ts'
import { toInbound } from '../../server/channels/email/inbound.ts'
import { email } from '../../server/channels/email/index.ts'
import { receiveMail } from '../../server/channels/email/receive.ts'
import { fixture, fixtureNames, smtpClient } from '../../server/channels/email/testing.ts'
import { receiveHost } from '../../server/inbound/deliver.ts'
import { memoryStore } from '../../server/store/memory/store.ts'
import { mutated, type Random, randomFrom, shaped, shapeNames } from './hostile-mails.ts'
import { account } from './support/host.ts'

export interface HostileOptions {
  runs: number
  seed: number
  say?(line: string): void
  /** Processor time of one mail, milliseconds. */
  most?: number
}

export interface HostileReport {
  mails: number
  megabytes: number
  /** Answered with no, in words: too large, or not a mail at all. */
  refused: number
  /** Items that name something that could not be read. */
  withProblems: number
  slowest: { milliseconds: number; what: string }
  median: number
  p99: number
  /** Of the whole process, the test included. */
  memory: { before: number; highest: number; after: number }
  wrong: string[]
}

const ADDRESS = 'support@skein.example'
const MEMORY = 700 * 1024 * 1024

export async function hostileMail({
  runs,
  seed,
  say = () => {},
  most = 2000,
}: HostileOptions): Promise<HostileReport> {
  const folder = await mkdtemp(join(tmpdir(), 'skein-hostile-'))
  const mails = fixtureNames().map(fixture)
  const wrong: string[] = []
  const times: number[] = []
  let made = 0
  let [refused, withProblems, bytesIn, highest] = [0, 0, 0, 0]
  let slowest = { milliseconds: 0, what: '' }
  const before = process.memoryUsage().rss
  let site = await open()

  async function open() {
    const store = memoryStore()
    const inbox = account(ADDRESS, {})
    await store.write(async tx =>
      tx.put('inbox', {
        ...{ id: inbox.id, channel: 'email', name: 'Support', address: ADDRESS, signature: '' },
        ...{ holdOfflineAfterMinutes: 60, active: true },
      }),
    )
    const blobs = await folderBlobs(join(folder, `blobs-${made}`), () => `b${++made}`)
    const failures: string[] = []
    const host = receiveHost(
      {
        store,
        blobs,
        vault: memoryVault(),
        secrets: secretsFrom(new Uint8Array(32)),
        channels: new Map([['email', email as never]]),
        now: Date.now,
        newId: () => `i${String(++made).padStart(9, '0')}`,
        log: {
          info() {},
          warn: facts => void failures.push(JSON.stringify(facts)),
          error: facts => void failures.push(JSON.stringify(facts)),
        },
      },
      email as never,
    )
    const receiver = await receiveMail(host, { listen: { host: '127.0.0.1', port: 0 } })
    const client = await smtpClient(receiver.address!.port)
    return { store, blobs, host, inbox, failures, receiver, client }
  }
  async function close(): Promise<void> {
    site.client.close()
    await site.receiver.close()
  }

  try {
    for (let run = 0; run < runs; run++) {
      const random = randomFrom(seed * 1_000_003 + run)
      const [what, bytes] = next(run, mails, random)
      const name = `seed ${seed} run ${run} (${what})`
      const direct = run % 2 === 0
      const start = process.cpuUsage()
      const count = (await site.store.all('item')).length
      try {
        if (direct) {
          const outcome = await site.host.deliver(toInbound(bytes, site.inbox, { from: null }))
          if (!outcome.ok) wrong.push(`${name}: not stored: ${outcome.detail}`)
        } else {
          const answer = await site.client.deliver([ADDRESS], bytes)
          if (answer.code !== 250) refused++
          if (![250, 552, 554].includes(answer.code)) wrong.push(`${name}: ${answer.text}`)
        }
      } catch (error) {
        wrong.push(`${name}: ${error instanceof Error ? error.stack : error}`)
        await close()
        site = await open()
      }
      const used = process.cpuUsage(start)
      const milliseconds = (used.user + used.system) / 1000
      times.push(milliseconds)
      bytesIn += bytes.length
      if (milliseconds > slowest.milliseconds)
        slowest = { milliseconds: Math.round(milliseconds), what: name }
      if (milliseconds > most) wrong.push(`${name}: ${Math.round(milliseconds)} ms of processor time`)
      wrong.push(...site.failures.splice(0).map(line => `${name}: ${line}`))

      const items = (await site.store.all('item')).slice(count)
      for (const item of items) {
        if (item.mail?.problems.length) withProblems++
        const problem = await faultOf(item, direct ? bytes : null)
        if (problem) wrong.push(`${name}: ${problem}`)
      }
      highest = Math.max(highest, process.memoryUsage().rss)
      if (highest - before > MEMORY) {
        wrong.push(`${name}: memory grew by ${Math.round((highest - before) / 1e6)} MB`)
        break
      }
      if (run % 250 === 249) {
        // The store in memory and the files would grow with the number of runs, as they should.
        await close()
        await rm(folder, { recursive: true, force: true })
        site = await open()
        if (run % 5000 === 4999)
          say(`${run + 1} mails, slowest ${slowest.milliseconds} ms, ${wrong.length} wrong`)
      }
      if (wrong.length >= 20) break
    }
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 10) / 10
  const megabytes = (count: number) => Math.round(count / 1_048_576)
  return {
    mails: times.length,
    megabytes: megabytes(bytesIn),
    refused,
    withProblems,
    slowest,
    median: at(0.5),
    p99: at(0.99),
    memory: {
      before: megabytes(before),
      highest: megabytes(highest),
      after: megabytes(process.memoryUsage().rss),
    },
    wrong,
  }

  async function faultOf(item: Item, sent: Buffer | null): Promise<string | null> {
    const parsed = Item.safeParse(item)
    if (!parsed.success) return `the model refuses it: ${parsed.error.issues[0]?.path.join('.')}`
    if (/[\0\r]/.test(item.subject + item.text)) return 'control characters in the text'
    if (/\n/.test(item.subject) || /[\r\n]/.test(JSON.stringify([item.mail?.from, item.mail?.to])))
      return 'a line end in a header'
    const raw = item.mail?.raw
    if (!raw) return 'no original'
    const kept = await readFile(site.blobs.path(raw))
    const hash = createHash('sha256').update(kept).digest('hex')
    if (hash !== raw) return 'the original is not what its name says'
    return sent && !kept.equals(sent) ? 'the original is not what came' : null
  }
}

/** Every shape comes in its turn, once in fifty mails; all others are mutations. */
function next(run: number, mails: readonly Buffer[], random: Random): [string, Buffer] {
  const shape = run % 50 === 0 ? shapeNames[(run / 50) % shapeNames.length] : undefined
  return shape ? [shape, shaped(shape, random)] : ['mutation', mutated(mails, random)]
}
