/**
 * A desk in a process of its own that works by a seed and kills itself at a moment: node desk-process.ts JSON. Prints a line
 * for everything it was told is done: `accepted ID`. What it printed must never be lost (I1).
 */
import { writeSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Dial } from '../../../electron/core/sync/link.ts'
import { dialSocket } from '../../../electron/core/sync/socket.ts'
import { seeded } from '../../bench/random.ts'
import { note, replyOn, signedIn } from './desk.ts'
import { readyToKill } from './killer.ts'

export const Order = z.object({
  profileDir: z.string(),
  hubUrl: z.string(),
  name: z.string(),
  seed: z.int(),
  /** Conversations this desk writes in; replies only in those nobody else answers. */
  conversations: z.array(z.string()),
  moment: z.enum(['commit', 'checkpoint', 'push', 'acknowledgement', 'page', 'start']),
  /** The how-manieth such moment. */
  nth: z.int(),
  microseconds: z.int(),
  /** Changes until it ends itself, should the moment not come. */
  most: z.int(),
})
export type Order = z.infer<typeof Order>

const order = Order.parse(JSON.parse(process.argv[2] ?? ''))
const random = seeded(order.seed)
const trigger = await readyToKill()
let seen = 0
const pass = (moment: Order['moment']): void => {
  if (moment !== order.moment) return
  seen += 1
  if (seen === order.nth) trigger(order.microseconds)
}

// The driver is watched from outside: the desk's own code is the one that is shipped.
const prototype = Sqlite.prototype as Database
const { prepare, pragma } = prototype
prototype.prepare = function (this: Database, source: string) {
  const statement = prepare.call(this, source)
  if (source !== 'commit') return statement
  const run = statement.run.bind(statement) as () => Sqlite.RunResult
  statement.run = () => {
    pass('commit')
    // With every commit also a checkpoint (below), the write to the main file is what is met.
    pass('checkpoint')
    return run()
  }
  return statement
} as typeof prepare
prototype.pragma = function (this: Database, source: string, options?: Sqlite.PragmaOptions) {
  const often = order.moment === 'checkpoint' && source.startsWith('wal_autocheckpoint')
  return pragma.call(this, often ? 'wal_autocheckpoint = 1' : source, options)
}

const dial: Dial = (to, listener) => {
  const link = dialSocket(to, {
    ...listener,
    message(name, payload) {
      const patch = payload as { acknowledged?: unknown[]; pages?: unknown[] }
      if (name === 'patch' && (patch.acknowledged?.length ?? 0) > 0) pass('acknowledgement')
      if (name === 'patch' && (patch.pages?.length ?? 0) > 0) pass('page')
      listener.message(name, payload)
    },
  })
  return {
    close: link.close,
    send(name, message) {
      if (name === 'push') pass('push')
      link.send(name, message)
    },
  }
}

pass('start')
const { page } = await signedIn(order.profileDir, order.hubUrl, order.name, { dial })
const closedBy = page.state('desk')?.phase === 'refused' ? page.state('desk')?.fault?.kind : undefined
if (closedBy) {
  // Not opened, and told why; nothing was changed.
  writeSync(1, `closed ${closedBy}\n`)
  process.kill(process.pid, 'SIGKILL')
}
/** A desk that was here before works at once, connected or not; a new one as soon as it has the conversation. */
async function isHere(id: string): Promise<void> {
  const seen = page.watch('conversation', { id })
  await page.until(() => seen.rows.length === 1)
  seen.stop()
}

/** Makes a change and says what became of it: taken, or refused by a disk that is full or fails. */
async function change(name: string, args: object, id: string): Promise<void> {
  try {
    await page.ask('mutate', { name, args })
    writeSync(1, `accepted ${id}\n`)
  } catch (fault) {
    const { kind } = fault as { kind?: string }
    if (kind !== 'disk-failed' && kind !== 'disk-full') throw fault
    writeSync(1, `refused ${id} ${kind}\n`)
  }
}
for (let made = 0; made < order.most; made += 1) {
  const conversationId = random.pick(order.conversations)
  await isHere(conversationId)
  const words = `${order.name} ${order.seed} ${made}`
  const dice = random.next()
  if (dice < 0.55) {
    const args = note(conversationId, `note ${words}`)
    await change('note.add', args, args.id)
  } else if (dice < 0.8) {
    const args = await replyOn(page, conversationId, `<reply ${words}>`)
    await change('reply.send', args, args.id)
  } else {
    const tagId = random.pick(['refund', 'broken', 'vip'])
    await change('conversation.tag', { conversationId, tagId }, 'tag')
  }
  if (random.next() < 0.3) await page.until(() => (page.state('sync')?.waiting ?? 0) < 20)
}
trigger(0)
