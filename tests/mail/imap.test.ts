import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { MailboxStatus, STATUS_NOTE } from '../../server/channels/email/imap/status.ts'
import { postgresHeld } from '../../server/held/postgres.ts'
import { type Customers, startCustomers } from '../hub/customers.ts'
import type { Desk, TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { startMailHub } from './support/hub.ts'
import { mail } from './support/mails.ts'
import { startWire, type Wire } from './support/wire.ts'

const obstacle = whyNoDovecot()
const DAY = 86_400_000

describe.skipIf(obstacle)(
  `mail from a mailbox (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    const users = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map(each => `${each}@skein.example`)
    let next = 0
    let dovecot: Dovecot
    let customers: Customers
    let hub: TestHub
    let desk: Desk
    const wires: Wire[] = []
    beforeAll(async () => {
      dovecot = await startDovecot(users)
      customers = await startCustomers()
      hub = await startMailHub()
      await hub.addAgent('ann')
      desk = await hub.desk('ann')
    })
    afterEach(async () => {
      for (const wire of wires.splice(0)) await wire.close()
    })
    afterAll(async () => {
      await hub?.close()
      await customers?.close()
      await dovecot?.close()
    })

    const texts = (inboxId: string) =>
      desk
        .all('item')
        .filter(item => item.inboxId === inboxId)
        .map(item => item.subject)
        .sort()
    const statusOf = async (inboxId: string) =>
      MailboxStatus.parse(
        await until(() => postgresHeld(hub.parts.database.kysely).note(inboxId, STATUS_NOTE)),
      ).folders
    const ready = (inboxId: string) =>
      until(
        () => statusOf(inboxId),
        folders =>
          folders.every(({ connectedSince, checkedAt }) => connectedSince !== null && checkedAt !== null),
      )
    const wireTo = async (port: number) => {
      const wire = await startWire(port)
      wires.push(wire)
      return wire
    }
    /** An inbox whose mailbox is watched, with mail put there before. */
    async function inbox(over: object = {}, before?: (user: string) => Promise<void>) {
      const user = users[next++]!
      await before?.(user)
      const id = await hub.addInbox(user, customers.url, { imap: dovecot.imap(user, over) })
      return { id, user }
    }

    test('what arrives is on the desk, pushed by IDLE, and stays unread in the mailbox', async () => {
      const { id, user } = await inbox()
      await ready(id)
      await dovecot.put(user, [mail({ Subject: 'Broken lamp' }, 'The lamp is broken.\n灯坏了。')])
      const item = await until(() => desk.all('item').find(each => each.inboxId === id))
      expect(item).toMatchObject({
        subject: 'Broken lamp',
        text: 'The lamp is broken.\n灯坏了。',
        direction: 'in',
      })
      const conversation = desk.row('conversation', item.conversationId)
      expect(conversation).toMatchObject({ status: 'open' })
      expect(conversation?.waitingSince).not.toBeNull()
      expect(await dovecot.read(user)).toMatchObject([{ flags: [] }])
      const [folder] = await until(
        () => statusOf(id),
        ([each]) => each?.lastMailAt !== null,
      )
      expect(folder).toMatchObject({ folder: 'INBOX', troubled: 0, error: null })
    })

    test('with the setting, what was taken is marked as read', async () => {
      const { id, user } = await inbox({ markSeen: true })
      await ready(id)
      await dovecot.put(user, [mail()])
      await until(
        () => dovecot.read(user),
        ([first]) => first?.flags.includes('\\Seen') === true,
      )
    })

    test('of what was there before, the bounded past comes as history: closed, in its time, nobody waits', async () => {
      const now = Date.now()
      const { id } = await inbox({ historyDays: 10 }, async user => {
        await dovecot.put(user, [mail({ Subject: 'Long ago' })], 'INBOX', new Date(now - 40 * DAY))
        const from = { From: 'Wanda <wanda@customer.example>' }
        const first = mail({ ...from, Subject: 'Last week', 'Message-ID': '<week@customer.example>' })
        await dovecot.put(user, [first], 'INBOX', new Date(now - 5 * DAY))
        const answer = mail({ ...from, Subject: 'Re: Last week', 'In-Reply-To': '<week@customer.example>' })
        await dovecot.put(user, [answer], 'INBOX', new Date(now - 4 * DAY))
      })
      await ready(id)
      await until(
        () => texts(id),
        seen => seen.length === 2,
      )
      expect(texts(id)).toEqual(['Last week', 'Re: Last week'])
      const [conversation, ...others] = desk.all('conversation').filter(each => each.inboxId === id)
      expect(others).toEqual([])
      expect(conversation).toMatchObject({ status: 'closed', waitingSince: null, lastSeq: 2 })
      expect(Math.round((now - conversation!.activityAt) / DAY)).toBe(4)
      // They are a customer since they wrote, not since the hub knows of them.
      const since = desk.row('customer', conversation!.customerId)!.createdAt
      expect(Math.round((now - since) / DAY)).toBe(5)
      // An answer to history opens it.
      await dovecot.put(users[next - 1]!, [
        mail({ Subject: 'And now', 'In-Reply-To': '<week@customer.example>' }),
      ])
      await until(() => desk.row('conversation', conversation!.id)?.status === 'open')
      expect(desk.row('conversation', conversation!.id)?.waitingSince).not.toBeNull()
    })

    test('several folders of one mailbox, and a message that is in two of them, is there once', async () => {
      const same = mail({ Subject: 'In both' })
      const { id, user } = await inbox({ folders: ['INBOX', 'Sales/订单'] }, async owner => {
        await dovecot.put(owner, [], 'Sales/订单')
      })
      await ready(id)
      await dovecot.put(user, [mail({ Subject: 'To sales' }), same], 'Sales/订单')
      await dovecot.put(user, [same, mail({ Subject: 'To all' })])
      await until(
        () => texts(id),
        seen => seen.length >= 3,
      )
      await dovecot.put(user, [mail({ Subject: 'Z last' })])
      await until(() => texts(id).includes('Z last'))
      expect(texts(id)).toEqual(['In both', 'To all', 'To sales', 'Z last'])
    })

    test('S19: the same mail by SMTP and by IMAP, with other headers from other servers, is there once', async () => {
      const { id, user } = await inbox()
      await ready(id)
      const raw = mail({ Subject: 'Twice' })
      const envelope = { from: 'c@customer.example', to: [user] }
      await customers.write(hub.smtp, { envelope, raw })
      const stamped = `Return-Path: <c@customer.example>\r\nReceived: from mx by ${user}; today\r\n`
      await dovecot.put(user, [Buffer.concat([Buffer.from(stamped), raw])])
      // One with the same Message-ID and other words is another mail.
      await dovecot.put(user, [Buffer.from(raw.toString().replace('Hello.', 'Other words.'))])
      await until(
        () => texts(id),
        seen => seen.length === 2,
      )
      await dovecot.put(user, [mail({ Subject: 'Z last' })])
      await until(() => texts(id).includes('Z last'))
      expect(texts(id)).toEqual(['Twice', 'Twice', 'Z last'])
    })

    test('UIDVALIDITY changes: everything is read again, what is known is recognised, what is new is taken', async () => {
      const { id, user } = await inbox()
      await ready(id)
      await dovecot.put(user, [mail({ Subject: 'One' }), mail({ Subject: 'Two' })])
      await until(
        () => texts(id),
        seen => seen.length === 2,
      )
      const held = postgresHeld(hub.parts.database.kysely)
      const before = (await held.note(id, 'folder INBOX')) as { validity: string }
      await dovecot.renumber(user)
      await dovecot.put(user, [mail({ Subject: 'Three' })])
      await until(() => texts(id).includes('Three'))
      const after = await until(
        async () => (await held.note(id, 'folder INBOX')) as { validity: string; uid: number },
        ({ uid }) => uid >= 3,
      )
      expect(after.validity).not.toBe(before.validity)
      expect(texts(id)).toEqual(['One', 'Three', 'Two'])
      const [item] = desk.all('item').filter(each => each.subject === 'Three')
      expect(desk.row('conversation', item!.conversationId)?.waitingSince).not.toBeNull()
    })

    test('a broken line is mended, a server that is away is waited for, and nothing is missed or doubled', async () => {
      const wire = await wireTo(dovecot.port)
      const { id, user } = await inbox({ port: wire.port })
      await ready(id)
      for (const round of [1, 2, 3]) {
        wire.cut()
        await dovecot.put(user, [mail({ Subject: `Round ${round}` })])
        await until(() => texts(id).includes(`Round ${round}`))
      }
      wire.refuse(true)
      wire.cut()
      await dovecot.put(user, [mail({ Subject: 'While away' })])
      const [folder] = await until(
        () => statusOf(id),
        ([each]) => each?.connectedSince === null && each.error !== null,
      )
      expect(['closed', 'no-route']).toContain(folder!.error!.kind)
      wire.refuse(false)
      await until(() => texts(id).includes('While away'))
      expect(texts(id)).toEqual(['Round 1', 'Round 2', 'Round 3', 'While away'])
    })

    test('bytes that are no mail become an item that says so, and those behind it come', async () => {
      const { id, user } = await inbox()
      await ready(id)
      const broken = Buffer.concat([Buffer.from([1, 255, 254, 13, 10, 58, 58]), Buffer.alloc(2000, 0x0a)])
      await dovecot.put(user, [broken, mail({ Subject: 'Behind' })])
      await until(() => texts(id).includes('Behind'))
      expect(texts(id)).toEqual(['', 'Behind'])
    })

    test('S20: of two hubs one holds the mailbox; the other takes over when it ends, and goes on where it was', async () => {
      const wire = await wireTo(dovecot.port)
      const { id, user } = await inbox({ port: wire.port })
      await ready(id)
      const held = postgresHeld(hub.parts.database.kysely)
      const lease = `inbox ${id}`
      expect(await held.take(lease, 'another hub', 1000)).toBeNull()
      await dovecot.put(user, [mail({ Subject: 'First' })])
      await until(() => texts(id).includes('First'))
      expect(wire.open()).toBe(1)
      await hub.restart()
      desk.close()
      desk = await hub.desk('ann')
      await dovecot.put(user, [mail({ Subject: 'Second' })])
      await until(() => texts(id).includes('Second'))
      expect(texts(id)).toEqual(['First', 'Second'])
      expect(wire.open()).toBe(1)
    })
  },
)
