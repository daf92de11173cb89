// Settings: a person's own pages, and an administrator's.
import { ok } from '#shared/protocol/fault.ts'
import type { InboxReport, Provider } from '#shared/protocol/inboxes.ts'
import { profiled } from '../customer/profiled.ts'
import { answersOf, connected, tried } from '../settings/connected.ts'
import { thursday } from '../support/veloform.ts'
import { withMacros } from '../writing/macros.ts'
import { administered, button, type Hands, type Scene } from './scene.ts'

const page = async ({ page: of, say }: Hands, en: string, zh: string): Promise<void> => {
  await of.keyboard.press('Control+,')
  await of.getByRole('tab', { name: say(en, zh), exact: true }).click()
}
const to =
  (en: string, zh: string, then?: (hands: Hands) => Promise<unknown>): NonNullable<Scene['act']> =>
  async hands => {
    await page(hands, en, zh)
    await then?.(hands)
  }

const server = (host: string, port: number) => ({ host, port, security: 'tls' as const })
const reports: InboxReport[] = [
  {
    ...{ inboxId: 'inbox-1', channel: 'email', name: 'Support', address: 'support@veloform.com' },
    ...{ signature: 'Veloform', active: true },
    about: {
      kind: 'mail',
      imap: {
        ...server('imap.veloform.com', 993),
        ...{ user: 'support@veloform.com', folders: ['INBOX'], historyDays: 30, markSeen: false },
      },
      ...{ smtp: server('smtp.veloform.com', 465), login: 'password' },
      folders: [
        {
          ...{ folder: 'INBOX', connectedSince: thursday - 7_200_000, lastMailAt: thursday - 480_000 },
          ...{ troubled: 2, trouble: null },
        },
      ],
    },
  },
  {
    ...{ inboxId: 'inbox-2', channel: 'email', name: 'Sales 销售', address: 'sales@veloform.com' },
    ...{ signature: '', active: true },
    about: {
      kind: 'mail',
      imap: {
        ...server('imap.qq.com', 993),
        ...{ user: 'sales@veloform.com', folders: ['INBOX'], historyDays: 30, markSeen: false },
      },
      ...{ smtp: server('smtp.qq.com', 465), login: 'password' },
      folders: [
        {
          ...{ folder: 'INBOX', connectedSince: null, lastMailAt: null, troubled: 0 },
          trouble: {
            kind: 'app-password',
            detail: 'Login fail. Account is abnormal, service is not open, password is incorrect',
          },
        },
      ],
    },
  },
  {
    ...{ inboxId: 'inbox-3', channel: 'chat', name: 'www.veloform.com', address: 'veloform-site' },
    ...{ signature: '', active: false },
    about: {
      ...{ kind: 'chat', title: { en: 'Talk to us', zh: '联系我们' }, color: '#2e72dc', theme: 'auto' },
      greeting: { en: 'Hello! Can we help?', zh: '您好，需要帮助吗？', afterSeconds: 8 },
      ...{ side: 'right', form: { name: 'optional', email: 'required' } },
      ...{ origins: ['https://www.veloform.com'], files: true, survey: true, mailbox: '' },
    },
  },
]
const provider: Provider = {
  ...{ id: 'qq', name: 'QQ 邮箱', imap: server('imap.qq.com', 993), smtp: server('smtp.qq.com', 465) },
  ...{ login: 'app-password', signIn: false },
  hint: {
    en: 'At mail.qq.com, Settings, Account: switch on IMAP/SMTP and make an authorisation code (授权码). It takes the place of the password here.',
    zh: '在 mail.qq.com 的“设置 → 账号”中开启 IMAP/SMTP 服务并生成授权码，在此代替密码填写。',
  },
}

