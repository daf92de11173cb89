/**
 * Three hubs on one PostgreSQL behind a balancer, desks spread over them, each hub with a cable of its own to the database. One
 * is killed, one loses its database without a word, one is stopped and comes back. What must hold: I1, I2, I3; a live feed
 * for every desk while one hub is missing; the jobs of a dead hub are done by the others.
 */
import { join } from 'node:path'
import { seeded } from '../bench/random.ts'
import {
  type Desk,
  differences,
  hubFaults,
  note,
  quiet,
  replyOn,
  sendingFaults,
  signedIn,
} from './support/desk.ts'
import { type HubProcess, makeSite } from './support/hub.ts'
import { startMailServer } from './support/mail-server.ts'
import { conversationIds, seedConversations } from './support/rows.ts'
import { settled } from './support/settled.ts'
import { until } from './support/until.ts'
import { balancer, type Cable, cable } from './support/wire.ts'

export interface ClusterOptions {
  /** Faults, each of another kind than the one before. */
  runs: number
  seed: number
  say?(line: string): void
}

export interface ClusterReport {
  faults: Record<string, number>
  accepted: number
  replies: Record<string, number>
  /** Seconds from a fault until a note of each desk is seen at every other; the longest. */
  feedBackAfter: number
  /** Seconds from the last fault until a hub that came back serves again; the longest. */
  hubBackAfter: number
  wrong: string[]
}

const names = ['ann', 'bo', 'cy', 'di']
const kinds = ['kill', 'silence', 'stop', 'cut'] as const

