/**
 * An administrator sets up a mailbox from a desk: it is tried step by step, and saved only when all of it works. What they typed
 * is used here and sealed; nothing of it is told again or logged.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Id } from '#shared/model/base.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import { type Fault, type FaultKind, fault } from '#shared/protocol/fault.ts'
import type { MailWish, SetUpStep } from '#shared/protocol/inboxes.ts'
import type { Account } from '../channels/channel.ts'
import { checkAccount } from '../channels/email/imap/check.ts'
import type { Timing } from '../channels/email/imap/timing.ts'
import { troubleOf } from '../channels/email/imap/trouble.ts'
import type { Preset } from '../channels/email/presets.ts'
import type { EmailSettings, OAuth } from '../channels/email/settings.ts'
import { signIn } from '../channels/email/sign-in.ts'
import { type AccountDeps, accountOf, saveSettings } from '../inbound/accounts.ts'
import type { Store } from '../store/store.ts'
import { accountFrom, hintFor, isReadable, lacksSecret, mailSettings, presetFor } from './mail.ts'
import { addInbox, type By, changeInbox, newInbox } from './rows.ts'

export interface SetUpDeps extends AccountDeps {
  store: Store
  newId(): Id
  /** Who keeps a mailbox; by its domain and its mail exchangers when not given. */
  providers?: ((address: string) => Promise<Preset | null>) | undefined
  timing?: Partial<Timing> | undefined
}

export interface Attempt {
  by: By
  tell(step: SetUpStep): void
  /** Nobody waits for it any more: it ends, and changes nothing. */
  signal: AbortSignal
}

/** Ends the attempt with this word. */
class Refused extends Error {
  readonly fault: Fault
  constructor(kind: FaultKind, params: NonNullable<Fault['params']> = {}) {
    super(kind)
    this.fault = fault(kind, { params })
  }
}

/** Tells the steps and, unless it was given up, an end. */
export async function setUpMail(deps: SetUpDeps, wish: MailWish, attempt: Attempt): Promise<void> {
  await toItsEnd(attempt, async () => {
    const there = wish.inboxId === null ? null : await mailInbox(deps, wish.inboxId)
    const address = there?.inbox.address ?? wish.address
    if (!there && (await deps.store.all('inbox')).some(each => each.address === address))
      throw new Refused('invalid', { field: 'address', code: 'taken' })
    const before = there?.account.settings ?? { smtp: null }
    const known = await (deps.providers ?? presetFor)(address)
    const { imap, smtp, user, password, signIn: app, folders, historyDays, markSeen } = wish
    if (imap && isReadable(imap)) throw new Refused('invalid', { field: 'imap.security' })
    if (smtp && isReadable(smtp)) throw new Refused('invalid', { field: 'smtp.security' })
    if (!there && !known && !imap) throw new Refused('invalid', { field: 'imap' })
    const oauth = app ? await signedIn(known, app.clientId, attempt) : undefined
    if (oauth === null) return attempt.tell({ t: 'unchanged', hint: known?.hint ?? null })
    const settings = mailSettings(
      address,
      defined({ imap, smtp, user, password, oauth, folders, historyDays, markSeen }),
      before,
      there ? null : known,
    )
    if (password === undefined && !oauth && lacksSecret(before, settings))
      throw new Refused('invalid', { field: 'password' })

    const inbox =
      there?.inbox ?? newInbox(defined({ ...named(wish), id: deps.newId(), channel: 'email', address }))
    const account = accountFrom(inbox, settings, oauth || !there ? undefined : keepToken(there.account))
    if (!(await tried(deps, account, known, attempt))) return
    attempt.tell({ t: 'begun', step: 'save' })
    // Settings first: an inbox that is there can send. A provider may have replaced the refresh token while it was tried.
    await saveSettings(deps, inbox.id, account.settings)
    if (there) await changeInbox(deps, inbox, named(wish), attempt.by)
    else await addInbox(deps, inbox, attempt.by)
    attempt.tell({ t: 'done', step: 'save' })
    attempt.tell({ t: 'ready', inboxId: inbox.id })
  })
}

/** Tries what is saved. */
export async function checkMail(deps: SetUpDeps, inboxId: Id, attempt: Attempt): Promise<void> {
  await toItsEnd(attempt, async () => {
    const { account } = await mailInbox(deps, inboxId)
    if (await tried(deps, account, null, attempt)) attempt.tell({ t: 'ready', inboxId })
  })
}

async function toItsEnd({ tell, signal }: Attempt, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof Refused)) throw error
    tell({ t: 'fault', fault: error.fault })
  }
}

async function mailInbox(
  deps: SetUpDeps,
  id: Id,
): Promise<{ inbox: Inbox; account: Account<EmailSettings> }> {
  const [inbox] = await deps.store.read('inbox', [id])
  if (inbox?.channel !== 'email') throw new Refused('not-found')
  return { inbox, account: (await accountOf(deps, inbox)) as Account<EmailSettings> }
}

/** False when something does not work, or nobody waits any more. */
async function tried(
  deps: SetUpDeps,
  account: Account<EmailSettings>,
  known: Preset | null,
  { tell, signal }: Attempt,
): Promise<boolean> {
  const checked = await checkAccount(account, deps.timing, tell)
  signal.throwIfAborted()
  const all = checked.every(({ ok }) => ok)
  if (!all) tell({ t: 'unchanged', hint: hintFor(account.address, known, checked) })
  return all
}

/** Null when the provider or the person says no; that has been told. */
async function signedIn(
  known: Preset | null,
  clientId: string,
  { tell, signal }: Attempt,
): Promise<OAuth | null> {
  const { deviceUrl, tokenUrl, scope } = known?.oauth ?? {}
  if (!deviceUrl || !tokenUrl || !scope) throw new Refused('invalid', { field: 'signIn' })
  tell({ t: 'begun', step: 'sign-in', server: new URL(deviceUrl).host })
  try {
    const oauth = await signIn(
      { deviceUrl, tokenUrl, scope, clientId },
      prompt => tell({ t: 'word', ...prompt }),
      milliseconds => pause(milliseconds, undefined, { signal }),
    )
    tell({ t: 'done', step: 'sign-in' })
    return oauth
  } catch (error) {
    signal.throwIfAborted()
    const { kind, detail } = troubleOf(error)
    tell({ t: 'failed', step: 'sign-in', trouble: { kind, detail } })
    return null
  }
}

/** A refresh token that was changed for a new one is kept whatever becomes of the attempt: the old one is spent. */
const keepToken =
  ({ settings, saveSettings: save }: Account<EmailSettings>) =>
  async (next: EmailSettings): Promise<void> =>
    save?.({ ...settings, oauth: next.oauth })

const named = ({ name, signature }: MailWish) => defined({ name, signature })

/** Without what is undefined. */
const defined = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
