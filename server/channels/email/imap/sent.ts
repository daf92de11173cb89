import type { ImapFlow } from 'imapflow'
import type { Account, Filed, Outgoing } from '../../channel.ts'
import { composeMail } from '../compose.ts'
import { messageIdOf } from '../message-id.ts'
import { filesOf } from '../send.ts'
import type { EmailSettings } from '../settings.ts'
import { openImap, within } from './connect.ts'
import { openFolder } from './open-folder.ts'
import { TIMING, type Timing } from './timing.ts'
import { MailTrouble, troubleOf } from './trouble.ts'

/** Milliseconds for the copy to go up. */
const APPEND_WITHIN = 10 * 60_000

/**
 * Puts a copy of a sent mail into the mailbox's Sent folder, unless one is there: by an earlier attempt whose answer was
 * lost, or by a provider that does it itself. Found by Message-ID, which is the same at every attempt. Never rejects.
 */
export async function fileInSent(
  outgoing: Outgoing,
  account: Account<EmailSettings>,
  over: Partial<Timing> = {},
): Promise<Filed> {
  const { imap } = account.settings
  if (imap?.sent !== 'by-us') return { kind: 'nothing' }
  const timing = { ...TIMING, ...over }
  let client: ImapFlow | undefined
  try {
    client = await openImap(account, timing)
    const folder = imap.sentFolder || (await sentFolder(client, timing.silence))
    await openFolder(client, folder, false, timing.silence)
    const id = messageIdOf(outgoing.itemId, account.address)
    const query = { header: { 'Message-ID': `<${id}>` } }
    const there = await within(client, timing.silence, client.search(query, { uid: true }))
    if (Array.isArray(there) && there.length > 0) return { kind: 'there-already' }
    const files = await filesOf(outgoing)
    const { bytes } = await composeMail(outgoing, account, files)
    const written = new Date(outgoing.writtenAt)
    const done = await within(client, APPEND_WITHIN, client.append(folder, bytes, ['\\Seen'], written))
    if (!done) throw new MailTrouble('other', 'APPEND')
    return { kind: 'filed' }
  } catch (error) {
    const { kind, detail } = troubleOf(error)
    return { kind: 'failed', retryable: kind !== 'no-folder', detail: `${kind} ${detail}`.trim() }
  } finally {
    await client?.logout().catch(() => undefined)
    client?.close()
  }
}

/** The folder the server calls \Sent (RFC 6154), or whose name says so in one of many languages. */
export async function sentFolder(client: ImapFlow, silence: number): Promise<string> {
  const folders = await within(client, silence, client.list())
  const sent = folders.find(({ specialUse }) => specialUse === '\\Sent')
  if (sent) return sent.path
  throw new MailTrouble('no-folder', 'Sent')
}
