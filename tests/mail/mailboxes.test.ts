import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { checkAccount } from '../../server/channels/email/imap/check.ts'
import { openImap } from '../../server/channels/email/imap/connect.ts'
import { FolderState } from '../../server/channels/email/imap/folder-state.ts'
import { holdMailboxes } from '../../server/channels/email/imap/mailboxes.ts'
import { MailboxStatus, STATUS_NOTE } from '../../server/channels/email/imap/status.ts'
import { TIMING, type Timing } from '../../server/channels/email/imap/timing.ts'
import { troubleOf } from '../../server/channels/email/imap/trouble.ts'
import { MAIL_BYTES } from '../../server/channels/email/receive.ts'
import { memoryHeld } from '../../server/held/memory.ts'
import { until } from '../hub/until.ts'
import { randomFrom } from './hostile-mails.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { account, memoryHost } from './support/host.ts'
import { QUICK } from './support/hub.ts'
import { mail } from './support/mails.ts'
import { startWire } from './support/wire.ts'

const obstacle = whyNoDovecot()

describe.skipIf(obstacle)(
  `held mailboxes (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    const users = Array.from('abcdefghijkl', each => `${each}@skein.example`)
    let next = 0
    let dovecot: Dovecot
    const closing: (() => Promise<unknown>)[] = []
    beforeAll(async () => {
      dovecot = await startDovecot(users)
    })
    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) await close()
    })
    afterAll(() => dovecot?.close())

    const user = () => users[next++]!
    const hold = (host: ReturnType<typeof memoryHost>, timing: Partial<Timing> = {}) => {
      const held = holdMailboxes(host.host, { ...QUICK, ...timing })
      closing.push(() => held.close())
      return held
    }
    const wireTo = async (port: number) => {
      const wire = await startWire(port)
      closing.push(() => wire.close())
      return wire
    }
    const folderOf = async (host: ReturnType<typeof memoryHost>, at = 0) =>
      MailboxStatus.safeParse(await host.held.note(host.accounts[at]!.id, STATUS_NOTE)).data?.folders[0]
    const ready = (host: ReturnType<typeof memoryHost>) =>
      until(
        () => folderOf(host),
        folder => folder.connectedSince !== null && folder.checkedAt !== null,
      )

    test('a line that dies in silence is noticed at the next renewal, and what came meanwhile is fetched', async () => {
      const wire = await wireTo(dovecot.port)
      const owner = user()
      const host = memoryHost({
        accounts: [account(owner, { imap: dovecot.imap(owner, { port: wire.port }) })],
      })
      hold(host, { renew: 300, silence: 400 })
      await ready(host)
      wire.hush()
      await dovecot.put(owner, [mail({ Subject: 'Into the silence' })])
      await until(() => host.subjects().includes('Into the silence'))
      expect(host.reports.some(line => line.startsWith('imap-trouble silent'))).toBe(true)
      expect(wire.opened()).toBeGreaterThan(1)
    })

    test('NetEase refuses a mailbox to clients that do not say who they are: we say it, before the login', async () => {
      const wire = await wireTo(dovecot.port)
      wire.wantId()
      const owner = user()
      const host = memoryHost({
        accounts: [account(owner, { imap: dovecot.imap(owner, { port: wire.port }) })],
      })
      hold(host)
      await ready(host)
      const log = await dovecot.log()
      const said = log.indexOf('ID sent: name=Skein')
      expect(said).toBeGreaterThan(0)
      expect(said).toBeLessThan(log.lastIndexOf(`Login: user=<${owner}`))
    })

    test('a message the hub cannot store does not stop those behind it, is tried again later, and comes when it can', async () => {
      const owner = user()
      let later = 0
      let broken = true
      const host = memoryHost({
        accounts: [account(owner, { imap: dovecot.imap(owner) })],
        now: () => Date.now() + later,
        held: memoryHeld(),
        answer: inbound =>
          broken && inbound.subject === 'Poison' ? { ok: false, retryable: true, detail: 'internal' } : null,
      })
      hold(host, { renew: 200 })
      await ready(host)
      await dovecot.put(owner, [mail({ Subject: 'Poison' }), mail({ Subject: 'Good' })])
      await until(
        () => folderOf(host),
        folder => folder.troubled === 1,
      )
      expect(host.subjects()).toEqual(['Good'])
      broken = false
      later = 2 * 60_000
      await until(() => host.subjects().includes('Poison'))
      await until(
        () => folderOf(host),
        folder => folder.troubled === 0,
      )
      expect(host.subjects()).toEqual(['Good', 'Poison'])
    })

    test('S19: progress is noted only after the commit: while nothing can be stored, everything waits, in order', async () => {
      const owner = user()
      let down = true
      const host = memoryHost({
        accounts: [account(owner, { imap: dovecot.imap(owner) })],
        answer: () => (down ? { ok: false, retryable: true, detail: 'storage-full' } : null),
      })
      hold(host)
      await ready(host)
      await dovecot.put(owner, [mail({ Subject: 'One' }), mail({ Subject: 'Two' })])
      const folder = await until(
        () => folderOf(host),
        each => each.error !== null,
      )
      expect(folder.error?.detail).toBe('hub: storage-full')
      expect(FolderState.parse(await host.held.note(host.accounts[0]!.id, 'folder INBOX')).uid).toBe(0)
      down = false
      await until(() => host.taken.length === 2)
      expect(host.subjects()).toEqual(['One', 'Two'])
    })

    test('a message larger than the hub takes comes as its beginning, and says that it is not whole', async () => {
      const owner = user()
      const host = memoryHost({ accounts: [account(owner, { imap: dovecot.imap(owner) })] })
      hold(host)
      await ready(host)
      const large = Buffer.concat([
        mail({ Subject: 'Large' }, 'The beginning.'),
        Buffer.alloc(MAIL_BYTES + 1, 'x\r\n'),
      ])
      await dovecot.put(owner, [large, mail({ Subject: 'Small' })])
      await until(() => host.taken.length === 2)
      expect(host.subjects()).toEqual(['Large', 'Small'])
      expect(host.taken[0]?.text).toMatch(/^The beginning\./)
      expect(host.taken[0]?.mail?.problems).toContain('too-large')
    })

    test('S20: when a hub falls silent its lease runs out, another goes on, and the first writes nothing any more', async () => {
      const owner = user()
      let clock = 0
      const held = memoryHeld(() => clock)
      const settings = account(owner, { imap: dovecot.imap(owner) })
      const one = memoryHost({ accounts: [settings], held })
      const two = memoryHost({ accounts: [settings], held })
      hold(one, { lease: 60_000 })
      await ready(one)
      hold(two, { lease: 60_000 })
      await dovecot.put(owner, [mail({ Subject: 'For the first' })])
      await until(() => one.subjects().includes('For the first'))
      expect(two.subjects()).toEqual([])
      // The first hub's process stands still for longer than its lease: the other asks first.
      const ask = one.host.held.lease
      one.host.held.lease = async () => null
      clock += 61_000
      await until(async () => (await two.host.held.lease(settings.id, 60_000)) === 2)
      one.host.held.lease = ask
      await dovecot.put(owner, [mail({ Subject: 'For the second' })])
      await until(() => two.subjects().includes('For the second'))
      expect(one.subjects()).toEqual(['For the first'])
      expect(await held.putNote(settings.id, 'folder INBOX', {}, 1)).toBe(false)
    })

    test('a changed password, a changed folder and a removed account are noticed without a restart', async () => {
      const owner = user()
      const wrong = account(owner, { imap: dovecot.imap(owner, { password: 'wrong' }) })
      const host = memoryHost({ accounts: [wrong] })
      hold(host)
      const refused = await until(
        () => folderOf(host),
        folder => folder.error !== null,
      )
      expect(refused.error?.kind).toBe('wrong-password')
      host.accounts[0] = account(owner, { imap: dovecot.imap(owner) })
      await ready(host)
      host.accounts[0] = account(owner, { imap: dovecot.imap(owner, { folders: ['Not here'] }) })
      const missing = await until(
        () => folderOf(host),
        folder => folder.error !== null,
      )
      expect(missing.error).toMatchObject({ kind: 'no-folder', detail: 'Not here' })
      const id = host.accounts[0].id
      host.accounts.length = 0
      await until(async () => (await host.held.take(id, 'anybody', 1000)) !== null)
    })

    test('the live check says of each way what is wrong, and changes nothing', async () => {
      const owner = user()
      const check = async (imap: object, smtp?: object) =>
        (await checkAccount(account(owner, { imap: dovecot.imap(owner, imap), smtp }), QUICK)).map(each =>
          each.ok ? `${each.side} ok` : `${each.side} ${each.kind}`,
        )
      expect(await check({})).toEqual(['imap ok'])
      expect(await check({ password: 'wrong' })).toEqual(['imap wrong-password'])
      expect(await check({ folders: ['INBOX', 'Nothing'] })).toEqual(['imap no-folder'])
      expect(await check({ sentFolder: 'Not made yet' })).toEqual(['imap ok'])
      expect(await check({ port: 1 })).toEqual(['imap no-route'])
      const smtp = { host: '127.0.0.1', security: 'none', user: owner, password: 'x' }
      expect(await check({}, { ...smtp, port: 1 })).toEqual(['imap ok', 'smtp no-route'])
      // A mail server of the other kind, which greets with other words.
      expect((await check({}, { ...smtp, port: dovecot.port }))[1]).toMatch(/^smtp (?!ok)/)
      expect(await check({ host: 'imap.nowhere.invalid' })).toEqual(['imap no-such-host'])
    })

    test('however often the line breaks, at whatever byte, every message comes once, in order', async () => {
      const wire = await wireTo(dovecot.port)
      const owner = user()
      const subjects = Array.from({ length: 40 }, (_, at) => `Number ${100 + at}`)
      await dovecot.put(
        owner,
        subjects.map(subject => mail({ Subject: subject }, 'x'.repeat(2000))),
      )
      const random = randomFrom(4)
      wire.breakAfter(() => 3000 + Math.floor(random() * 12_000))
      const host = memoryHost({
        accounts: [account(owner, { imap: dovecot.imap(owner, { port: wire.port }) })],
      })
      hold(host, { backoff: 1, backoffMost: 2 })
      await until(() => host.taken.length === subjects.length)
      expect(host.subjects()).toEqual(subjects)
      expect(wire.opened()).toBeGreaterThan(5)
    })

    test('TLS and STARTTLS by the authority given; a certificate nobody vouches for is refused', async () => {
      const timing = { ...TIMING, ...QUICK }
      const owner = users[0]!
      const open = async (over: object) => {
        const client = await openImap(account(owner, { imap: dovecot.imap(owner, over) }), timing)
        const secure = client.secureConnection
        await client.logout()
        return secure
      }
      const tls = { host: 'localhost', port: dovecot.tlsPort, security: 'tls' }
      const starttls = { host: 'localhost', security: 'starttls' }
      expect(await open({ ...tls, ca: dovecot.ca })).toBe(true)
      expect(await open({ ...starttls, ca: dovecot.ca })).toBe(true)
      for (const over of [tls, starttls])
        expect(await open(over).then(() => null, troubleOf)).toMatchObject({ kind: 'certificate' })
      const plain = { host: 'localhost', port: dovecot.port, security: 'tls' }
      expect(await open(plain).then(() => null, troubleOf)).toMatchObject({ kind: 'no-tls' })
    })
  },
)

describe.skipIf(obstacle)(
  `a mailbox whose server has no IDLE (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    test('is asked again and again', async () => {
      const dovecot = await startDovecot(['a@skein.example'], {
        more: 'imap_capability = IMAP4rev1 LITERAL+ ID UIDPLUS\n',
      })
      const host = memoryHost({
        accounts: [account('a@skein.example', { imap: dovecot.imap('a@skein.example') })],
      })
      const held = holdMailboxes(host.host, QUICK)
      try {
        await until(() => host.held.note(host.accounts[0]!.id, STATUS_NOTE))
        for (const subject of ['One', 'Two']) {
          await dovecot.put('a@skein.example', [mail({ Subject: subject })])
          await until(() => host.subjects().includes(subject))
        }
      } finally {
        await held.close()
        await dovecot.close()
      }
    })
  },
)
