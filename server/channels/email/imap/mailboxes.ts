/**
 * Every mailbox of this hub's inboxes, held by one hub at a time (S20). A look every few seconds finds accounts that were
 * added, changed or removed, prolongs the leases of those held and takes those that are free. A lease that could not be
 * prolonged in time is given up before another hub can have it.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Account, HeldHost, ReceiveHost } from '../../channel.ts'
import type { EmailSettings } from '../settings.ts'
import { type FolderStatus, MailboxStatus, STATUS_NOTE, silentFolder } from './status.ts'
import { pause, TIMING, type Timing } from './timing.ts'
import { watchFolder } from './watch.ts'

/** Mails read into memory at once, over all accounts. */
const AT_ONCE = 2

interface Mailbox {
  account: Account<EmailSettings>
  fence: number
  /** By this hub's clock that never jumps; from here on another hub may have it. */
  until: number
  ended: AbortController
  done: Promise<void>
}

export function holdMailboxes(host: ReceiveHost & { held: HeldHost }, over: Partial<Timing> = {}) {
  const timing = { ...TIMING, ...over }
  const stopped = new AbortController()
  const mailboxes = new Map<string, Mailbox>()
  const turn = turns(AT_ONCE)

  async function look(): Promise<void> {
    const accounts = new Map<string, Account<EmailSettings>>()
    for (const account of (await host.held.accounts()) as Account<EmailSettings>[])
      if (account.settings.imap) accounts.set(account.id, account)
    for (const [id, { account }] of mailboxes) {
      const now = accounts.get(id)
      if (!now || !same(account, now)) await leave(id)
      // Replaced by whoever needed a token last, perhaps for sending, perhaps on another hub.
      else if (account.settings.oauth && now.settings.oauth)
        account.settings.oauth.refreshToken = now.settings.oauth.refreshToken
    }
    for (const account of accounts.values()) await hold(account)
  }

  async function hold(account: Account<EmailSettings>): Promise<void> {
    const asked = performance.now()
    const fence = await host.held.lease(account.id, timing.lease)
    const mailbox = mailboxes.get(account.id)
    // Begun anew at the next look.
    if (mailbox && (fence !== mailbox.fence || mailbox.ended.signal.aborted)) return leave(account.id)
    if (fence === null || stopped.signal.aborted) return
    const until = asked + timing.lease
    if (mailbox) mailbox.until = until
    else mailboxes.set(account.id, start(account, fence, until))
  }

  function start(account: Account<EmailSettings>, fence: number, until: number): Mailbox {
    const ended = new AbortController()
    const folders = account.settings.imap?.folders ?? []
    const status = new Map<string, FolderStatus>(folders.map(folder => [folder, silentFolder(folder)]))
    const putNote = async (name: string, doc: object): Promise<void> => {
      if (await host.held.putNote(account.id, name, doc, fence)) return
      ended.abort()
      throw new Error('another hub holds this account')
    }
    const tellLater = later(() => putNote(STATUS_NOTE, { folders: [...status.values()] }))
    const watches = folders.map(folder =>
      watchFolder(
        account,
        folder,
        {
          deliver: inbound =>
            host.deliver(inbound).catch(() => ({ ok: false, retryable: true, detail: 'internal' }) as const),
          now: host.held.now,
          report: (kind, detail) => host.report({ kind, detail }),
          turn,
          note: name => host.held.note(account.id, name),
          putNote,
          tell(of, change) {
            status.set(of, { ...(status.get(of) ?? silentFolder(of)), ...change })
            tellLater()
          },
          timing,
        },
        ended.signal,
      ),
    )
    const before = host.held.note(account.id, STATUS_NOTE).then(
      doc => {
        const known = MailboxStatus.safeParse(doc)
        for (const { folder, lastMailAt } of known.success ? known.data.folders : []) {
          const now = status.get(folder)
          if (now) now.lastMailAt ??= lastMailAt
        }
      },
      () => undefined,
    )
    return {
      account,
      fence,
      until,
      ended,
      done: Promise.all([...watches, before]).then(() => tellLater.done()),
    }
  }

  async function leave(id: string): Promise<void> {
    const mailbox = mailboxes.get(id)
    if (!mailbox) return
    mailboxes.delete(id)
    mailbox.ended.abort()
    await mailbox.done
    await host.held.release(id).catch(() => undefined)
  }

  const running = (async () => {
    const every = Math.min(timing.accounts, timing.lease / 3)
    while (!stopped.signal.aborted) {
      await look().catch(() => host.report({ kind: 'imap-look', detail: 'the database does not answer' }))
      await pause(every, stopped.signal)
    }
  })()
  const guard = setInterval(() => {
    for (const { until, ended } of mailboxes.values())
      if (performance.now() >= until - timing.lease / 6) ended.abort()
  }, timing.lease / 10)

  return {
    async close(): Promise<void> {
      stopped.abort()
      clearInterval(guard)
      await running
      await Promise.all([...mailboxes.keys()].map(leave))
    },
  }
}

/** Settings that were changed by us alone (a refresh token for a new one) need no new connection. */
function same(one: Account<EmailSettings>, other: Account<EmailSettings>): boolean {
  const bare = ({ id, address, settings }: Account<EmailSettings>) => ({
    id,
    address,
    imap: settings.imap,
    oauth: settings.oauth && { ...settings.oauth, refreshToken: '' },
  })
  return isDeepStrictEqual(bare(one), bare(other))
}

/** At most so many pieces of work at a time, first come first served. */
function turns(most: number) {
  let free = most
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

/** Runs `work` after a change, one at a time; several changes at once are one. What fails is tried with the next change. */
function later(work: () => Promise<void>) {
  let wanted = false
  let running: Promise<void> | null = null
  const run = async () => {
    while (wanted) {
      wanted = false
      await work().catch(() => undefined)
    }
    running = null
  }
  const ask = () => {
    wanted = true
    running ??= Promise.resolve().then(run)
  }
  ask.done = async () => {
    while (running) await running
  }
  return ask
}
