/** `skein-hub inbox … email`: what is typed at the command line becomes a mailbox (server/inboxes), or a sentence. */
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import type { Account } from '../channels/channel.ts'
import { type Checked, checkAccount } from '../channels/email/imap/check.ts'
import { troubleOf, troubleWords } from '../channels/email/imap/trouble.ts'
import type { Preset } from '../channels/email/presets.ts'
import { type EmailSettings, imapRouteFromUrl, OAuth, smtpRouteFromUrl } from '../channels/email/settings.ts'
import { signIn } from '../channels/email/sign-in.ts'
import { channels } from '../channels/index.ts'
import { accountOf, saveSettings } from '../inbound/accounts.ts'
import { accountFrom, hintFor, type MailGiven, mailSettings, presetFor } from '../inboxes/mail.ts'
import { addInbox, changeInbox, newInbox } from '../inboxes/rows.ts'
import { type Ground, secretsOf, workspaceOf } from '../main.ts'
import { emailOf } from './people.ts'
import { Sentence } from './sentence.ts'

type Values = Record<string, string | boolean | string[] | undefined>
type ReadInput = () => Promise<string>

export async function addEmailInbox(ground: Ground, values: Values, readInput: ReadInput) {
  const address = emailOf(String(values.address))
  const workspace = await workspaceOf(ground)
  if ((await ground.store.all('inbox')).some(inbox => inbox.address === address))
    throw new Sentence(`There is an inbox ${address} already: change it with "skein-hub inbox set email".`)
  const secrets = await secretsOf(workspace.id)
  const settings = await settingsFrom(address, values, { smtp: null }, readInput)
  const inbox = newInbox({ id: uuidv7(), channel: 'email', address, ...named(values) })
  const account = accountFrom(inbox, settings)
  const checked = await check(account, values)
  // Settings first: an inbox that is there can send. A provider may have replaced the refresh token while it was checked.
  await saveSettings({ vault: ground.vault, secrets }, inbox.id, account.settings)
  await addInbox(ground, inbox)
  return { inbox: inbox.id, address, ...checked }
}

export async function setEmailInbox(ground: Ground, values: Values, readInput: ReadInput) {
  const { inbox, account, deps } = await openInbox(ground, String(values.address))
  const settings = await settingsFrom(inbox.address, values, account.settings, readInput)
  const checked = await check({ ...account, settings }, values)
  await saveSettings(deps, inbox.id, settings)
  await changeInbox(ground, inbox, named(values))
  return { inbox: inbox.id, address: inbox.address, ...checked }
}

const named = ({ name, signature }: Values) => ({
  ...(typeof name === 'string' ? { name } : {}),
  ...(typeof signature === 'string' ? { signature } : {}),
})

export async function checkEmailInbox(ground: Ground, address: string) {
  const { inbox, account } = await openInbox(ground, address)
  return { inbox: inbox.id, address: inbox.address, ...(await check(account, {})) }
}

async function openInbox(ground: Ground, word: string) {
  const address = emailOf(word)
  const workspace = await workspaceOf(ground)
  const inbox = (await ground.store.all('inbox')).find(
    each => each.address === address && each.channel === 'email',
  )
  if (!inbox) throw new Sentence(`There is no email inbox ${address}.`)
  const deps = { vault: ground.vault, secrets: await secretsOf(workspace.id), channels }
  return { inbox, deps, account: (await accountOf(deps, inbox)) as Account<EmailSettings> }
}

const GivenOAuth = OAuth.partial({ tokenUrl: true, scope: true })

/** From what was typed, what was there, and what is known about the provider, in this order. */
async function settingsFrom(
  address: string,
  values: Values,
  before: EmailSettings,
  readInput: ReadInput,
): Promise<EmailSettings> {
  const imap = typeof values.imap === 'string' ? imapRouteFromUrl(values.imap) : undefined
  const smtp = typeof values.smtp === 'string' ? smtpRouteFromUrl(values.smtp) : undefined
  if (imap === null)
    throw new Sentence('--imap must look like imaps://host or imap://user:password@host:port?folder=INBOX.')
  if (smtp === null)
    throw new Sentence('--smtp must look like smtp://user:password@host:port or smtps://host.')
  const secret = values['password-stdin'] || values['oauth-stdin'] ? await readInput() : ''
  if (values['password-stdin'] && secret === '')
    throw new Sentence('The password on standard input is empty.')
  const clientId = typeof values['sign-in'] === 'string' ? values['sign-in'] : ''
  const whole = imap || before.imap || !(secret || clientId)
  const known = whole && !clientId ? null : await knownPreset(address)
  const oauth = clientId
    ? await signedIn(clientId, known)
    : values['oauth-stdin']
      ? oauthFrom(secret, known)
      : null
  const given: MailGiven = {
    ...(imap ? { imap } : {}),
    ...(smtp ? { smtp } : {}),
    ...(typeof values.user === 'string' ? { user: values.user } : {}),
    ...(values['password-stdin'] ? { password: secret } : {}),
    ...(oauth ? { oauth } : {}),
    ...(typeof values.ca === 'string' ? { ca: await readFile(values.ca, 'utf8') } : {}),
    ...(Array.isArray(values.folder) ? { folders: values.folder } : {}),
    ...(values.history === undefined ? {} : { historyDays: daysOf(values.history) }),
    ...seenFrom(values.seen),
    // `--trust ''` believes nobody.
    ...(typeof values.trust === 'string' ? { trusts: values.trust.trim() } : {}),
  }
  return mailSettings(address, given, before, known)
}

