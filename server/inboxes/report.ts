/** How inboxes are, for administrators: everything but their secrets. */
import type { Inbox } from '#shared/model/inbox.ts'
import type { ChatReport, FolderState, InboxReport, MailReport } from '#shared/protocol/inboxes.ts'
import type { ChatSettings } from '../channels/chat/settings.ts'
import { MailboxStatus, STATUS_NOTE } from '../channels/email/imap/status.ts'
import type { EmailSettings, SmtpRoute } from '../channels/email/settings.ts'
import type { Held } from '../held/held.ts'
import { type AccountDeps, accountOf } from '../inbound/accounts.ts'

export interface ReportDeps extends AccountDeps {
  held?: Held | undefined
}

export async function reportOf(deps: ReportDeps, inbox: Inbox): Promise<InboxReport> {
  const { id: inboxId, channel, name, address, signature, active } = inbox
  return { inboxId, channel, name, address, signature, active, about: await aboutOf(deps, inbox) }
}

async function aboutOf(deps: ReportDeps, inbox: Inbox): Promise<InboxReport['about']> {
  const account = await accountOf(deps, inbox).catch(() => null)
  if (account && inbox.channel === 'chat') return chatReport(account.settings as ChatSettings)
  if (account && inbox.channel === 'email')
    return mailReport(account.settings as EmailSettings, await foldersOf(deps, inbox))
  return null
}

async function foldersOf({ held }: ReportDeps, inbox: Inbox): Promise<FolderState[]> {
  const status = MailboxStatus.safeParse(await held?.note(inbox.id, STATUS_NOTE))
  if (!status.success) return []
  return status.data.folders.map(({ folder, connectedSince, lastMailAt, troubled, error }) => ({
    ...{ folder, lastMailAt, troubled },
    // A note outlives the pause that it was written before.
    connectedSince: inbox.active ? connectedSince : null,
    trouble: error && { kind: error.kind, detail: error.detail },
  }))
}

const serverOf = ({ host, port, security }: SmtpRoute) => ({ host, port, security })

function mailReport({ imap, smtp, oauth }: EmailSettings, folders: FolderState[]): MailReport {
  return {
    kind: 'mail',
    imap: imap
      ? {
          ...serverOf(imap),
          ...{
            user: imap.user,
            folders: imap.folders,
            historyDays: imap.historyDays,
            markSeen: imap.markSeen,
          },
        }
      : null,
    smtp: smtp && serverOf(smtp),
    login: oauth ? 'sign-in' : imap?.password || smtp?.password ? 'password' : 'none',
    folders: folders.filter(({ folder }) => imap?.folders.includes(folder)),
  }
}

function chatReport({ secret: _kept, ...look }: ChatSettings): ChatReport {
  return { kind: 'chat', ...look }
}
