/** Shared by the tests of this folder: the fixtures, a host that remembers, and a real SMTP client for raw bytes. */
import { globSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Account, Delivered, Inbound, ReceiveHost } from '../channel.ts'

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/mail')

export function fixtureNames(): string[] {
  return globSync('*/**/*', { cwd: FOLDER, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(FOLDER, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

export function fixture(name: string): Buffer {
  return readFileSync(join(FOLDER, name))
}

export function account(address = 'support@skein.example', over: Partial<Account> = {}): Account {
  return {
    id: `inbox of ${address}`,
    channel: 'email',
    name: 'Support',
    address,
    signature: '',
    settings: {},
    ...over,
  }
}

/** Keeps what it is handed, once for each inbox and key, as the hub does. */
export function rememberingHost(
  accounts: Account[],
  answer: (inbound: Inbound) => Promise<Delivered | null> = async () => null,
) {
  const taken: Inbound[] = []
  const reports: string[] = []
  const known = new Set<string>()
  const host: ReceiveHost = {
    inboxByAddress: async address => accounts.find(one => one.address === address) ?? null,
    mailbox: async () => null,
    async deliver(inbound) {
      const other = await answer(inbound)
      if (other) return other
      const key = `${inbound.inboxId} ${inbound.key}`
      const duplicate = known.has(key)
      if (!duplicate) taken.push(inbound)
      known.add(key)
      return { ok: true, duplicate }
    },
    report: event => reports.push(event.kind),
  }
  const forget = () => {
    taken.length = 0
    known.clear()
  }
  return { host, taken, reports, forget }
}

export type Answer = { code: number; text: string }

/** A real SMTP client over one connection: hands over raw bytes, and says what the server answered. */
export async function smtpClient(port: number) {
  const connection = new SMTPConnection({
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    name: 'client.example',
    socketCloseTimeout: 0,
  })
  connection.on('error', () => undefined)
  await new Promise<void>((resolve, reject) =>
    connection.connect(error => (error ? reject(error) : resolve())),
  )
  return {
    deliver: (to: string[], bytes: Uint8Array, from = 'someone@elsewhere.example') =>
      new Promise<Answer>((resolve, reject) => {
        connection.send({ from, to }, Buffer.from(bytes), (error, info) => {
          const text = error ? (error.response ?? '') : (info?.response ?? '')
          if (error && !error.responseCode) reject(error)
          else resolve({ code: Number(text.slice(0, 3)), text })
        })
      }),
    close: () => connection.close(),
  }
}

/** The same for one mail. */
export async function deliverRaw(
  port: number,
  to: string[],
  bytes: Uint8Array,
  from?: string,
): Promise<Answer> {
  const client = await smtpClient(port)
  return client.deliver(to, bytes, from).finally(client.close)
}

/** A mail from lines, with the line ends of the wire. */
export function mailOf(...lines: string[]): Buffer {
  return Buffer.from(lines.join('\r\n'))
}
