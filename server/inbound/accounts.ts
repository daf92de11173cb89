/** The settings of inboxes: sealed in the vault, opened only where a channel needs them, never in a row. */
import type { Inbox } from '#shared/model/inbox.ts'
import type { Secrets } from '../auth/secrets.ts'
import type { Vault } from '../auth/vault.ts'
import type { Account, Channel } from '../channels/channel.ts'

export interface AccountDeps {
  vault: Vault
  secrets: Secrets
  channels: ReadonlyMap<string, Channel>
}

const purpose = (inboxId: string): string => `inbox ${inboxId}`

/** An inbox as its channel sees it. Throws when its settings were sealed with another key. */
export async function accountOf(deps: AccountDeps, inbox: Inbox): Promise<Account> {
  const { vault, secrets, channels } = deps
  const channel = channels.get(inbox.channel)
  const sealed = await vault.settings(inbox.id)
  const settings: unknown = sealed === undefined ? {} : JSON.parse(secrets.open(purpose(inbox.id), sealed))
  const { id, name, address, signature } = inbox
  return {
    id,
    channel: inbox.channel,
    name,
    address,
    signature,
    settings: channel ? channel.settings.parse(settings) : settings,
    saveSettings: next => saveSettings(deps, id, next),
  }
}

export async function saveSettings(
  { vault, secrets }: Omit<AccountDeps, 'channels'>,
  inboxId: string,
  settings: unknown,
) {
  await vault.putSettings(inboxId, secrets.seal(purpose(inboxId), JSON.stringify(settings)))
}
