/**
 * Disks that fail. `copies`: the replica with its log copied between the statements of a working desk, each copy opened as a
 * desk opens it. `failing`: writes and syncs that end in EIO by chance, under a real desk process (libfiu).
 */

import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { isDamage } from '../../electron/core/fault-error.ts'
import { openReplica } from '../../electron/core/replica/open.ts'
import { seeded } from '../bench/random.ts'
import { startMemoryHub } from '../hub/memory-hub.ts'
import { startChild } from './support/children.ts'
import { addressOf, key, note, openDesk, password, quiet, replyOn, signedIn } from './support/desk.ts'
import type { Order } from './support/desk-process.ts'
import { seedMemory } from './support/memory.ts'

export interface DiskOptions {
  runs: number
  seed: number
  say?(line: string): void
}

const people = { [addressOf('ann')]: 'ann' }
const files = ['replica.db', 'replica.db-wal'] as const

/** What a replica holds, as one word. */
const wordOf = (db: Database): string =>
  JSON.stringify([
    db.prepare('select id, n from outbox order by seq').raw().all(),
    db.prepare('select stream, version from stream order by stream').raw().all(),
    db.prepare('select count(*), sum(rev) from item').raw().get(),
    db.prepare('select count(*), sum(rev) from conversation').raw().get(),
  ])

/** @param runs copies; taken at every statement while the desk works, or as many as the work gives */
export async function copies({ runs, seed, say = () => {} }: DiskOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'skein-copies-'))
  const report = { copies: 0, states: 0, statements: 0, wrong: [] as string[] }
  const hub = await startMemoryHub({ seed: seedMemory, people })
  const random = seeded(seed)
  const profile = join(folder, 'desk')
  const prototype = Sqlite.prototype as Database
  const { prepare } = prototype
  const states = new Set<string>()
  let taking = false

  const take = (): void => {
    const copy = join(folder, 'copy')
    rmSync(copy, { recursive: true, force: true })
    mkdirSync(copy)
    for (const file of files)
      if (existsSync(join(profile, file))) copyFileSync(join(profile, file), join(copy, file))
    report.copies += 1
    taking = true
    try {
      const replica = openReplica(join(copy, 'replica.db'), key)
      const check = replica.db.pragma('integrity_check', { simple: true })
      if (check !== 'ok') report.wrong.push(`copy ${report.copies}: ${check}`)
      if (!states.has(wordOf(replica.db)))
        report.wrong.push(`copy ${report.copies} at statement ${report.statements} is a state that never was`)
      replica.close()
    } catch (error) {
      report.wrong.push(`copy ${report.copies}: ${isDamage(error) ? 'damaged' : ''} ${error}`)
    } finally {
      taking = false
    }
  }

  const every = 1 / 40
  prototype.prepare = function (this: Database, source: string) {
    const statement = prepare.call(this, source)
    if (taking || statement.reader || this.name !== join(profile, 'replica.db')) return statement
    const run = statement.run.bind(statement) as (...values: unknown[]) => Sqlite.RunResult
    statement.run = (...values: unknown[]) => {
      const result = run(...values)
      if (taking) return result
      report.statements += 1
      if (source === 'commit') {
        taking = true
        states.add(wordOf(this))
        taking = false
      }
      const wanted = source === 'commit' ? 0.3 : every
      if (states.size > 1 && report.copies < runs && random.next() < wanted) take()
      return result
    }
    return statement
  } as typeof prepare
  try {
    const desk = await openDesk(profile)
    await desk.page.ask('signIn', { hubUrl: hub.url, email: addressOf('ann'), password })
    await quiet(desk)
    for (let made = 0; report.copies < runs; made += 1) {
      const conversationId = `c${random.below(5)}`
      const args =
        random.next() < 0.4
          ? { name: 'reply.send', args: await replyOn(desk.page, conversationId, `reply ${made}`) }
          : { name: 'note.add', args: note(conversationId, `note ${made}`) }
      await desk.page.ask('mutate', args)
      if (made % 100 === 99) say(`${report.copies} copies of ${states.size} states`)
    }
    await quiet(desk)
    await desk.close()
    report.states = states.size
  } finally {
    prototype.prepare = prepare
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return report
}

