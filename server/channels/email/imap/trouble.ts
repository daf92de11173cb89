import { MailTroubleKind } from '#shared/protocol/inboxes.ts'

export const troubleKinds = MailTroubleKind.options
export type TroubleKind = MailTroubleKind

/** What is wrong with a mail account. `detail` is the server's own sentence; it never holds what we sent. */
export class MailTrouble extends Error {
  readonly kind: TroubleKind
  readonly detail: string
  constructor(kind: TroubleKind, detail = '') {
    super(`${kind}${detail ? `: ${detail}` : ''}`)
    this.kind = kind
    this.detail = detail.replace(/\s+/g, ' ').trim().slice(0, 500).toWellFormed()
  }
}

/** The parts of imapflow's, nodemailer's and Node's errors that say what went wrong. */
type Wire = Error & {
  code?: string
  response?: unknown
  responseText?: string
  responseStatus?: string
  responseCode?: number
  authenticationFailed?: boolean
  serverResponseCode?: string
  oauthError?: unknown
  command?: string
  cause?: unknown
}

const NETWORK: Record<string, TroubleKind> = {
  ENOTFOUND: 'no-such-host',
  EAI_AGAIN: 'no-such-host',
  EDNS: 'no-such-host',
  ECONNREFUSED: 'no-route',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  ETIMEDOUT: 'no-route',
  CONNECT_TIMEOUT: 'no-route',
  UPGRADE_TIMEOUT: 'no-tls',
  STARTTLS_INJECTION: 'no-tls',
  MissingServerExtension: 'no-tls',
  GREETING_TIMEOUT: 'silent',
  ETIMEOUT: 'silent',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  NoConnection: 'closed',
  EConnectionClosed: 'closed',
  ClosedAfterConnectText: 'closed',
  ClosedAfterConnectTLS: 'closed',
  LineTooLarge: 'not-a-mail-server',
  EPROTOCOL: 'not-a-mail-server',
}

/** Of whatever was thrown while talking to a mail server. */
export function troubleOf(error: unknown): MailTrouble {
  if (error instanceof MailTrouble) return error
  const wire = error as Wire
  const words = wordsOf(wire)
  const byWords = fromWords(words)
  if (wire.authenticationFailed || wire.code === 'EAUTH' || wire.responseCode === 535)
    return new MailTrouble(byWords ?? (wire.oauthError ? 'oauth-refused' : 'wrong-password'), words)
  if (byWords && (wire.responseStatus || wire.responseCode || wire.response))
    return new MailTrouble(byWords, words)
  if (isCertificate(wire)) return new MailTrouble('certificate', wire.message)
  const code = (wire.cause as Wire | undefined)?.code ?? wire.code ?? ''
  const known = NETWORK[code]
  if (known) return new MailTrouble(known, code)
  if (/wrong version number|packet length too long|unknown protocol|SSL routines/i.test(wire.message ?? ''))
    return new MailTrouble('no-tls', wire.message)
  if (code === 'ESOCKET') return new MailTrouble('no-route', wire.message)
  if (code === 'ETLS') return new MailTrouble('no-tls', words || wire.message)
  if (code === 'ECONNECTION')
    return new MailTrouble(/timeout/i.test(wire.message) ? 'silent' : 'closed', wire.message)
  return new MailTrouble('other', words || (wire.message ?? String(error)))
}

function wordsOf(wire: Wire): string {
  const { response, responseText } = wire
  const code = wire.serverResponseCode ? `[${wire.serverResponseCode}] ` : ''
  const text = responseText ?? (typeof response === 'string' ? response : '')
  return text ? `${code}${text}`.replace(/^\[([A-Z]+)\] \[\1\]/, '[$1]') : ''
}

/** Providers say the same things in their own words; these are theirs. */
const WORDS: readonly [RegExp, TroubleKind][] = [
  // NetEase, to clients that do not name themselves by ID.
  [/unsafe login/i, 'unsafe-login'],
  // Google 534-5.7.9, iCloud, Fastmail, Yahoo; QQ and NetEase call theirs 授权码.
  [
    /application-specific password|app(?:lication)?[- ]password|authorization code|授权码|密码登录.*禁/i,
    'app-password',
  ],
  [/basic authentication is (?:disabled|not supported)|5\.7\.139|logondenied.*basic/i, 'oauth-refused'],
  [
    /not enabled for imap|imap (?:access|service)? ?(?:is|has been) (?:disabled|not (?:open|enabled))|imap.{0,20}(?:未开启|未开通)|service is not open|not authenticated but/i,
    'imap-off',
  ],
  [
    /too many (?:simultaneous|concurrent)? ?(?:connections|logins)|maximum number of connections|\[LIMIT\]|throttl/i,
    'too-many',
  ],
]

