/**
 * Damage to a desk's files (S28): bytes flipped and files cut at seeded places in the replica, its write-ahead log, the journal
 * beside it and the key's file. The desk that opens them works on, or says in one word of the contract what happened; what
 * was accepted is in its outbox while either of its two copies can be read; a second start finds nothing to mend.
 */
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openReplica } from '../../electron/core/replica/open.ts'
import { previewKey } from '../../electron/preview/key.ts'
import { type Random, seeded } from '../bench/random.ts'
import { startMemoryHub } from '../hub/memory-hub.ts'
import { addressOf, type Desk, key, note, openDesk, password, quiet, replyOn } from './support/desk.ts'
import { seedMemory } from './support/memory.ts'

export interface CorruptionOptions {
  runs: number
  seed: number
  say?(line: string): void
}

export interface CorruptionReport {
  runs: number
  /** What a desk came to, by the file that was damaged. */
  ends: Record<string, number>
  /** Changes that waited in all damaged desks, and how many were still there. */
  waited: number
  kept: number
  wrong: string[]
}

const targets = [
  'replica',
  'replica',
  'replica head',
  'log',
  'log',
  'journal',
  'key',
  'replica and journal',
] as const

/**
 * One profile with a full outbox is made and copied while it is open, as a power cut would leave it: main file, log and
 * journal. Every run damages a copy.
 */