/** Why EIO cannot be had here; undefined when it can. */
export const whyNoFaults = (): string | undefined =>
  process.platform !== 'linux'
    ? 'libfiu is for Linux'
    : spawnSync('fiu-run', ['-h']).error
      ? 'fiu-run is not installed (apt-get install fiu-utils)'
      : undefined

/** No reads: Node itself reads its modules by them. */
const points = [
  'posix/io/rw/pwrite*',
  'posix/io/sync/fdatasync',
  'posix/io/sync/fsync',
  'posix/io/dir/ftruncate*',
]
const EIO = 5

/** @param runs desk processes whose disk fails by chance, one after the other on one profile */
export async function failing({ runs, seed, say = () => {} }: DiskOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'skein-failing-'))
  const report = {
    runs: 0,
    accepted: 0,
    /** Changes and starts that were refused in a word. */
    refused: 0,
    closed: 0,
    /** Refused, and there all the same: the sync failed after the write had reached the disk, and the process then died. */
    there: 0,
    wrong: [] as string[],
  }
  const hub = await startMemoryHub({ seed: seedMemory, people })
  const random = seeded(seed)
  const accepted: string[] = []
  const refused: string[] = []
  try {
    const profileDir = join(folder, 'desk')
    const first = await signedIn(profileDir, hub.url, 'ann')
    await quiet(first)
    await first.close()
    for (; report.runs < runs; report.runs += 1) {
      const order: Order = {
        profileDir,
        hubUrl: hub.url,
        name: 'ann',
        seed: random.below(2 ** 31),
        conversations: ['c0', 'c1', 'c2', 'c3', 'c4'],
        moment: 'commit',
        nth: 20 + random.below(60),
        microseconds: 0,
        most: 40,
      }
      const chance = random.pick([0.002, 0.01, 0.05, 0.3])
      const point = random.pick(points)
      const faults = `enable_random name=${point},probability=${chance},failinfo=${EIO}`
      const child = startChild(
        deskProcess,
        [JSON.stringify(order)],
        { NODE_COMPILE_CACHE: '' },
        line => {
          const [word, id] = line.split(' ')
          if (word === 'accepted' && id !== 'tag') accepted.push(id!)
          else if (word === 'refused') refused.push(id!)
          else if (word === 'closed') report.closed += 1
        },
        ['fiu-run', '-x', '-c', faults],
      )
      const { code, signal } = await child.ended
      if (signal !== 'SIGKILL' && code !== 137)
        report.wrong.push(`a desk ended with ${code ?? signal} (${faults}): ${child.log().slice(-1500)}`)
      if (report.runs % 20 === 19) say(`${report.runs + 1} runs, ${accepted.length} accepted`)
    }
    const desk = await signedIn(profileDir, hub.url, 'ann')
    await quiet(desk)
    if (desk.page.state('sync')?.refused) report.wrong.push('the hub refused something')
    await desk.close()
    const there = new Set<string>()
    for (let index = 0; index < 5; index += 1)
      for (const { id } of await hub.store.olderItems(`c${index}`, 1_000_000, 1_000_000)) there.add(id)
    for (const id of accepted) if (!there.has(id)) report.wrong.push(`${id} was accepted and is lost`)
    report.there = refused.filter(id => there.has(id)).length
    report.accepted = accepted.length
    report.refused = refused.length
    const replica = openReplica(join(profileDir, 'replica.db'), key)
    if (replica.db.pragma('integrity_check', { simple: true }) !== 'ok') report.wrong.push('not whole')
    replica.close()
  } finally {
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return report
}

const deskProcess = join(import.meta.dirname, 'support/desk-process.ts')
