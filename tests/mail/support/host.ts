/** What the hub hands to its mail channel, in memory: two of these with the same `held` are two hubs on one database. */
import { uuidv7 } from 'uuidv7'
import type { Account, Delivered, HeldHost, Inbound, ReceiveHost } from '../../../server/channels/channel.ts'
import { EmailSettings } from '../../../server/channels/email/settings.ts'
import type { Held } from '../../../server/held/held.ts'
import { memoryHeld } from '../../../server/held/memory.ts'

export function account(address: string, settings: object): Account<EmailSettings> {
  return {
    id: `inbox of ${address}`,
    channel: 'email',
    name: 'Support',
    address,
    signature: '',
    settings: EmailSettings.parse(settings),
  }
}

export interface HostOptions {
  accounts: Account<EmailSettings>[]
  held?: Held
  now?: () => number
  /** Null: taken as usual. */
  answer?: (inbound: Inbound) => Delivered | null
}

export function memoryHost({ accounts, now = Date.now, held = memoryHeld(now), answer }: HostOptions) {
  const holder = uuidv7()
  const taken: Inbound[] = []
  const reports: string[] = []
  const known = new Set<string>()
  const host: ReceiveHost & { held: HeldHost } = {
    inboxByAddress: async () => null,
    mailbox: async () => null,
    async deliver(inbound) {
      const other = answer?.(inbound)
      if (other) return other
      const { key, copy } = inbound
      const named = (name: string): string => `${inbound.inboxId} ${name}`
      const duplicate = [key, ...(copy?.others ?? [])].some(name => known.has(named(name)))
      if (!duplicate) {
        for (const name of [key, ...(copy ? [copy.name] : [])]) known.add(named(name))
        taken.push(inbound)
      }
      return { ok: true, duplicate }
    },
    report: ({ kind, detail }) => reports.push(`${kind} ${detail}`),
    held: {
      accounts: async () => accounts,
      lease: (inboxId, milliseconds) => held.take(inboxId, holder, milliseconds),
      release: inboxId => held.release(inboxId, holder),
      note: (inboxId, name) => held.note(inboxId, name),
      putNote: (inboxId, name, doc, fence) => held.putNote(inboxId, name, doc, fence),
      now,
    },
  }
  return { host, taken, reports, held, accounts, subjects: () => taken.map(({ subject }) => subject) }
}