const inboxes: Pick<Scene, 'rows' | 'prepare'> = {
  rows: administered,
  prepare: core => {
    core.answer('inboxes', () => ok({ inboxes: reports }))
    core.answer('mailProvider', () => ok({ provider }))
  },
}
const connections: Pick<Scene, 'rows' | 'prepare'> = {
  rows: administered,
  prepare: core => answersOf(core, connected, tried),
}
const macros: Pick<Scene, 'rows'> = {
  rows: (world, language) => administered(withMacros(world, language)),
}
const fields: Pick<Scene, 'rows'> = {
  rows: (world, language) => void profiled(world, thursday, language),
}

export const settingsScenes: Record<string, Scene> = {
  settings: { act: ({ page: of }) => of.keyboard.press('Control+,') },
  'settings-keyboard': { act: to('Keyboard', '快捷键') },
  'settings-help': { act: to('Help', '帮助') },
  'settings-report': {
    prepare: core =>
      core.answer('diagnostics', () =>
        ok({
          ...{ version: '0.1.0', protocol: 1, replica: 12, node: '24', platform: 'linux x64' },
          ...{ memory: { rss: 1, heap: 1, external: 1 }, upSince: 0, now: 1, clockOffset: 0 },
          ...{ rows: { item: 7 }, database: { size: 1, free: 0 }, unindexed: 0, streams: 3 },
          sync: {
            ...{ phase: 'live', lastContactAt: 1, currentAt: 1, offlineSince: null, fault: null },
            ...{ waiting: 0, held: 0, refused: 0, uncertain: 0, failed: 0 },
          },
          troubles: [],
        }),
      ),
    act: to('Help', '帮助', async hands => {
      await hands.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await button(hands, 'Copy report', '复制报告').click()
      await hands.page.getByRole('region', { name: hands.say('The report', '报告') }).waitFor()
    }),
  },
  'macros-settings': {
    ...macros,
    act: to('Macros', '快捷回复', async hands => {
      await hands.page.locator('.macro-row').nth(3).click()
      await hands.page.locator('.macro-preview').waitFor()
    }),
  },
  'macros-list': { ...macros, act: to('Macros', '快捷回复') },
  inboxes: {
    ...inboxes,
    act: to('Inboxes', '收件箱', hands => hands.page.getByText('www.veloform.com').first().waitFor()),
  },
  'inbox-mail': {
    ...inboxes,
    act: to('Inboxes', '收件箱', async hands => {
      await hands.page.getByRole('button', { name: /^Sales/ }).click()
    }),
  },
  'inbox-chat': {
    ...inboxes,
    act: to('Inboxes', '收件箱', async hands => {
      await hands.page.getByRole('button', { name: /^www/ }).click()
    }),
  },
  'inbox-new-mail': {
    ...inboxes,
    act: to('Inboxes', '收件箱', async hands => {
      await button(hands, 'Add mailbox', '添加邮箱').click()
      await hands.page.keyboard.type('support@qq.com')
      await button(hands, 'Continue', '继续').click()
      await hands.page.locator('input[type=password]').waitFor()
    }),
  },
  'customer-fields': { ...fields, act: to('Customer fields', '客户字段') },
  'customer-field': {
    ...fields,
    act: to('Customer fields', '客户字段', hands =>
      hands.page
        .getByRole('button', { name: hands.say(/^Plan/, /套餐/) })
        .first()
        .click(),
    ),
  },
  connections: { ...connections, act: to('Connections', '连接') },
  connection: {
    ...connections,
    act: to('Connections', '连接', hands => hands.page.getByRole('button', { name: /商城/ }).click()),
  },
  'connection-tried': {
    ...connections,
    act: to('Connections', '连接', async hands => {
      await hands.page.getByRole('button', { name: /商城/ }).click()
      await hands.page
        .getByRole('textbox', { name: hands.say('Email', '邮箱'), exact: true })
        .fill('amara@parcelo.eu')
      await button(hands, 'Ask', '查询').click()
      await hands.page.getByText(hands.say('What it said', '返回内容')).scrollIntoViewIfNeeded()
    }),
  },
}