function fromWords(words: string): TroubleKind | undefined {
  return WORDS.find(([pattern]) => pattern.test(words))?.[1]
}

function isCertificate(wire: Wire): boolean {
  const code = wire.code ?? (wire.cause as Wire | undefined)?.code ?? ''
  return (
    /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/.test(code) ||
    /self[- ]signed certificate|unable to (?:verify|get)|certificate has expired|altnames/i.test(
      wire.message ?? '',
    )
  )
}

/** One sentence each, for the administrator's terminal and form. */
export const troubleWords: Record<TroubleKind, { en: string; zh: string }> = {
  'wrong-password': {
    en: 'The server refuses this user name and password.',
    zh: '服务器不接受这个用户名和密码。',
  },
  'app-password': {
    en: 'This provider wants a password made for apps (授权码 at QQ and 163): create one in the mailbox’s web settings and use it here.',
    zh: '该邮箱需要专用的应用密码（QQ、163 称为“授权码”）：请在邮箱网页的设置中生成，并填在这里。',
  },
  'sign-in-again': {
    en: 'The permission for this mailbox has ended: sign in with the provider again and give the new refresh token.',
    zh: '对这个邮箱的授权已失效：请重新登录服务商，并提供新的 refresh token。',
  },
  'oauth-refused': {
    en: 'The provider takes no password for this mailbox, or refuses the token: it wants OAuth with the right to use IMAP and SMTP.',
    zh: '服务商不接受密码登录，或拒绝了令牌：需要带有 IMAP 和 SMTP 权限的 OAuth。',
  },
  'imap-off': {
    en: 'IMAP is switched off for this mailbox: switch it on in its web settings.',
    zh: '这个邮箱没有开启 IMAP：请在邮箱网页的设置中开启。',
  },
  'unsafe-login': {
    en: 'NetEase calls this login unsafe: switch on IMAP and use an authorization code (授权码) made in the web settings.',
    zh: '网易认为这次登录不安全：请在网页设置中开启 IMAP 服务，并使用生成的授权码。',
  },
  'no-such-host': {
    en: 'There is no server of this name, or this machine cannot look it up.',
    zh: '找不到这个名称的服务器，或本机无法解析域名。',
  },
  'no-route': {
    en: 'The server cannot be reached at this port: check host and port, and whether a firewall is in between.',
    zh: '无法连接到该服务器的这个端口：请检查地址和端口，以及中间是否有防火墙。',
  },
  certificate: {
    en: 'The server’s certificate is not trusted or is for another name: correct the host, or give its authority with --ca FILE.',
    zh: '服务器证书不受信任，或与名称不符：请更正服务器地址，或用 --ca FILE 提供其颁发机构的证书。',
  },
  'no-tls': {
    en: 'No encrypted connection could be made: use imaps:// (993) and smtps:// (465), or a server that offers STARTTLS.',
    zh: '无法建立加密连接：请使用 imaps://（993）和 smtps://（465），或支持 STARTTLS 的服务器。',
  },
  'not-a-mail-server': {
    en: 'Something answers there, but it is not a mail server of this kind: check the port.',
    zh: '该处有程序应答，但不是这类邮件服务器：请检查端口。',
  },
  'too-many': {
    en: 'The provider allows no more connections to this mailbox at the moment: close other programs that use it.',
    zh: '服务商暂时不允许更多连接：请关闭其他使用该邮箱的程序。',
  },
  'no-folder': {
    en: 'There is no folder of this name in the mailbox.',
    zh: '邮箱中没有这个名称的文件夹。',
  },
  silent: { en: 'The server does not answer.', zh: '服务器没有应答。' },
  closed: { en: 'The server closed the connection.', zh: '服务器关闭了连接。' },
  other: { en: 'The server answered something unexpected.', zh: '服务器返回了意料之外的内容。' },
}
