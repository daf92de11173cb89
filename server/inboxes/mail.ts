/** A mailbox as somebody wants it: from an address and a secret to settings that were tried. For the form and the command. */
import { resolveMx } from 'node:dns/promises'
import type { Id } from '#shared/model/base.ts'
import type { Provider } from '#shared/protocol/inboxes.ts'
import type { Account } from '../channels/channel.ts'
import type { Checked } from '../channels/email/imap/check.ts'
import { type Preset, presetOf } from '../channels/email/presets.ts'
import { EmailSettings, ImapRoute, isLoopback, type OAuth, SmtpRoute } from '../channels/email/settings.ts'

/** What is given here counts, then what was there, then what is known about the provider. */
export interface MailGiven {
  /** Whole routes, or only where the server is. */
  imap?: Partial<ImapRoute> | null
  smtp?: Partial<SmtpRoute> | null
  /** The login on both sides. */
  user?: string
  /** A new secret on both sides: one or the other. */
  password?: string
  oauth?: OAuth | null
  ca?: string
  folders?: string[]
  historyDays?: number
  markSeen?: boolean
  trusts?: string
}

const noSettings: EmailSettings = { smtp: null }

/** Throws where a server is named that is none by its form; whoever calls has looked at that. */
export function mailSettings(
  address: string,
  given: MailGiven,
  before: EmailSettings = noSettings,
  known: Preset | null = null,
): EmailSettings {
  const oauth = given.oauth ?? (given.password ? null : before.oauth)
  const login = (route: ImapRoute | SmtpRoute, needed: boolean) => ({
    ...route,
    user: given.user || route.user || (needed || given.password || oauth ? address : ''),
    password: oauth ? '' : given.password || route.password,
    ...(given.ca ? { ca: given.ca } : {}),
  })
  const imap = routeOf(ImapRoute, given.imap, before.imap, known && { ...known.imap, sent: known.sent })
  const smtp = routeOf(SmtpRoute, given.smtp, before.smtp, known?.smtp)
  const { folders, historyDays, markSeen } = given
  const trusts = given.trusts ?? before.trusts ?? known?.trusts
  return EmailSettings.parse({
    smtp: smtp && login(smtp, false),
    ...(imap
      ? {
          imap: {
            ...login(imap, true),
            ...(folders ? { folders } : {}),
            ...(historyDays === undefined ? {} : { historyDays }),
            ...(markSeen === undefined ? {} : { markSeen }),
          },
        }
      : {}),
    ...(oauth ? { oauth } : {}),
    ...(trusts ? { trusts } : {}),
  })
}

/** Another server is not told the secret of the one before; what was chosen besides stays. */
function routeOf<R extends ImapRoute | SmtpRoute>(
  schema: { parse(value: unknown): R },
  given: Partial<R> | null | undefined,
  before: R | null | undefined,
  known: Partial<R> | null | undefined,
): R | null {
  if (given === null) return null
  if (before) {
    const same = given?.host === undefined || given.host === before.host
    return schema.parse({ ...before, ...(same ? {} : { password: '' }), ...given })
  }
  if (given?.host === undefined || given.host === known?.host)
    return known ? schema.parse({ ...known, ...given }) : null
  return schema.parse(given)
}

/** Whether a secret must be typed: there is none for one of the servers, or the permission was given for others. */
export function lacksSecret(before: EmailSettings, after: EmailSettings): boolean {
  const { imap, smtp, oauth } = after
  if (oauth) return imap?.host !== before.imap?.host || smtp?.host !== before.smtp?.host
  return imap?.password === '' || (smtp != null && smtp.user !== '' && smtp.password === '')
}

/** Readable on the line: allowed to the hub's own machine only. */
export const isReadable = ({ host, security }: Pick<SmtpRoute, 'host' | 'security'>): boolean =>
  security === 'none' && !isLoopback(host)

/** Who keeps the mailbox, by the address or by who takes the domain's mail. Null: nobody we know. */
export async function presetFor(address: string): Promise<Preset | null> {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const known = presetOf(address)
  if (known) return known
  const exchangers = await resolveMx(domain).catch(() => [])
  return presetOf(
    address,
    exchangers.map(({ exchange }) => exchange),
  )
}

/** As a form shows it. */
export const providerOf = ({ id, name, imap, smtp, login, oauth, hint }: Preset): Provider => ({
  ...{ id, name, imap, smtp, login, hint },
  signIn: oauth?.deviceUrl !== undefined,
})

/** What the provider wants one to do first, where that may be what failed. */
export function hintFor(address: string, known: Preset | null, checked: readonly Checked[]) {
  const secret = checked.some(each => !each.ok && /password|oauth|imap-off|unsafe|sign-in/.test(each.kind))
  return secret ? ((known ?? presetOf(address))?.hint ?? null) : null
}

/** An account that is not there yet, to be tried. */
export const accountFrom = (
  inbox: { id: Id; name: string; address: string; signature: string },
  settings: EmailSettings,
  saveSettings?: Account<EmailSettings>['saveSettings'],
): Account<EmailSettings> => ({
  ...{ id: inbox.id, channel: 'email', name: inbox.name, address: inbox.address, signature: inbox.signature },
  settings,
  ...(saveSettings ? { saveSettings } : {}),
})
