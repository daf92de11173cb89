import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { saveSettings } from '../inbound/accounts.ts'
import { type Ground, secretsOf, workspaceOf } from '../main.ts'

/**
 * Where the demonstration's customers get their mail: a real SMTP server on this machine that takes everything and keeps
 * nothing. Every inbox of the demonstration is given it as its way out, so that replies of the demonstration truly leave the hub and no mail ever
 * leaves the machine.
 */
export async function openPostOffice(ground: Ground): Promise<{ close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      stream.on('end', () => done())
      stream.resume()
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  const secrets = await secretsOf((await workspaceOf(ground)).id)
  const smtp = { host: '127.0.0.1', port, security: 'none', user: '', password: '' }
  const mailboxes = (await ground.store.all('inbox')).filter(({ channel }) => channel === 'email')
  for (const { id } of mailboxes) await saveSettings({ ...ground, secrets }, id, { smtp })
  return { close: () => new Promise(resolve => server.close(() => resolve())) }
}