function seenFrom(value: Values[string]): { markSeen?: boolean } {
  if (value === undefined) return {}
  if (value !== 'leave' && value !== 'mark') throw new Sentence('--seen must be leave or mark.')
  return { markSeen: value === 'mark' }
}

/** Asks a person to open the provider's page and type a word; waits until it is done. */
async function signedIn(clientId: string, preset: Preset | null): Promise<OAuth> {
  const { deviceUrl, tokenUrl, scope } = preset?.oauth ?? {}
  if (!deviceUrl || !tokenUrl || !scope)
    throw new Sentence(
      '--sign-in is for Microsoft 365 and Outlook.com; give OAuth settings with --oauth-stdin instead.',
    )
  try {
    return await signIn(
      { deviceUrl, tokenUrl, scope, clientId },
      ({ address, word }) =>
        console.error(`Open ${address} and type ${word}\n请打开 ${address} 并输入 ${word}`),
      pause,
    )
  } catch (error) {
    const { kind, detail } = troubleOf(error)
    throw new Sentence(`${troubleWords[kind].en} (“${detail}”)\n${troubleWords[kind].zh}`)
  }
}

function oauthFrom(text: string, preset: Preset | null): OAuth {
  let given: z.infer<typeof GivenOAuth> | undefined
  try {
    given = GivenOAuth.parse(JSON.parse(text))
  } catch {
    throw new Sentence(
      '--oauth-stdin wants JSON: {"clientId":"…","clientSecret":"…","refreshToken":"…","tokenUrl":"https://…"}.',
    )
  }
  const tokenUrl = given.tokenUrl ?? preset?.oauth?.tokenUrl
  if (!tokenUrl) throw new Sentence('The OAuth settings need "tokenUrl": it is not known for this provider.')
  return OAuth.parse({ ...given, tokenUrl, scope: given.scope || (preset?.oauth?.scope ?? '') })
}

function daysOf(value: Values[string]): number {
  if (typeof value === 'string' && /^\d{1,4}$/.test(value) && Number(value) <= 3650) return Number(value)
  throw new Sentence('--history must be a number of days from 0 to 3650.')
}

async function knownPreset(address: string): Promise<Preset> {
  const preset = await presetFor(address)
  if (preset) return preset
  const domain = address.slice(address.lastIndexOf('@') + 1)
  throw new Sentence(
    `The servers of ${domain} are not known here: give them with --imap imaps://HOST --smtp smtps://HOST.\n${domain} 的服务器未知：请用 --imap imaps://HOST --smtp smtps://HOST 指明。`,
  )
}

/** What the servers said; a Sentence in both languages when one of them refuses, and nothing was saved then. */
async function check(account: Account<EmailSettings>, values: Values): Promise<{ checked?: Checked[] }> {
  const { imap, oauth } = account.settings
  // Without a mailbox it is as it always was: the way out shows itself with the first reply.
  if (values['no-check'] || !(imap || oauth)) return {}
  const checked = await checkAccount(account)
  const wrong = checked.filter(each => !each.ok)
  if (wrong.length === 0) return { checked }
  const hint = hintFor(account.address, null, checked)
  throw new Sentence(
    [
      ...wrong.map(
        ({ side, server, kind, detail }) =>
          `${side.toUpperCase()} ${server}: ${troubleWords[kind].en}${detail ? ` (“${detail}”)` : ''}\n${' '.repeat(side.length + server.length + 3)}${troubleWords[kind].zh}`,
      ),
      ...(hint ? [hint.en, hint.zh] : []),
      'Nothing was changed. / 未做任何更改。',
    ].join('\n'),
  )
}
