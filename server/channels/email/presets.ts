/**
 * What the usual providers want, so that an address and a password are enough. Data only; a preset fills a form, and the
 * live check (imap/check.ts) says whether it is still true. Each has the provider's own page as its source. None of them was
 * reached while this was written: no test needs the network.
 */
import type { ImapRoute, SmtpRoute } from './settings.ts'

export type Preset = {
  id: string
  name: string
  domains: readonly string[]
  /** Of the mail exchangers of companies that have their own domain there. */
  mx?: RegExp
  imap: Pick<ImapRoute, 'host' | 'port' | 'security'>
  smtp: Pick<SmtpRoute, 'host' | 'port' | 'security'>
  /** `by-server`: it puts what is sent by SMTP into Sent itself. */
  sent: ImapRoute['sent']
  /** What it takes for a login: the password of the web page, one made for apps, or OAuth only. */
  login: 'password' | 'app-password' | 'oauth'
  oauth?: { tokenUrl: string; scope: string; deviceUrl?: string }
  /** The name under which it says whether a sender is who it claims to be (Authentication-Results). */
  trusts?: string
  /** Where the administrator has to go first. */
  hint: { en: string; zh: string }
}

const tls = (host: string, port: number) => ({ host, port, security: 'tls' }) as const
const starttls = (host: string, port = 587) => ({ host, port, security: 'starttls' }) as const

const authorizationCode = {
  en: 'Switch on IMAP/SMTP in the web settings, and use the authorization code (授权码) it gives instead of the password.',
  zh: '在网页版设置中开启 IMAP/SMTP 服务，用生成的“授权码”代替密码。',
}
const plain = {
  en: 'Switch on IMAP in the web settings if it is off.',
  zh: '如未开启 IMAP，请在网页版设置中开启。',
}

