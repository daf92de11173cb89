import type { ImapFlow, MailboxLockObject } from 'imapflow'
import { within } from './connect.ts'
import { MailTrouble, troubleOf } from './trouble.ts'

const MISSING = /NONEXISTENT|TRYCREATE|doesn't exist|not found|unknown mailbox|not exist/i

/** Opens a folder, with a lock: so the library knows that the line may be quiet. Throws MailTrouble. */
export async function openFolder(
  client: ImapFlow,
  folder: string,
  readOnly: boolean,
  silence: number,
): Promise<MailboxLockObject> {
  try {
    return await within(client, silence, client.getMailboxLock(folder, { readOnly }))
  } catch (error) {
    const trouble = troubleOf(error)
    const { code } = error as { code?: string }
    throw code === 'NotFound' || (trouble.kind === 'other' && MISSING.test(trouble.detail))
      ? new MailTrouble('no-folder', folder)
      : trouble
  }
}
