/**
 * Kills of real processes (I1, I2, I3): desks at seeded moments around commit, checkpoint, push, acknowledgement and page of
 * first sync; hubs around what their mail server, their customers and their desks hear. Everything is started again and
 * goes on; at the end all of it is counted. The same seed asks for the same moments; what else happens at that time is the
 * machine's.
 */
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { seeded } from '../bench/random.ts'
import { startChild } from './support/children.ts'
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
import type { Order } from './support/desk-process.ts'
import { makeSite, type Site } from './support/hub.ts'
import { type Moment, startMailServer } from './support/mail-server.ts'
import { conversationIds, seedConversations } from './support/rows.ts'
import { settled } from './support/settled.ts'

export interface CrashOptions {
  runs: number
  seed: number
  say?(line: string): void
}

export interface CrashReport {
  kills: number
  /** By moment. */
  moments: Record<string, number>
  /** Changes that a desk had said are done, and mails that the hub had taken. */
  accepted: number
  replies: Record<string, number>
  /** What must not be; empty. */
  wrong: string[]
}

const deskProcess = join(import.meta.dirname, 'support/desk-process.ts')
const deskMoments = ['commit', 'commit', 'checkpoint', 'push', 'acknowledgement', 'page', 'start'] as const
/** How many such moments a desk has while it starts and works a little. */
const reach = { commit: 50, checkpoint: 50, push: 6, acknowledgement: 6, page: 4, start: 1 } as const

/** Kills desks, two at a time, each with a replica of its own that lives through all its kills. */
export async function crashDesks({ runs, seed, say = () => {} }: CrashOptions): Promise<CrashReport> {
  const mail = await startMailServer()
  const names = ['ann', 'bo']
  const site = await makeSite({
    smtp: mail.url,
    agents: Object.fromEntries(names.map(name => [name, 'agent' as const])),
    seed: (tx, inboxId) => seedConversations(tx, inboxId, 12, 40),
  })
  const report: CrashReport = { kills: 0, moments: {}, accepted: 0, replies: {}, wrong: [] }
  const accepted: string[] = []
  try {
    const hub = await site.hub()
    await hub.start()
    let left = runs
    const profiles: { dir: string; name: string }[] = []
    const killDesks = async (slot: number): Promise<void> => {
      const random = seeded(seed + slot)
      const name = names[slot]!
      const conversations = conversationIds(12).slice(slot * 6, slot * 6 + 6)
      let profile = join(site.folder, `${name}-0`)
      profiles.push({ dir: profile, name })
      while (left > 0) {
        left -= 1
        const moment = random.pick(deskMoments)
        // Pages come to a new desk only: it takes the place of one whose work has all arrived.
        if (moment === 'page') {
          await catchUp(profile, hub.url, name)
          profile = join(site.folder, `${name}-${profiles.length}`)
          profiles.push({ dir: profile, name })
        }
        const order: Order = {
          profileDir: profile,
          hubUrl: hub.url,
          name,
          seed: random.below(2 ** 31),
          conversations,
          moment,
          nth: 1 + random.below(reach[moment]),
          microseconds: moment === 'start' ? random.below(400_000) : random.below(3_000),
          most: 60,
        }
        const child = startChild(deskProcess, [JSON.stringify(order)], {}, line => {
          if (line.startsWith('accepted ') && line !== 'accepted tag') accepted.push(line.slice(9))
        })
        const { code, signal } = await child.ended
        report.kills += 1
        report.moments[moment] = (report.moments[moment] ?? 0) + 1
        if (signal !== 'SIGKILL')
          report.wrong.push(`a desk ended with ${code ?? signal}: ${JSON.stringify(order)}\n${child.log()}`)
        if (report.kills % 10 === 0) say(`${report.kills} kills, ${accepted.length} accepted`)
      }
    }
    say('ready')
    await Promise.all(names.map((_, slot) => killDesks(slot)))
    say('killed')

    // First what waits goes up, then what came of it comes down.
    for (const { dir, name } of profiles) await catchUp(dir, hub.url, name)
    await settled(site)
    for (const { dir, name } of profiles.slice(-names.length)) {
      await catchUp(dir, hub.url, name)
      report.wrong.push(...(await differences(dir, name, site)))
    }
    await count(site, report, accepted, mail.copies)
  } finally {
    await site.remove()
    await mail.close()
  }
  return report
}

const hubMoments = ['data', 'dot', 'answered', 'accepted', 'acknowledged', 'customer'] as const
type HubMoment = (typeof hubMoments)[number]