export async function cluster({ runs, seed, say = () => {} }: ClusterOptions): Promise<ClusterReport> {
  const random = seeded(seed)
  const mail = await startMailServer()
  const site = await makeSite({
    smtp: mail.url,
    agents: Object.fromEntries(names.map(name => [name, 'agent' as const])),
    seed: (tx, inboxId) => seedConversations(tx, inboxId, 4 * names.length, 2),
  })
  const report: ClusterReport = {
    faults: {},
    accepted: 0,
    replies: {},
    feedBackAfter: 0,
    hubBackAfter: 0,
    wrong: [],
  }
  const database = new URL(site.ground.database.url)
  const cables: Cable[] = []
  const hubs: HubProcess[] = []
  const desks: Desk[] = []
  const accepted: string[] = []
  let closeFront = async (): Promise<void> => {}
  let over = false
  try {
    for (let index = 0; index < 3; index += 1) {
      const line = await cable({ host: database.hostname, port: Number(database.port) })
      cables.push(line)
      const url = new URL(database)
      url.port = String(line.port)
      hubs.push(await site.hub({ env: { DATABASE_URL: url.href } }))
    }
    await Promise.all(hubs.map(hub => hub.start()))
    const front = await balancer(hubs.map(({ port }) => port))
    closeFront = front.close
    await until('all three are well', () => front.healthy().length === 3)
    for (const name of names) {
      const desk = await signedIn(join(site.folder, name), front.url, name)
      await desk.page.untilSync('live')
      desks.push(desk)
    }
    say('three hubs serve four desks')

    const work = async (desk: Desk, slot: number): Promise<void> => {
      const dice = seeded(seed * 31 + slot)
      const mine = conversationIds(4 * names.length).slice(slot * 4, slot * 4 + 4)
      for (let made = 0; !over; made += 1) {
        const reply = dice.next() < 0.4
        const conversationId = dice.pick(mine)
        const args = reply
          ? await replyOn(desk.page, conversationId, `<reply ${slot} ${made}>`)
          : note(conversationId, `note ${slot} ${made}`)
        await desk.page.ask('mutate', { name: reply ? 'reply.send' : 'note.add', args })
        accepted.push(args.id)
        await desk.page.until(() => over || (desk.page.state('sync')?.waiting ?? 0) < 4)
        await new Promise(resolve => setTimeout(resolve, 40))
      }
    }
    const working = Promise.all(desks.map(work))
    working.catch(error => report.wrong.push(JSON.stringify(error) ?? String(error)))

    for (let run = 0; run < runs; run += 1) {
      const kind = kinds[run % kinds.length]!
      const index = random.below(3)
      const hub = hubs[index]!
      const line = cables[index]!
      report.faults[kind] = (report.faults[kind] ?? 0) + 1
      const begun = Date.now()
      if (kind === 'kill') await hub.stop('SIGKILL')
      else if (kind === 'stop') hub.signal('SIGSTOP')
      else if (kind === 'cut') line.cut()
      else line.silence()
      await until('the balancer has noticed', () => !front.healthy().includes(hub.port))
      await feedIsLive(desks, `after ${kind} ${run}`, accepted)
      report.feedBackAfter = Math.max(report.feedBackAfter, (Date.now() - begun) / 1000)

      // What the missing hub was at is done by the others, or called uncertain, before it is back.
      if (kind === 'kill') await until('its jobs are taken over', async () => (await stuck(begun)) === 0)
      const mended = Date.now()
      if (kind === 'kill') await hub.start()
      else if (kind === 'stop') hub.signal('SIGCONT')
      else line.mend()
      await until('the hub is back', () => front.healthy().includes(hub.port))
      report.hubBackAfter = Math.max(report.hubBackAfter, (Date.now() - mended) / 1000)
      say(
        `${kind} of hub ${index}: feed live after ${(mended - begun) / 1000} s, hub back after ${(Date.now() - mended) / 1000} s`,
      )
    }
    over = true
    for (const { page } of desks) await page.ask('retryNow', {})
    await working
    for (const desk of desks) {
      await quiet(desk)
      await desk.close()
    }
    await settled(site)
    for (const [slot, { profileDir }] of desks.entries()) {
      const desk = await signedIn(profileDir, front.url, names[slot]!)
      await quiet(desk)
      await desk.close()
      report.wrong.push(...(await differences(profileDir, names[slot]!, site)))
    }
    const items = await site.all('item')
    const there = new Set(items.map(({ id }) => id))
    for (const id of accepted) if (!there.has(id)) report.wrong.push(`${id} was accepted and is lost`)
    for (const { delivery } of items)
      if (delivery) report.replies[delivery.state] = (report.replies[delivery.state] ?? 0) + 1
    report.accepted = accepted.length
    report.wrong.push(...sendingFaults(items, mail.copies), ...(await hubFaults(site)))
  } catch (error) {
    report.wrong.push(
      `${error instanceof Error ? error.stack : JSON.stringify(error)}\n${hubs.map(hub => hub.log().slice(-3000)).join('\n---\n')}`,
    )
  } finally {
    over = true
    for (const desk of desks) await desk.close()
    for (const hub of hubs) if (hub.running) hub.signal('SIGCONT')
    await closeFront()
    for (const line of cables) line.cut()
    await site.remove()
    for (const line of cables) await line.close()
    await mail.close()
  }
  return report

  /** Deliveries that were under way, or due, before a time and still are. */
  async function stuck(before: number): Promise<number> {
    const { rows } = await site.ground.database.pool.query<{ count: number }>(
      `select count(*) from "row" where type = 'item' and doc->'delivery'->>'state' in ('queued', 'sending')
         and doc->'delivery'->>'nextAttemptAt' is null and (doc->'delivery'->>'at')::bigint < $1`,
      [before],
    )
    return rows[0]!.count
  }
}

/** A note of each desk is seen at every other. */
async function feedIsLive(desks: readonly Desk[], words: string, accepted: string[]): Promise<void> {
  const watched = desks.map(({ page }) => page.watch('timeline', { customerId: 'customer', limit: 60 }))
  const made: string[] = []
  for (const { page } of desks) {
    const args = note('c0', words)
    await page.ask('mutate', { name: 'note.add', args })
    made.push(args.id)
  }
  accepted.push(...made)
  await until('every desk sees every note', () =>
    watched.every((timeline, slot) =>
      made.every((id, maker) =>
        timeline.rows.some(row => row.item.id === id && (maker === slot ? !row.pending : true)),
      ),
    ),
  )
  for (const timeline of watched) timeline.stop()
}
