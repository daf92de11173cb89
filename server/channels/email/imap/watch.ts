/**
 * One folder of one mailbox, watched for as long as the hub holds the account: connect, take what is new, wait for more,
 * and after any trouble begin again. A server's word that something happened only makes it look sooner: each look asks for
 * everything above the last UID, so a notice that was lost on a line that died in silence costs minutes, never a mail.
 */
import type { ImapFlow } from 'imapflow'
import type { Account } from '../../channel.ts'
import type { EmailSettings } from '../settings.ts'
import { openImap, within } from './connect.ts'
import { FolderState } from './folder-state.ts'
import { openFolder } from './open-folder.ts'
import type { FolderStatus } from './status.ts'
import { NotNow, type TakeDeps, takeNew } from './take.ts'
import { pause, type Timing } from './timing.ts'
import { MailTrouble, type TroubleKind, troubleOf } from './trouble.ts'

export interface WatchDeps extends Pick<TakeDeps, 'deliver' | 'now' | 'report' | 'turn'> {
  note(name: string): Promise<unknown>
  /** Throws when another hub has taken over. */
  putNote(name: string, doc: object): Promise<void>
  tell(folder: string, change: Partial<FolderStatus>): void
  timing: Timing
}

/** Asking again quickly changes nothing, and has the provider lock the account. */
const FOR_A_PERSON: readonly TroubleKind[] = [
  'wrong-password',
  'app-password',
  'sign-in-again',
  'oauth-refused',
  'imap-off',
  'unsafe-login',
  'too-many',
]

/** Runs until `signal` ends it; never rejects. */
export async function watchFolder(
  account: Account<EmailSettings>,
  folder: string,
  deps: WatchDeps,
  signal: AbortSignal,
): Promise<void> {
  const { timing, now } = deps
  let failures = 0
  while (!signal.aborted) {
    let client: ImapFlow | undefined
    let hopeless = false
    const end = () => client?.close()
    signal.addEventListener('abort', end)
    try {
      client = await openImap(account, timing)
      if (signal.aborted) break
      await stay(client, account, folder, deps, signal, () => {
        failures = 0
      })
    } catch (error) {
      if (signal.aborted) break
      const trouble =
        error instanceof NotNow ? new MailTrouble('other', `hub: ${error.message}`) : troubleOf(error)
      deps.report('imap-trouble', `${trouble.kind} ${account.id}`)
      const { kind, detail } = trouble
      hopeless = FOR_A_PERSON.includes(kind)
      deps.tell(folder, { connectedSince: null, error: { kind, detail, at: now() } })
    } finally {
      signal.removeEventListener('abort', end)
      client?.close()
    }
    const wait = timing.backoff * 2 ** Math.min(failures++, 16)
    await pause(hopeless ? timing.backoffMost : Math.min(timing.backoffMost, wait), signal)
  }
  deps.tell(folder, { connectedSince: null })
}

/** Stays connected until something goes wrong, which is thrown. */
async function stay(
  client: ImapFlow,
  account: Account<EmailSettings>,
  folder: string,
  deps: WatchDeps,
  signal: AbortSignal,
  well: () => void,
): Promise<void> {
  const { timing } = deps
  let stirred = false
  let wake = () => {}
  const stir = () => {
    stirred = true
    wake()
  }
  client.on('exists', stir)
  client.on('close', stir)
  await openFolder(client, folder, account.settings.imap?.markSeen !== true, timing.silence)
  const known = FolderState.safeParse(await deps.note(noteName(folder)))
  let state = known.success ? known.data : undefined
  deps.tell(folder, { connectedSince: deps.now(), error: null })
  while (!signal.aborted) {
    stirred = false
    state = await takeNew(client, account, state, {
      ...deps,
      silence: timing.silence,
      signal,
      async save(next) {
        await deps.putNote(noteName(folder), next)
        state = next
        well()
      },
      taken: at => deps.tell(folder, { lastMailAt: at }),
    })
    well()
    deps.tell(folder, { checkedAt: state.checkedAt, troubled: state.troubled.length })
    if (!stirred) {
      const idle = client.capabilities.has('IDLE')
      const change = new Promise<void>(resolve => {
        wake = resolve
      })
      // Ends by itself when the server ends it, and by the next command.
      if (idle) void client.idle().then(stir, stir)
      const over = new AbortController()
      const timer = pause(idle ? timing.renew : timing.poll, AbortSignal.any([signal, over.signal]))
      await Promise.race([change, timer])
      over.abort()
    }
    if (signal.aborted) return
    if (!client.usable) throw new MailTrouble('closed', client.byeReason ?? '')
    // Ends IDLE, shows whether anybody is there, and has a server without IDLE say what is new.
    await within(client, timing.silence, client.noop())
  }
}

const noteName = (folder: string): string => `folder ${folder}`