export const presets: readonly Preset[] = [
  {
    // https://support.google.com/mail/answer/7126229 and https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
    id: 'gmail',
    name: 'Gmail, Google Workspace',
    domains: ['gmail.com', 'googlemail.com'],
    mx: /(?:^|\.)(?:aspmx\d*\.l\.google\.com|googlemail\.com|smtp\.google\.com)$/,
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    sent: 'by-server',
    trusts: 'mx.google.com',
    login: 'app-password',
    oauth: { tokenUrl: 'https://oauth2.googleapis.com/token', scope: '' },
    hint: {
      en: 'Make an app password (myaccount.google.com/apppasswords), or use OAuth with the scope https://mail.google.com/.',
      zh: '创建应用专用密码（myaccount.google.com/apppasswords），或使用 OAuth（scope 为 https://mail.google.com/）。',
    },
  },
  {
    // https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
    id: 'microsoft-365',
    name: 'Microsoft 365, Exchange Online',
    domains: [],
    mx: /\.mail\.protection\.(?:outlook\.com|partner\.outlook\.cn)$|\.mx\.microsoft$/,
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp.office365.com'),
    sent: 'by-server',
    login: 'oauth',
    oauth: {
      tokenUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
      deviceUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode',
      scope:
        'offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
    },
    hint: {
      en: 'Microsoft takes no passwords any more: register an app in Entra (public client flows allowed) with IMAP.AccessAsUser.All and SMTP.Send, switch on authenticated SMTP for the mailbox, and sign in with the app’s client ID.',
      zh: '微软已不接受密码：请在 Entra 注册应用（允许公共客户端流），授予 IMAP.AccessAsUser.All 和 SMTP.Send 权限，为该邮箱开启经过身份验证的 SMTP，再用该应用的客户端 ID 登录。',
    },
  },
  {
    // https://support.microsoft.com/office/pop-imap-and-smtp-settings-for-outlook-com-d088b986-291d-42b8-9564-9c414e2aa040
    id: 'outlook',
    name: 'Outlook.com, Hotmail',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'outlook.cn', 'live.cn'],
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp-mail.outlook.com'),
    sent: 'by-server',
    login: 'oauth',
    oauth: {
      tokenUrl: 'https://login.microsoftonline.com/consumers/oauth2/v2.0/token',
      deviceUrl: 'https://login.microsoftonline.com/consumers/oauth2/v2.0/devicecode',
      scope:
        'offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
    },
    hint: {
      en: 'Microsoft takes no passwords any more: register an app in Entra (personal accounts, public client flows allowed), sign in with its client ID, and switch on IMAP at outlook.live.com under Mail, Forwarding and IMAP.',
      zh: '微软已不接受密码：请在 Entra 注册应用（个人账户，允许公共客户端流），用其客户端 ID 登录，并在 outlook.live.com 的“邮件 - 转发和 IMAP”中开启 IMAP。',
    },
  },
  {
    // https://help.mail.163.com/faqDetail.do?code=d7a5dc8471cd0c0e8b4b8f4f8e49998b374173cfe9171305fa1ce630d7f67ac2
    id: '163',
    name: '163',
    domains: ['163.com'],
    imap: tls('imap.163.com', 993),
    smtp: tls('smtp.163.com', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: authorizationCode,
  },
  {
    id: '126',
    name: '126',
    domains: ['126.com'],
    imap: tls('imap.126.com', 993),
    smtp: tls('smtp.126.com', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: authorizationCode,
  },
  {
    id: 'yeah',
    name: 'yeah.net',
    domains: ['yeah.net'],
    imap: tls('imap.yeah.net', 993),
    smtp: tls('smtp.yeah.net', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: authorizationCode,
  },
  {
    // https://qiye.163.com/help/client-profile.html
    id: 'qiye-163',
    name: '网易企业邮箱',
    domains: [],
    mx: /(?:^|\.)(?:qiye163mx\d*\.mxmail\.netease\.com|mx\.qiye\.163\.com|hzmx\d*\.mxmail\.netease\.com)$/,
    imap: tls('imap.qiye.163.com', 993),
    smtp: tls('smtp.qiye.163.com', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: authorizationCode,
  },
  {
    // https://service.mail.qq.com/detail/0/310 and https://service.mail.qq.com/detail/0/75
    id: 'qq',
    name: 'QQ 邮箱',
    domains: ['qq.com', 'foxmail.com', 'vip.qq.com'],
    trusts: 'mx.qq.com',
    imap: tls('imap.qq.com', 993),
    smtp: tls('smtp.qq.com', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: authorizationCode,
  },
  {
    // https://open.work.weixin.qq.com/help2/pc/19886
    id: 'exmail-qq',
    name: '腾讯企业邮箱',
    domains: [],
    mx: /(?:^|\.)mxbiz\d*\.qq\.com$/,
    imap: tls('imap.exmail.qq.com', 993),
    smtp: tls('smtp.exmail.qq.com', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: authorizationCode,
  },
  {
    // https://help.aliyun.com/document_detail/36576.html
    id: 'aliyun',
    name: '阿里企业邮箱',
    domains: [],
    mx: /(?:^|\.)(?:mxn?\d*\.mxhichina\.com|mx\d*\.qiye\.aliyun\.com|mx\d*\.sg\.aliyun\.com)$/,
    imap: tls('imap.qiye.aliyun.com', 993),
    smtp: tls('smtp.qiye.aliyun.com', 465),
    sent: 'by-us',
    login: 'password',
    hint: plain,
  },
  {
    // https://support.apple.com/102525
    id: 'icloud',
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    mx: /(?:^|\.)mail\.icloud\.com$/,
    imap: tls('imap.mail.me.com', 993),
    smtp: starttls('smtp.mail.me.com'),
    sent: 'by-us',
    login: 'app-password',
    hint: {
      en: 'Make an app-specific password at account.apple.com.',
      zh: '在 account.apple.com 生成 App 专用密码。',
    },
  },
  {
    // https://www.fastmail.help/hc/en-us/articles/1500000278342
    id: 'fastmail',
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    mx: /(?:^|\.)messagingengine\.com$/,
    imap: tls('imap.fastmail.com', 993),
    smtp: tls('smtp.fastmail.com', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: {
      en: 'Make an app password under Settings, Privacy & Security.',
      zh: '在“设置 - 隐私与安全”中生成应用密码。',
    },
  },
  {
    // https://help.yahoo.com/kb/SLN4075.html
    id: 'yahoo',
    name: 'Yahoo',
    domains: ['yahoo.com', 'ymail.com', 'rocketmail.com'],
    mx: /(?:^|\.)yahoodns\.net$/,
    imap: tls('imap.mail.yahoo.com', 993),
    smtp: tls('smtp.mail.yahoo.com', 465),
    sent: 'by-us',
    login: 'app-password',
    hint: { en: 'Make an app password under Account security.', zh: '在“账户安全”中生成应用密码。' },
  },
  {
    // https://www.zoho.com/mail/help/imap-access.html
    id: 'zoho',
    name: 'Zoho',
    domains: ['zoho.com', 'zohomail.com'],
    mx: /(?:^|\.)mx\d*\.zoho\.com$/,
    imap: tls('imap.zoho.com', 993),
    smtp: tls('smtp.zoho.com', 465),
    sent: 'by-server',
    login: 'app-password',
    hint: plain,
  },
]

/** By the domain of the address, then by who takes its mail. Null when neither is known. */
export function presetOf(address: string, exchangers: readonly string[] = []): Preset | null {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const names = exchangers.map(name => name.toLowerCase().replace(/\.$/, ''))
  return (
    presets.find(({ domains }) => domains.includes(domain)) ??
    presets.find(({ mx }) => mx && names.some(name => mx.test(name))) ??
    null
  )
}
