/** A chat as somebody wants it: for the form and the command. */
import { randomBytes } from 'node:crypto'
import type { Inbox } from '#shared/model/inbox.ts'
import type { ChatLook, ChatMade } from '#shared/protocol/inboxes.ts'
import { ChatSettings } from '../channels/chat/settings.ts'
import { type AccountDeps, accountOf, saveSettings } from '../inbound/accounts.ts'
import type { Store } from '../store/store.ts'
import { addInbox, type By, changeInbox, newInbox } from './rows.ts'

export interface ChatDeps extends AccountDeps {
  store: Store
  newId(): string
}

/** Throws a ZodError that names the field: a colour that is none, words that are too long. */
export const chatSettings = (look: Partial<ChatLook>, before: Partial<ChatSettings> = {}): ChatSettings =>
  ChatSettings.parse({ ...before, ...look })

const newSecret = (): string => randomBytes(32).toString('base64url')

/** The secret is told here and never again. */
export async function addChat(
  deps: ChatDeps,
  name: string,
  look: Partial<ChatLook>,
  by: By = null,
): Promise<ChatMade & { secret: string }> {
  const secret = newSecret()
  const settings = chatSettings(look, { secret })
  // Public: it stands in every page. Random, so that nobody finds inboxes by trying.
  const address = `web-${randomBytes(6).toString('hex')}`
  const inbox = newInbox({ id: deps.newId(), channel: 'chat', name, address })
  await saveSettings(deps, inbox.id, settings)
  await addInbox(deps, inbox, by)
  return { inboxId: inbox.id, address, secret }
}

export async function changeChat(
  deps: ChatDeps,
  inbox: Inbox,
  { name, look, renewSecret = false }: { name?: string; look: Partial<ChatLook>; renewSecret?: boolean },
  by: By = null,
): Promise<ChatMade> {
  const { settings } = await accountOf(deps, inbox)
  const secret = renewSecret ? newSecret() : null
  const next = chatSettings(look, settings as ChatSettings)
  await saveSettings(deps, inbox.id, secret ? { ...next, secret } : next)
  await changeInbox(deps, inbox, name ? { name } : {}, by)
  return { inboxId: inbox.id, address: inbox.address, secret }
}

/** A site as a browser names it, `https://www.example.com`; null when it is none. */
export function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === ''
    ? url.origin
    : null
}
