// What is typed into the mailbox's form, what is wrong with it, and the wish it makes. Pure.
import type { Fault } from '#shared/protocol/fault.ts'
import type { InboxReport, MailReport, MailServer, MailWish, Provider } from '#shared/protocol/inboxes.ts'
import type { words } from './words.ts'

export interface ServerValues {
  host: string
  port: string
  security: MailServer['security']
}

export interface MailValues {
  address: string
  name: string
  signature: string
  password: string
  clientId: string
  imap: ServerValues
  smtp: ServerValues
  user: string
  folders: string
  history: string
  seen: boolean
}

export type Problem = keyof (typeof words)['en']
export type MailField =
  | Exclude<keyof MailValues, 'imap' | 'smtp' | 'seen'>
  | `${'imap' | 'smtp'}.${keyof ServerValues}`
export type MailProblems = Partial<Record<MailField, Problem>>

/** How a mailbox is reached: by what is known of its provider, by servers that are typed, or as it is. */
export interface Way {
  report: MailReport | null
  provider: Provider | null
  /** One signs in at the provider's page instead of giving a password. */
  signIn: boolean
  /** Servers are to be seen and typed. */
  servers: boolean
}

const serverValues = (server: MailServer | null | undefined, port: string): ServerValues =>
  server
    ? { host: server.host, port: String(server.port), security: server.security }
    : { host: '', port, security: 'tls' }

export function valuesOf(inbox: InboxReport | null): MailValues {
  const about = inbox?.about?.kind === 'mail' ? inbox.about : null
  const imap = about?.imap
  return {
    address: inbox?.address ?? '',
    name: inbox?.name ?? '',
    signature: inbox?.signature ?? '',
    password: '',
    clientId: '',
    imap: serverValues(imap, '993'),
    smtp: serverValues(about?.smtp, '465'),
    user: imap && imap.user !== inbox?.address ? imap.user : '',
    folders: (imap?.folders ?? ['INBOX']).join(', '),
    history: String(imap?.historyDays ?? 30),
    seen: imap?.markSeen ?? false,
  }
}

export function wayOf(inbox: InboxReport | null, provider: Provider | null, open: boolean): Way {
  const report = inbox?.about?.kind === 'mail' ? inbox.about : null
  return {
    report,
    provider,
    signIn: report ? report.login === 'sign-in' : provider?.login === 'oauth' && provider.signIn,
    servers: open || (!report && !provider),
  }
}

const isNumber = (text: string, least: number, most: number): boolean =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most

const loopback = /^(?:localhost|127(?:\.\d+){3}|::1)$/

/** What can be said before the hub is asked. */
export function problemsOf(values: MailValues, { report, signIn, servers }: Way): MailProblems {
  const found: MailProblems = {}
  if (!report && signIn && values.clientId.trim() === '') found.clientId = 'client-id-missing'
  if (!report && !signIn && values.password === '') found.password = 'password-missing'
  for (const side of ['imap', 'smtp'] as const) {
    const { host, port, security } = values[side]
    // A mailbox of an earlier day may be without one of them.
    if (!servers || (report && !report[side] && host.trim() === '')) continue
    if (host.trim() === '') found[`${side}.host`] = 'host-missing'
    if (!isNumber(port, 1, 65535)) found[`${side}.port`] = 'port-wrong'
    if (security === 'none' && !loopback.test(host.trim())) found[`${side}.security`] = 'not-encrypted'
  }
  if (!isNumber(values.history, 0, 3650)) found.history = 'history-wrong'
  return found
}

/** The field that the hub names, with what to say there; null when it is about the whole. */
export function problemOf(fault: Fault, report: MailReport | null): [MailField, Problem] | null {
  if (fault.kind !== 'invalid') return null
  switch (fault.params?.field) {
    case 'address':
      return ['address', fault.params.code === 'taken' ? 'taken' : 'address-wrong']
    case 'password':
      return ['password', report ? 'password-again' : 'password-missing']
    case 'imap':
      return ['imap.host', 'host-missing']
    case 'imap.security':
      return ['imap.security', 'not-encrypted']
    case 'smtp.security':
      return ['smtp.security', 'not-encrypted']
    case 'signIn':
      return ['clientId', 'client-id-missing']
    default:
      return null
  }
}

export function wishOf(
  inbox: InboxReport | null,
  values: MailValues,
  { report, signIn, servers }: Way,
): MailWish {
  const server = ({ host, port, security }: ServerValues): MailServer => ({
    host: host.trim(),
    port: Number(port),
    security,
  })
  const folders = values.folders
    .split(/[,，]/)
    .map(folder => folder.trim())
    .filter(Boolean)
  const reads = !report || report.imap !== null
  return {
    inboxId: inbox?.inboxId ?? null,
    address: values.address.trim(),
    name: values.name.trim() || values.address.trim(),
    signature: values.signature,
    ...(servers && values.imap.host.trim() ? { imap: server(values.imap) } : {}),
    ...(servers && values.smtp.host.trim() ? { smtp: server(values.smtp) } : {}),
    ...(values.user.trim() ? { user: values.user.trim() } : {}),
    ...(!signIn && values.password ? { password: values.password } : {}),
    ...(signIn && values.clientId.trim() ? { signIn: { clientId: values.clientId.trim() } } : {}),
    ...(reads && folders.length > 0 ? { folders } : {}),
    ...(reads ? { historyDays: Number(values.history), markSeen: values.seen } : {}),
  }
}