export async function corruption({
  runs,
  seed,
  say = () => {},
}: CorruptionOptions): Promise<CorruptionReport> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-corruption-'))
  const report: CorruptionReport = { runs: 0, ends: {}, waited: 0, kept: 0, wrong: [] }
  const hub = await startMemoryHub({ seed: seedMemory, people: { [addressOf('ann')]: 'ann' } })
  try {
    const waiting = await makeProfile(join(folder, 'made'), hub)
    say(`${waiting.length} changes wait in ${statSync(join(folder, 'made/replica.db')).size} bytes`)
    for (let run = 0; run < runs; run += 1) {
      const random = seeded(seed * 1_000_003 + run)
      const dir = join(folder, `run-${run}`)
      cpSync(join(folder, 'made'), dir, { recursive: true })
      const target = random.pick(targets)
      const damage = await spoil(dir, target, random)
      const label = `run ${run} of seed ${seed}: ${target}, ${damage}`
      await judge({ dir, target, label, waiting, report }).catch(error =>
        report.wrong.push(`${label}: ${error instanceof Error ? error.stack : JSON.stringify(error)}`),
      )
      rmSync(dir, { recursive: true, force: true })
      report.runs += 1
      if (report.runs % 250 === 0) say(`${report.runs} runs, ${JSON.stringify(report.ends)}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return report
}

/** A desk that is offline with work of every sort in its outbox, some of it in the main file and some in the log only. */
async function makeProfile(dir: string, hub: Awaited<ReturnType<typeof startMemoryHub>>) {
  const live = `${dir}-open`
  mkdirSync(dir, { recursive: true })
  const desk = await openDesk(live)
  await desk.page.ask('signIn', { hubUrl: hub.url, email: addressOf('ann'), password })
  await quiet(desk)
  // The hub's address from here on is one where nobody answers.
  await hub.close()
  await desk.page.until(() => desk.page.state('sync')?.offlineSince !== null)
  const waiting: string[] = []
  const write = async ({ page }: Desk, count: number): Promise<void> => {
    for (let made = 0; made < count; made += 1) {
      const conversationId = `c${made % 5}`
      const args =
        made % 3 === 0
          ? await replyOn(page, conversationId, `reply ${waiting.length} 宝贵的话`)
          : note(conversationId, `note ${waiting.length} ${'words '.repeat(made * 7)}`)
      await page.ask('mutate', { name: made % 3 === 0 ? 'reply.send' : 'note.add', args })
      waiting.push(args.id)
    }
  }
  await write(desk, 12)
  // Closed and opened: the log goes into the main file.
  await desk.close()
  const again = await openDesk(live)
  await again.page.until(() => again.page.state('sync')?.waiting === waiting.length)
  await write(again, 12)
  for (const name of readdirSync(live)) if (name !== 'blobs') cpSync(join(live, name), join(dir, name))
  await again.close()
  writeFileSync(join(dir, 'key'), `${Buffer.from(key).toString('hex')}\n`)
  return waiting
}

const fileOf = {
  replica: 'replica.db',
  'replica head': 'replica.db',
  'replica and journal': 'replica.db',
  log: 'replica.db-wal',
  journal: 'replica.db.outbox',
  key: 'key',
} as const

async function spoil(dir: string, target: (typeof targets)[number], random: Random): Promise<string> {
  const path = join(dir, fileOf[target])
  const { size } = statSync(path)
  if (target === 'replica and journal') await spoil(dir, 'journal', random)
  if (target !== 'replica head' && random.next() < 0.3) {
    const left = random.below(size)
    truncateSync(path, left)
    return `cut to ${left} of ${size} bytes`
  }
  const count = 1 + random.below(random.next() < 0.5 ? 1 : 64)
  // The first pages hold the schema; without them SQLite can read nothing.
  const from = target === 'replica head' ? 0 : random.below(size)
  const within = target === 'replica head' ? 16_384 : Math.min(size - from, 1 + random.below(65_536))
  const file = openSync(path, 'r+')
  const byte = Buffer.alloc(1)
  for (let flipped = 0; flipped < count; flipped += 1) {
    const at = from + random.below(within)
    readSync(file, byte, 0, 1, at)
    byte[0] = byte[0]! ^ (1 + random.below(255))
    writeSync(file, byte, 0, 1, at)
  }
  closeSync(file)
  return `${count} bytes flipped from ${from} on`
}

interface Case {
  dir: string
  target: (typeof targets)[number]
  label: string
  waiting: readonly string[]
  report: CorruptionReport
}

async function judge({ dir, target, label, waiting, report }: Case): Promise<void> {
  const end = (how: string): void => {
    report.ends[`${target}: ${how}`] = (report.ends[`${target}: ${how}`] ?? 0) + 1
  }
  const used = await previewKey({ profileDir: dir, keyFile: join(dir, 'key') }).catch((error: Error) => error)
  if (used instanceof Error) {
    // A sentence, and nothing touched: whoever has the key puts it back.
    if (!/64 hexadecimal/.test(used.message)) report.wrong.push(`${label}: ${used.message}`)
    end('the key is refused')
    await judge({ dir: withKey(dir, key), target, label, waiting, report })
    return
  }
  const rightKey = Buffer.from(used).equals(Buffer.from(key))
  const first = await look(dir, used)
  const second = await look(dir, used)
  if (second.notice !== first.notice || second.aside !== first.aside)
    report.wrong.push(`${label}: the second start mended again`)
  if (second.outbox.join() !== first.outbox.join())
    report.wrong.push(`${label}: the second start has another outbox`)
  if (!rightKey) {
    if (first.notice !== 'replica-rebuilt') report.wrong.push(`${label}: another key, and nobody is told`)
    end('another key: begins empty')
    // The key comes back, and with it the replica that it opens.
    const back = await look(withKey(dir, key), key)
    const lost = waiting.filter(id => !back.outbox.includes(id))
    if (lost.length > 0) report.wrong.push(`${label}: ${lost.length} lost although the key came back`)
    return
  }
  report.waited += waiting.length
  const kept = waiting.filter(id => first.outbox.includes(id)).length
  report.kept += kept
  const lost = waiting.length - kept
  const told = first.notice !== null
  if (target !== 'replica and journal' && lost > 0)
    report.wrong.push(`${label}: ${lost} of ${waiting.length} lost although a copy was whole`)
  if (lost > 0 && !told) report.wrong.push(`${label}: ${lost} lost and nobody told`)
  const order = waiting.filter(id => first.outbox.includes(id))
  if (order.join() !== first.outbox.join()) report.wrong.push(`${label}: the outbox is in another order`)
  end(told ? (lost > 0 ? 'rebuilt, some lost' : 'rebuilt, outbox whole') : 'works on')
}

/** What a start of the desk finds. Everything that is shown is asked for, so that damage is met. */
async function look(dir: string, used: Uint8Array) {
  const desk = await openDesk(dir, { key: used })
  const { page } = desk
  let notice: string | null
  try {
    if (page.state('desk')?.phase === 'refused')
      throw new Error(`refused: ${JSON.stringify(page.state('desk')?.fault)}`)
    // Where nobody is signed in any more, what waits is there all the same, for when somebody is.
    if (page.state('desk')?.phase !== 'signed-out') {
      const all = [
        page.watch('outbox', {}),
        page.watch('timeline', { customerId: 'customer', limit: 500 }),
        page.watch('search', { text: 'parcel', inboxId: null, limit: 20 }),
      ]
      // Damage that a query meets has the replica rebuilt under the open page, which is then asked again.
      await page.until(
        () =>
          page.state('desk')?.phase === 'signed-out' ||
          all.every(({ ready, fault }) => ready && fault === undefined),
      )
    }
    notice = page.state('desk')?.notice ?? null
  } finally {
    await desk.close()
  }
  const replica = openReplica(join(dir, 'replica.db'), used)
  try {
    const outbox = replica.sql.outbox.all
      .all(1_000)
      .map(({ args }) => (JSON.parse(args) as { id: string }).id)
    return { notice, outbox, aside: asides(dir) }
  } finally {
    replica.close()
  }
}

const asides = (dir: string): number =>
  readdirSync(dir).filter(name => /\.(damaged|locked)$/.test(name)).length

const withKey = (dir: string, right: Uint8Array): string => {
  writeFileSync(join(dir, 'key'), `${Buffer.from(right).toString('hex')}\n`)
  return dir
}
