import { SMTPServer } from 'smtp-server'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from '#shared/protocol/fault.ts'
import type { InboxReport, MailWish, Provider, SetUpStep } from '#shared/protocol/inboxes.ts'
import type { FaultError } from '../../electron/core/fault-error.ts'
import { createInboxes } from '../../electron/core/inboxes.ts'
import { type Preset, presetOf } from '../../server/channels/email/presets.ts'
import type { Desk, TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { type Dovecot, PASSWORD, startDovecot, whyNoDovecot } from '../mail/support/dovecot.ts'
import { startMailHub } from '../mail/support/hub.ts'
import { mail } from '../mail/support/mails.ts'
import { startTokenServer } from '../mail/support/token-server.ts'

const obstacle = whyNoDovecot()
const owner = 'support@skein.example'

describe.skipIf(obstacle)(
  `inboxes are set up from a desk (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    let tokens: Awaited<ReturnType<typeof startTokenServer>>
    let dovecot: Dovecot
    let smtp: SMTPServer
    let hub: TestHub
    let desk: Desk
    const logged: string[] = []
    const smtpPort = () => (smtp.server.address() as { port: number }).port

    beforeAll(async () => {
      tokens = await startTokenServer('oauth@skein.example', { secret: null })
      dovecot = await startDovecot([owner, 'oauth@skein.example'], { introspection: tokens.introspection })
      smtp = new SMTPServer({
        allowInsecureAuth: true,
        authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
        disabledCommands: ['STARTTLS'],
        onAuth: ({ username, password, accessToken }, _session, done) =>
          password === PASSWORD || tokens.good.has(accessToken ?? '')
            ? done(null, { user: username })
            : done(new Error('Bad login')),
      })
      smtp.on('error', () => undefined)
      await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', resolve))
      const keep = (...words: unknown[]) => void logged.push(JSON.stringify(words))
      hub = await startMailHub(
        {},
        { deps: { providers, log: { info: keep, warn: keep, error: keep } as never } },
      )
      await hub.addAgent('boss', 'administrator', [])
      await hub.addAgent('lead', 'supervisor', [])
      desk = await hub.desk('boss')
    })
    afterAll(async () => {
      await hub?.close()
      await new Promise<void>(resolve => (smtp ? smtp.close(resolve) : resolve()))
      await dovecot?.close()
      await tokens?.close()
    })

    /** The usual ones, and one of our own with a sign-in by a word. */
    async function providers(address: string): Promise<Preset | null> {
      if (!address.startsWith('oauth')) return presetOf(address)
      const { deviceUrl, tokenUrl, scope } = tokens.device('skein')
      const here = { host: '127.0.0.1', security: 'none' } as const
      return {
        ...presetOf('someone@outlook.com')!,
        imap: { ...here, port: dovecot.port },
        smtp: { ...here, port: smtpPort() },
        oauth: { deviceUrl, tokenUrl, scope },
      }
    }

    const servers = () => ({
      imap: { host: '127.0.0.1', port: dovecot.port, security: 'none' as const },
      smtp: { host: '127.0.0.1', port: smtpPort(), security: 'none' as const },
    })

    /** The core's own way to ask, as this person. */
    async function as(name: string) {
      const session = { ...(await hub.signIn(name)), hubUrl: hub.url, email: `${name}@skein.example` }
      const steps: SetUpStep[] = []
      const inboxes = createInboxes({
        tokens: () => ({
          fresh: async () => ({ ok: true, value: session }),
          spoilt: () => undefined,
          giveUp: () => undefined,
        }),
        fetch: (url, init) => fetch(url, init),
        tell: ({ step }) => steps.push(step),
      })
      return {
        ...inboxes,
        steps,
        async setUp(wish: Partial<MailWish>, attempt = uuidv7()) {
          steps.length = 0
          const end = await inboxes.setUpMail({ attempt, wish: { inboxId: null, address: owner, ...wish } })
          return { end, told: steps.map(each => ('step' in each ? `${each.t} ${each.step}` : each.t)) }
        },
      }
    }
    const refusal = (work: Promise<unknown>): Promise<Fault> =>
      work.then(
        () => Promise.reject(new Error('it was not refused')),
        error => (error as FaultError).fault,
      )
    const listed = async (): Promise<InboxReport[]> => (await (await as('boss')).list()).inboxes

    test('only for administrators: everybody else is refused, whatever they ask, and learns nothing', async () => {
      const lead = await as('lead')
      const id = uuidv7()
      for (const work of [
        () => lead.list(),
        () => lead.provider({ address: 'a@gmail.com' }),
        () => lead.setUp({ ...servers(), password: PASSWORD }),
        () => lead.check({ attempt: '1', inboxId: id }),
        () => lead.setUpChat({ inboxId: null, name: 'Site' }),
        () => lead.change({ inboxId: id, change: { active: false } }),
      ])
        expect((await refusal(work())).kind).toBe('forbidden')
      const answer = await hub.post('/v1/inboxes/mail', {})
      expect(answer).toMatchObject({ status: 401, body: { fault: { kind: 'session-expired' } } })
      expect(await hub.store.all('inbox')).toEqual([])
    })

    test('the provider of an address is known, with where to go first', async () => {
      const boss = await as('boss')
      const of = async (address: string): Promise<Provider | null> =>
        (await boss.provider({ address })).provider
      expect(await of('Someone@QQ.com')).toMatchObject({ id: 'qq', login: 'app-password', signIn: false })
      expect(await of('someone@outlook.com')).toMatchObject({ login: 'oauth', signIn: true })
      expect(await of('someone@nowhere.invalid')).toBeNull()
    })

    test('a wrong password: each step is told, the kind of trouble too, and nothing is saved', async () => {
      const boss = await as('boss')
      const { end, told } = await boss.setUp({ ...servers(), password: 'wrong 密码' })
      expect(end).toEqual({ t: 'unchanged', hint: null })
      expect(told.toSorted()).toEqual([
        'begun imap-login',
        'begun smtp-login',
        'failed imap-login',
        'failed smtp-login',
      ])
      expect(boss.steps.filter(({ t }) => t === 'failed')).toMatchObject([
        { trouble: { kind: 'wrong-password' } },
        { trouble: { kind: 'wrong-password' } },
      ])
      expect(await hub.store.all('inbox')).toEqual([])
    })

    test('what cannot even be tried names its field: servers nobody knows, and passwords that would travel readable', async () => {
      const boss = await as('boss')
      const field = async (wish: Partial<MailWish>) => (await boss.setUp(wish)).end
      expect(await field({ password: 'x' })).toMatchObject({
        fault: { kind: 'invalid', params: { field: 'imap' } },
      })
      expect(await field(servers())).toMatchObject({ fault: { params: { field: 'password' } } })
      const readable = { host: 'mail.example', port: 143, security: 'none' as const }
      expect(await field({ imap: readable, password: 'x' })).toMatchObject({
        fault: { params: { field: 'imap.security' } },
      })
      expect(await field({ address: 'a@qq.com', signIn: { clientId: 'x' } })).toMatchObject({
        fault: { params: { field: 'signIn' } },
      })
    })

    let inboxId: string
    test('the right password: tried, saved, watched, and its mail arrives at the desk that set it up', async () => {
      const boss = await as('boss')
      const { end, told } = await boss.setUp({ ...servers(), password: PASSWORD, name: 'Support' })
      if (end.t !== 'ready') throw new Error(JSON.stringify(end))
      inboxId = end.inboxId
      expect(told.filter(each => !each.includes('smtp'))).toEqual([
        ...['begun imap-login', 'done imap-login', 'begun imap-folders', 'done imap-folders'],
        ...['begun imap-idle', 'done imap-idle', 'begun save', 'done save'],
      ])
      await dovecot.put(owner, [mail({ Subject: 'By the form' })])
      await until(() => desk.all('item').find(({ subject }) => subject === 'By the form'))
      expect(desk.row('inbox', inboxId)).toMatchObject({ name: 'Support', address: owner, active: true })
      const [report] = await until(
        listed,
        ([first]) => first?.about?.kind === 'mail' && first.about.folders[0]?.connectedSince != null,
      )
      expect(report).toMatchObject({
        address: owner,
        about: {
          login: 'password',
          imap: { host: '127.0.0.1', user: owner, folders: ['INBOX'] },
          folders: [{ folder: 'INBOX', trouble: null, troubled: 0 }],
        },
      })
      const events = (await hub.store.events(0, 100)).filter(({ name }) => name === 'inbox.added')
      expect(events.at(-1)).toMatchObject({ name: 'inbox.added', facts: { channel: 'email' } })
      expect(events.at(-1)?.agentId).toBe(
        (await hub.store.all('agent')).find(({ role }) => role === 'administrator')?.id,
      )
    })

    test('the same address twice is refused', async () => {
      expect((await (await as('boss')).setUp({ ...servers(), password: PASSWORD })).end).toMatchObject({
        fault: { kind: 'invalid', params: { field: 'address', code: 'taken' } },
      })
    })

    test('edited: what is left out stays; to another server the password must be typed again', async () => {
      const boss = await as('boss')
      const edit = async (wish: Partial<MailWish>) => (await boss.setUp({ inboxId, ...wish })).end
      expect(await edit({ historyDays: 7, signature: 'Kind regards' })).toEqual({ t: 'ready', inboxId })
      const elsewhere = { ...servers().imap, host: 'localhost' }
      expect(await edit({ imap: elsewhere })).toMatchObject({ fault: { params: { field: 'password' } } })
      expect(await edit({ imap: elsewhere, password: 'wrong' })).toMatchObject({ t: 'unchanged' })
      expect(await edit({ imap: elsewhere, password: PASSWORD })).toEqual({ t: 'ready', inboxId })
      expect((await listed())[0]).toMatchObject({
        signature: 'Kind regards',
        about: { imap: { host: 'localhost', historyDays: 7 } },
      })
      boss.steps.length = 0
      expect(await boss.check({ attempt: '2', inboxId })).toEqual({ t: 'ready', inboxId })
      expect(boss.steps).toContainEqual({ t: 'done', step: 'imap-idle', idle: true })
    })

    test('renamed, paused and taken up again: while it is paused its mail waits in the mailbox', async () => {
      const boss = await as('boss')
      await boss.change({ inboxId, change: { active: false, name: 'Help' } })
      await until(() => desk.row('inbox', inboxId)?.active === false)
      await until(
        listed,
        ([first]) => first?.about?.kind === 'mail' && first.about.folders[0]?.connectedSince === null,
      )
      await dovecot.put(owner, [mail({ Subject: 'While paused' })])
      await boss.change({ inboxId, change: { active: true } })
      await until(() => desk.all('item').find(({ subject }) => subject === 'While paused'))
      expect(desk.row('inbox', inboxId)).toMatchObject({ name: 'Help', active: true })
      expect((await refusal(boss.change({ inboxId: 'nobody', change: { active: true } }))).kind).toBe(
        'not-found',
      )
    })

    test('signing in at the provider’s page: a word is told, then it goes on by itself', async () => {
      const boss = await as('boss')
      tokens.devices.length = 0
      const { end, told } = await boss.setUp({
        address: 'oauth@skein.example',
        signIn: { clientId: 'skein' },
      })
      expect(told.slice(0, 3)).toEqual(['begun sign-in', 'word', 'done sign-in'])
      expect(boss.steps[1]).toEqual({
        t: 'word',
        address: 'https://provider.example/device',
        word: 'ABCD-EFGH',
      })
      expect(end.t).toBe('ready')
      const report = (await listed()).find(({ address }) => address === 'oauth@skein.example')
      expect(report?.about).toMatchObject({ login: 'sign-in' })
    })

    test('given up while the provider is asked: it ends, and nothing was changed', async () => {
      const boss = await as('boss')
      tokens.devices.push(...Array<string>(50).fill('authorization_pending'))
      const attempt = uuidv7()
      const outcome = boss
        .setUp({ address: 'oauth-later@skein.example', signIn: { clientId: 'skein' } }, attempt)
        .catch(error => (error as FaultError).fault.kind)
      await until(() => boss.steps.some(({ t }) => t === 'word'))
      boss.giveUp({ attempt })
      expect(await outcome).toBe('hub-unreachable')
      expect((await hub.store.all('inbox')).map(({ address }) => address)).toHaveLength(2)
    })

    test('a chat: its script, its secret once, and what visitors see', async () => {
      const boss = await as('boss')
      const made = await boss.setUpChat({
        inboxId: null,
        name: 'Site',
        color: '#aa3300',
        title: { en: 'Ask us', zh: '咨询' },
      })
      expect(made.secret).toMatch(/^[\w-]{43}$/)
      const widget = await fetch(`${hub.url}/v1/channels/chat/settings?inbox=${made.address}`)
      expect(JSON.stringify(await widget.json().catch(() => null))).not.toContain(made.secret)
      const report = async () => (await listed()).find(({ inboxId }) => inboxId === made.inboxId)
      expect(await report()).toMatchObject({ name: 'Site', about: { kind: 'chat', color: '#aa3300' } })
      const changed = await boss.setUpChat({
        inboxId: made.inboxId,
        name: 'Shop',
        side: 'left',
        origins: ['https://shop.example'],
      })
      expect(changed.secret).toBeNull()
      expect(await report()).toMatchObject({ name: 'Shop', about: { color: '#aa3300', side: 'left' } })
      expect(
        (await refusal(boss.setUpChat({ inboxId: made.inboxId, name: 'Shop', origins: ['shop'] }))).params,
      ).toEqual({
        field: 'origins',
      })
      const chat = { inboxId: made.inboxId, name: 'Shop' }
      expect(await report()).toMatchObject({ about: { files: true, mailbox: '' } })
      const [mailbox] = (await listed()).filter(({ about }) => about?.kind === 'mail')
      await boss.setUpChat({ ...chat, files: false, mailbox: mailbox!.address })
      expect(await report()).toMatchObject({ about: { files: false, mailbox: mailbox!.address } })
      expect((await refusal(boss.setUpChat({ ...chat, mailbox: 'nobody@skein.example' }))).params).toEqual({
        field: 'mailbox',
      })
      const renewed = await boss.setUpChat({ inboxId: made.inboxId, name: 'Shop', renewSecret: true })
      expect(renewed.secret).not.toBe(made.secret)
      expect(JSON.stringify(await listed())).not.toContain(renewed.secret)
    })

    test('no secret ever came down, stands in a row or an event, or was logged', async () => {
      const rows = JSON.stringify([
        await listed(),
        [...desk.rows.values()],
        await hub.store.events(0, 1000),
        logged,
        tokens.asked.length,
      ])
      for (const secret of [PASSWORD, 'wrong 密码', 'refresh-']) expect(rows).not.toContain(secret)
      expect(rows).toContain('inbox.changed')
    })
  },
)
