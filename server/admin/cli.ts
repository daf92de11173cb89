/** The command `skein-hub`. Exit code 0, or 1 with one sentence on stderr that says what to do. */
import { parseArgs } from 'node:util'
import { uuidv7 } from 'uuidv7'
import { Role } from '#shared/model/agent.ts'
import { DatabaseTrouble } from '../db/trouble.ts'
import { afterRestore } from '../effects/restored.ts'
import { type Ground, openGround, secretsOf, workspaceOf } from '../main.ts'
import { exportTo } from './export.ts'
import { addAgent, checkNewPassword, emailOf, event, hasPeople } from './people.ts'
import { takeSeat } from './seat.ts'
import { Sentence } from './sentence.ts'
import { statusOf } from './status.ts'

const USAGE = `skein-hub init   --data DIR --admin EMAIL --password-stdin [--name WORKSPACE]
skein-hub serve  --data DIR [--port N] [--smtp-port N] [--host H] [--demo]
skein-hub inbox add email   --data DIR --address A [--imap URL --smtp URL] [--password-stdin | --oauth-stdin | --sign-in CLIENT-ID]
                            [--folder F]... [--history DAYS] [--user U] [--ca FILE] [--trust AUTHSERV-ID] [--seen leave|mark] [--no-check] [--name NAME] [--signature TEXT]
skein-hub inbox set email   the same: changes what is given
skein-hub inbox check email --data DIR --address A
skein-hub inbox add chat  --data DIR --name NAME [--origin URL]... [--title TEXT] [--greeting TEXT] [--ask-name|--ask-email no|optional|required]
                          [--color #RRGGBB] [--theme auto|light|dark] [--side right|left]; --title-zh and --greeting-zh for Chinese pages, --greeting-after SECONDS
                          [--survey yes|no]                       whether visitors are asked how it was
                          [--files yes|no] [--mailbox ADDRESS]    an inbox for mail, else the first one: for what is left while nobody is there, and transcripts
skein-hub inbox set chat  --data DIR --address A    the same options
skein-hub agent add EMAIL --data DIR --name NAME --role agent|supervisor|administrator --password-stdin [--inbox ADDRESS]...
skein-hub export --data DIR --out FILE
skein-hub status --data DIR --json
skein-hub after-restore --data DIR    once, before serving a database that was put back from a backup

DATABASE_URL: a PostgreSQL of your own. SKEIN_SECRET_KEY: the key of the hub's secrets, otherwise kept in your configuration folder.`

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const
const MAIL_OPTIONS = {
  data: text,
  address: text,
  imap: text,
  smtp: text,
  user: text,
  folder: { type: 'string', multiple: true },
  history: text,
  ca: text,
  trust: text,
  seen: text,
  'sign-in': text,
  'password-stdin': flag,
  'oauth-stdin': flag,
  'no-check': flag,
} as const
const CHAT_OPTIONS = {
  data: text,
  name: text,
  origin: { type: 'string', multiple: true },
  title: text,
  'title-zh': text,
  greeting: text,
  'greeting-zh': text,
  'greeting-after': text,
  'ask-name': text,
  'ask-email': text,
  color: text,
  theme: text,
  side: text,
  files: text,
  survey: text,
  mailbox: text,
} as const
const OPTIONS = {
  init: { data: text, admin: text, name: text, 'password-stdin': flag },
  serve: { data: text, port: text, 'smtp-port': text, host: text, demo: flag },
  'inbox add email': { name: text, signature: text, ...MAIL_OPTIONS },
  'inbox set email': { name: text, signature: text, ...MAIL_OPTIONS },
  'inbox check email': { data: text, address: text },
  'inbox add chat': { ...CHAT_OPTIONS },
  'inbox set chat': { address: text, ...CHAT_OPTIONS },
  'agent add': {
    data: text,
    name: text,
    role: text,
    inbox: { type: 'string', multiple: true },
    'password-stdin': flag,
  },
  export: { data: text, out: text },
  status: { data: text, json: flag },
  'after-restore': { data: text },
} as const
type Command = keyof typeof OPTIONS
type Values = Record<string, string | boolean | string[] | undefined>

