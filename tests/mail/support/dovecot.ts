/**
 * A real Dovecot of a test's own: its configuration, its folder, its ports, its users, nothing of the system's. Where the
 * program is not there (`whyNoDovecot`) the tests that need it are skipped by name.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { until } from '../../hub/until.ts'

const PROGRAM = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find(
  existsSync,
)

/** Undefined where a Dovecot 2.3 can run. */
export function whyNoDovecot(): string | undefined {
  if (!PROGRAM) return 'Dovecot is not installed'
  const version = spawnSync(PROGRAM, ['--version'], { encoding: 'utf8' }).stdout
  return version.startsWith('2.3.')
    ? undefined
    : `Dovecot ${version.split(' ')[0]} wants another configuration than 2.3`
}

export interface DovecotOptions {
  /** Dovecot asks here whether a token is good (RFC 7662). */
  introspection?: string
  /** More lines of its configuration. */
  more?: string
}

export const PASSWORD = 'mailbox 密码 "quoted" %'

export async function startDovecot(users: string[], { introspection, more = '' }: DovecotOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'skein-dovecot-'))
  await chmod(folder, 0o755)
  const [port, tlsPort] = await freePorts(2)
  const root = process.getuid?.() === 0
  const name = root ? 'dovecot' : userInfo().username
  const owner = { uid: numberOf('-u', name), gid: numberOf('-g', name) }
  for (const each of ['mail', 'run', 'state']) await mkdir(join(folder, each))
  execFileSync(
    'openssl',
    [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost'.split(
        ' ',
      ),
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
    ],
    { stdio: 'ignore' },
  )
  await writeFile(
    join(folder, 'users'),
    users
      .map(user => `${user}:{PLAIN}${PASSWORD}:${owner.uid}:${owner.gid}::${folder}/mail/${user}::\n`)
      .join(''),
  )
  await writeFile(
    join(folder, 'oauth2.conf'),
    `introspection_mode = post\nintrospection_url = ${introspection}\nusername_attribute = email\nuse_grant_password = no\n`,
  )
  await writeFile(join(folder, 'dovecot.conf'), configuration())
  if (root) execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, join(folder, 'mail')])
  let child = await run()

  function configuration(): string {
    const others = root ? '' : `default_login_user = ${name}\ndefault_internal_user = ${name}\n`
    const chroot = root ? '' : 'service imap-login {\n chroot =\n}\nservice anvil {\n chroot =\n}\n'
    const oauth = introspection
      ? `passdb {\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = ${folder}/oauth2.conf\n}\n`
      : ''
    return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
listen = 127.0.0.1
protocols = imap
${others}first_valid_uid = ${Math.min(100, owner.uid)}
auth_mechanisms = plain login${introspection ? ' xoauth2 oauthbearer' : ''}
disable_plaintext_auth = no
auth_failure_delay = 0
service anvil {
 unix_listener anvil-auth-penalty {
  mode = 0
 }
}
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
imap_id_log = *
mail_location = maildir:~/Maildir
mailbox_list_index = no
maildir_very_dirty_syncs = no
service imap-login {
 inet_listener imap {
  port = ${port}
 }
 inet_listener imaps {
  port = ${tlsPort}
  ssl = yes
 }
}
service stats {
 unix_listener stats-writer {
  mode = 0666
 }
}
${chroot}${oauth}passdb {
 driver = passwd-file
 mechanisms = plain login
 args = scheme=PLAIN ${folder}/users
}
userdb {
 driver = passwd-file
 args = ${folder}/users
 override_fields = uid=${owner.uid} gid=${owner.gid}
}
namespace inbox {
 inbox = yes
 separator = /
 mailbox Sent {
  auto = subscribe
  special_use = \\Sent
 }
 mailbox Drafts {
  special_use = \\Drafts
 }
}
${more}
`
  }

  async function run(): Promise<ChildProcess> {
    const started = spawn(PROGRAM as string, ['-F', '-c', join(folder, 'dovecot.conf')], {
      stdio: 'ignore',
      detached: true,
    })
    await until(
      async () =>
        started.exitCode !== null
          ? Promise.reject(new Error(await readFile(join(folder, 'log'), 'utf8')))
          : connects(port!),
      Boolean,
    )
    return started
  }

  async function stop(): Promise<void> {
    const ended = new Promise(resolve => child.once('exit', resolve))
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await ended
    // Its processes would go on for ten seconds, each with its client.
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // None was left.
    }
  }

  const server = {
    port: port!,
    tlsPort: tlsPort!,
    folder,
    ca: await readFile(join(folder, 'cert.pem'), 'utf8'),
    log: () => readFile(join(folder, 'log'), 'utf8').catch(() => ''),
    /** The settings of an inbox whose mailbox is here. */
    imap: (user: string, over: object = {}) => ({
      host: '127.0.0.1',
      port: port!,
      security: 'none' as const,
      user,
      password: PASSWORD,
      ...over,
    }),
    /** A mail program of the mailbox's owner. */
    async client(user: string): Promise<ImapFlow> {
      const client = new ImapFlow({
        host: '127.0.0.1',
        port: port!,
        secure: false,
        doSTARTTLS: false,
        auth: { user, pass: PASSWORD },
        logger: false,
      })
      client.on('error', () => undefined)
      await client.connect()
      return client
    },
    /** Puts mail into a folder, as a mail server would. */
    async put(user: string, mails: (Buffer | string)[], to = 'INBOX', date?: Date, flags: string[] = []) {
      const client = await server.client(user)
      try {
        if (to !== 'INBOX') await client.mailboxCreate(to)
        for (const mail of mails) await client.append(to, Buffer.from(mail), flags, date)
      } finally {
        await client.logout()
      }
    },
    /** What is in a folder, with its flags and bytes. */
    async read(user: string, from = 'INBOX') {
      const client = await server.client(user)
      try {
        const box = await client.mailboxOpen(from, { readOnly: true })
        const found =
          box.exists === 0 ? [] : await client.fetchAll('1:*', { uid: true, flags: true, source: true })
        return found.map(({ uid, flags, source }) => ({
          uid,
          flags: [...(flags ?? [])].filter(flag => flag !== '\\Recent'),
          text: source?.toString('utf8') ?? '',
        }))
      } finally {
        await client.logout()
      }
    },
    /** Gives all messages of the INBOX new numbers, as after a repair: UIDVALIDITY changes. */
    async renumber(user: string): Promise<void> {
      await stop()
      const mail = join(folder, 'mail', user, 'Maildir')
      for (const file of await readdir(mail)) if (file.startsWith('dovecot')) await rm(join(mail, file))
      child = await run()
    },
    async restart(): Promise<void> {
      await stop()
      child = await run()
    },
    stop,
    async start(): Promise<void> {
      child = await run()
    },
    async close(): Promise<void> {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return server
}
export type Dovecot = Awaited<ReturnType<typeof startDovecot>>

const numberOf = (what: '-u' | '-g', name: string): number =>
  Number(execFileSync('id', [what, name], { encoding: 'utf8' }).trim())

export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

async function connects(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', data => {
      resolve(data.toString().startsWith('* OK'))
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
  })
}