/** Kills the hub while two desks write, customers write to it, and its mail goes out. */
export async function crashHub({ runs, seed, say = () => {} }: CrashOptions): Promise<CrashReport> {
  const random = seeded(seed)
  const mail = await startMailServer()
  const names = ['ann', 'bo']
  const site = await makeSite({
    smtp: mail.url,
    agents: Object.fromEntries(names.map(name => [name, 'agent' as const])),
    seed: (tx, inboxId) => seedConversations(tx, inboxId, 12, 2),
  })
  const report: CrashReport = { kills: 0, moments: {}, accepted: 0, replies: {}, wrong: [] }
  const accepted: string[] = []
  const letters: string[] = []
  const desks: Desk[] = []
  let over = false
  try {
    const hub = await site.hub()
    await hub.start()
    for (const name of names) {
      const desk = await signedIn(join(site.folder, name), hub.url, name)
      await desk.page.untilSync('live')
      desks.push(desk)
    }
    let passed: (moment: HubMoment) => void = () => {}
    mail.at = (moment: Moment) => {
      if (moment !== 'connected') passed(moment)
      return 'go'
    }

    const work = async (desk: Desk, slot: number): Promise<void> => {
      const dice = seeded(seed * 31 + slot)
      const conversations = conversationIds(12).slice(slot * 6, slot * 6 + 6)
      let waited = 0
      for (let made = 0; !over; made += 1) {
        const conversationId = dice.pick(conversations)
        const reply = dice.next() < 0.6
        const args = reply
          ? await replyOn(desk.page, conversationId, `<reply ${slot} ${made}>`)
          : note(conversationId, `note ${slot} ${made}`)
        await desk.page.ask('mutate', { name: reply ? 'reply.send' : 'note.add', args })
        accepted.push(args.id)
        passed('accepted')
        const waiting = desk.page.state('sync')?.waiting ?? 0
        if (waiting < waited) passed('acknowledged')
        waited = waiting
        await desk.page.until(() => over || (desk.page.state('sync')?.waiting ?? 0) < 5)
      }
    }
    const write = async (): Promise<void> => {
      const transport = createTransport({ host: '127.0.0.1', port: hub.smtp, ignoreTLS: true })
      for (let made = 0; !over; made += 1) {
        const messageId = `<letter-${made}@customer.example>`
        const raw = letter(made, messageId)
        // A customer's server keeps a mail, as it is, until it is taken (RFC 5321 4.5.4.1).
        for (let taken = false; !taken && !over; ) {
          taken = await transport
            .sendMail({ envelope: { from: 'li@customer.example', to: 'support@skein.example' }, raw })
            .then(
              () => true,
              () => new Promise<boolean>(resolve => setTimeout(() => resolve(false), 100)),
            )
          if (taken) letters.push(messageId.slice(1, -1))
        }
        passed('customer')
        await new Promise(resolve => setTimeout(resolve, 30))
      }
      transport.close()
    }
    const working = Promise.all([...desks.map(work), write()])
    working.catch(error => report.wrong.push(String(error)))

    for (; report.kills < runs; report.kills += 1) {
      const moment = random.pick(hubMoments)
      let nth = 1 + random.below(6)
      const pause = random.below(12)
      await new Promise<void>(resolve => {
        passed = seen => {
          if (seen !== moment || --nth > 0) return
          passed = () => {}
          setTimeout(resolve, pause)
        }
      })
      await hub.stop('SIGKILL')
      report.moments[moment] = (report.moments[moment] ?? 0) + 1
      await hub.start()
      for (const { page } of desks) await page.ask('retryNow', {})
      if ((report.kills + 1) % 5 === 0) say(`${report.kills + 1} kills, ${accepted.length} accepted`)
    }
    say('killed')
    over = true
    for (const { page } of desks) await page.ask('retryNow', {})
    await working
    for (const desk of desks) {
      await quiet(desk)
      await desk.close()
    }
    await settled(site)
    for (const [slot, { profileDir }] of desks.entries()) {
      await catchUp(profileDir, hub.url, names[slot]!)
      report.wrong.push(...(await differences(profileDir, names[slot]!, site)))
    }
    const taken = new Map<string, number>()
    for (const { mail: head, direction } of await site.all('item'))
      if (direction === 'in' && head) taken.set(head.messageId, (taken.get(head.messageId) ?? 0) + 1)
    for (const id of letters)
      if (taken.get(id) !== 1) report.wrong.push(`the hub took ${id} and has it ${taken.get(id) ?? 0} times`)
    await count(site, report, accepted, mail.copies)
    report.accepted += letters.length
  } finally {
    over = true
    for (const desk of desks) await desk.close()
    await site.remove()
    await mail.close()
  }
  return report
}

const letter = (number: number, messageId: string): string =>
  [
    'From: Li <li@customer.example>',
    'To: support@skein.example',
    `Subject: Letter ${number}`,
    `Message-ID: ${messageId}`,
    '',
    `letter ${number}`,
    '',
  ].join('\r\n')

/** Opens a desk until it has sent and fetched everything. */
async function catchUp(profileDir: string, hubUrl: string, name: string): Promise<void> {
  const desk = await signedIn(profileDir, hubUrl, name)
  await quiet(desk)
  await desk.close()
}

async function count(
  site: Site,
  report: CrashReport,
  accepted: readonly string[],
  copies: (words: string) => number,
): Promise<void> {
  const items = await site.all('item')
  const there = new Set(items.map(({ id }) => id))
  for (const id of accepted) if (!there.has(id)) report.wrong.push(`${id} was accepted and is lost`)
  for (const { delivery } of items)
    if (delivery) report.replies[delivery.state] = (report.replies[delivery.state] ?? 0) + 1
  report.accepted = accepted.length
  report.wrong.push(...sendingFaults(items, copies), ...(await hubFaults(site)))
}