/** Loaded only where they are needed: what channels stand on takes a second to load. */
const mail = () => import('./mail-inbox.ts')
const chat = () => import('./chat-inbox.ts')

const say = (value: unknown): void =>
  void process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`)

async function main(words: string[]): Promise<void> {
  if (words.length === 0 || words.includes('--help') || words[0] === 'help') return say(USAGE)
  const command = (Object.keys(OPTIONS) as Command[]).find(name =>
    name.split(' ').every((word, at) => words[at] === word),
  )
  if (!command) {
    const options = words.findIndex(word => word.startsWith('-'))
    const name = words.slice(0, options < 0 ? words.length : options).join(' ')
    throw new Sentence(`There is no command "${name}".\n\n${USAGE}`)
  }
  const { values, positionals } = read(command, words.slice(command.split(' ').length))
  const data = required(values, 'data', command)
  if (command === 'serve') return serveUntilEnd(data, values)
  if (command === 'agent add') values.email = positionals[0]
  const ground = await openGround(data)
  try {
    await COMMANDS[command](ground, values)
  } finally {
    await ground.close()
  }
}

const COMMANDS: Record<Exclude<Command, 'serve'>, (ground: Ground, values: Values) => Promise<void>> = {
  init,
  'inbox add email': async (ground, values) =>
    say(
      await (await mail()).addEmailInbox(
        ground,
        { ...values, address: required(values, 'address', 'inbox add email') },
        readInput,
      ),
    ),
  'inbox set email': async (ground, values) =>
    say(
      await (await mail()).setEmailInbox(
        ground,
        { ...values, address: required(values, 'address', 'inbox set email') },
        readInput,
      ),
    ),
  'inbox check email': async (ground, values) =>
    say(await (await mail()).checkEmailInbox(ground, required(values, 'address', 'inbox check email'))),
  'inbox add chat': async (ground, values) => {
    required(values, 'name', 'inbox add chat')
    say(await (await chat()).addChatInbox(ground, values))
  },
  'inbox set chat': async (ground, values) => {
    required(values, 'address', 'inbox set chat')
    say(await (await chat()).setChatInbox(ground, values))
  },
  'agent add': addPerson,
  async export({ store, ...ground }, values) {
    await workspaceOf({ store, ...ground })
    await exportTo(store, required(values, 'out', 'export'))
  },
  async status(ground, values) {
    const status = await statusOf(ground)
    say(values.json ? JSON.stringify(status) : JSON.stringify(status, null, 2))
  },
  'after-restore': restored,
}

async function init(ground: Ground, values: Values): Promise<void> {
  const email = emailOf(required(values, 'admin', 'init'))
  const password = await passwordFrom(values)
  checkNewPassword(password)
  const [there] = await ground.store.all('workspace')
  if (there && (await hasPeople(ground)))
    throw new Sentence(`There is a workspace in ${ground.data} already; nothing was changed.`)
  // The key comes before the workspace that needs it, the person last: a start that was cut short can be repeated.
  const id = there?.id ?? uuidv7()
  await secretsOf(id, true)
  if (!there) {
    const name = typeof values.name === 'string' ? values.name : 'Skein'
    await ground.store.write(async tx => {
      tx.put('workspace', { id, name, lockAfterDays: 14, windowDays: 90 })
      tx.event(event('workspace.made', id, 'workspace', {}))
    })
  }
  await addAgent(ground, {
    email,
    name: email.slice(0, email.indexOf('@')),
    role: 'administrator',
    password,
    inboxIds: [],
  })
}

/** Makes a database from a backup fit to be served (S5); the backup itself is put back by the database's own tools. */
async function restored(ground: Ground): Promise<void> {
  await workspaceOf(ground)
  const seat = await takeSeat(ground.database.url)
  try {
    if (!seat.alone)
      throw new Sentence(
        `A hub is serving ${ground.data}: stop every hub of this database first. Nothing was changed.`,
      )
    const uncertain = await afterRestore(ground.store, Date.now())
    say({ restored: true, uncertain })
  } finally {
    await seat.leave()
  }
}

async function addPerson(ground: Ground, values: Values): Promise<void> {
  const email = emailOf(required(values, 'email', 'agent add EMAIL'))
  const name = required(values, 'name', 'agent add')
  const role = Role.safeParse(values.role)
  if (!role.success) throw new Sentence('--role must be agent, supervisor or administrator.')
  await workspaceOf(ground)
  const inboxes = await ground.store.all('inbox')
  const wanted = Array.isArray(values.inbox) ? values.inbox : undefined
  const unknown = wanted?.find(
    word => !inboxes.some(({ id, address }) => id === word || address === word.toLowerCase()),
  )
  if (unknown) throw new Sentence(`There is no inbox ${unknown}.`)
  const inboxIds = inboxes
    .filter(
      ({ id, address }) => !wanted || wanted.some(word => id === word || address === word.toLowerCase()),
    )
    .map(({ id }) => id)
  const agent = await addAgent(ground, {
    email,
    name,
    role: role.data,
    password: await passwordFrom(values),
    inboxIds,
  })
  say({ agent: agent.id, email })
}

async function serveUntilEnd(data: string, values: Values): Promise<void> {
  const port = portOf(values, 'port', 4600)
  const smtpPort = portOf(values, 'smtp-port', 4625)
  const ended = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  // Loaded only here: the other commands need none of it, and answer sooner.
  const { serve } = await import('./serve.ts')
  const host = typeof values.host === 'string' ? { host: values.host } : {}
  const serving = await serve({ data, port, smtpPort, demo: values.demo === true, ...host })
  say({ ready: true, url: serving.hub.url, smtp: serving.hub.smtp })
  await ended
  await serving.close()
}

function read(command: Command, words: string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: OPTIONS[command],
      allowPositionals: command === 'agent add',
    })
    return { values: { ...values } as Values, positionals }
  } catch (error) {
    throw new Sentence(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  }
}

function required(values: Values, name: string, command: string): string {
  const value = values[name]
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new Sentence(
    name === 'email'
      ? `skein-hub ${command}: the address is missing.`
      : `skein-hub ${command} needs --${name}.`,
  )
}

function portOf(values: Values, name: string, otherwise: number): number {
  const word = values[name]
  if (word === undefined) return otherwise
  if (typeof word === 'string' && /^\d{1,5}$/.test(word) && Number(word) <= 65_535) return Number(word)
  throw new Sentence(`--${name} must be a number from 0 to 65535; 0 picks a free one.`)
}

/** The password never stands in the command line, where every process of the machine could read it. */
async function passwordFrom(values: Values): Promise<string> {
  if (!values['password-stdin'])
    throw new Sentence('Give the password on standard input, with --password-stdin.')
  return readInput()
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}

const CODES: Record<string, string> = {
  EADDRINUSE: 'The port is in use: choose another with --port and --smtp-port, or 0 for a free one.',
  EACCES: 'Not allowed: ports below 1024 and foreign folders need other rights.',
  ECONNREFUSED: 'The database does not answer: start it, or correct DATABASE_URL.',
  '28P01': 'The database refuses the password in DATABASE_URL.',
  '3D000': 'The database named in DATABASE_URL is not there: create it first.',
  ENOSPC: 'The disk is full: make room and start again. Nothing is lost.',
  ENOENT: 'A file or folder is not there.',
}

function sentenceOf(error: unknown): string | undefined {
  if (error instanceof Sentence || error instanceof DatabaseTrouble) return error.message
  const { code, path } = error as NodeJS.ErrnoException
  const known = code ? CODES[code] : undefined
  return known && (path ? `${known} (${path})` : known)
}

main(process.argv.slice(2)).then(
  () => process.exit(process.exitCode ?? 0),
  error => {
    const sentence = sentenceOf(error)
    console.error(sentence ?? (error instanceof Error ? error.stack : String(error)))
    process.exit(1)
  },
)
