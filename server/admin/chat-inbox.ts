/** `skein-hub inbox … chat`: a chat for a web site (server/inboxes), and the one line that puts it there. */
import { uuidv7 } from 'uuidv7'
import { ZodError } from 'zod'
import { type ChatLook, scriptTag } from '#shared/protocol/inboxes.ts'
import type { ChatSettings } from '../channels/chat/settings.ts'
import { channels } from '../channels/index.ts'
import { accountOf } from '../inbound/accounts.ts'
import { mailboxOf } from '../inbound/mailbox.ts'
import { addChat, changeChat, originOf } from '../inboxes/chat.ts'
import { type Ground, secretsOf, workspaceOf } from '../main.ts'
import { Sentence } from './sentence.ts'

type Values = Record<string, string | boolean | string[] | undefined>

const HUB = 'https://YOUR-HUB'

async function depsOf(ground: Ground) {
  const workspace = await workspaceOf(ground)
  const secrets = await secretsOf(workspace.id)
  return { store: ground.store, vault: ground.vault, secrets, channels, newId: uuidv7 }
}

export async function addChatInbox(ground: Ground, values: Values) {
  const deps = await depsOf(ground)
  const look = await lookFrom(deps, values, {})
  const { inboxId, address, secret } = await inSentences(() =>
    addChat(deps, String(values.name).trim(), look),
  )
  return { inbox: inboxId, address, secret, script: scriptTag(HUB, address) }
}

export async function setChatInbox(ground: Ground, values: Values) {
  const address = String(values.address).trim().toLowerCase()
  const deps = await depsOf(ground)
  const inbox = (await ground.store.all('inbox')).find(
    each => each.channel === 'chat' && each.address === address,
  )
  if (!inbox) throw new Sentence(`There is no chat inbox ${address}.`)
  const { settings } = await accountOf(deps, inbox)
  const look = await lookFrom(deps, values, settings as ChatSettings)
  const name = typeof values.name === 'string' && values.name.trim() ? { name: values.name.trim() } : {}
  await inSentences(() => changeChat(deps, inbox, { ...name, look }))
  return { inbox: inbox.id, address, script: scriptTag(HUB, address) }
}

/** What was given; a field of which only a part was given is completed from `before`. */
export async function lookFrom(
  deps: Parameters<typeof mailboxOf>[0],
  values: Values,
  before: Partial<ChatSettings>,
): Promise<Partial<ChatLook>> {
  const word = (name: string): string | undefined =>
    typeof values[name] === 'string' ? values[name].trim() : undefined
  const said = (name: string): { en: string; zh: string } | undefined => {
    const en = word(name)
    return en === undefined ? undefined : { en, zh: word(`${name}-zh`) ?? en }
  }
  const origins = Array.isArray(values.origin) ? values.origin.map(siteOf) : undefined
  const greeting = said('greeting')
  const after = word('greeting-after')
  if (after !== undefined && !/^\d{1,4}$/.test(after))
    throw new Sentence('--greeting-after must be a number of seconds. Nothing was changed.')
  const yes = (name: string): boolean | undefined => {
    const said = word(name)
    if (said !== undefined && said !== 'yes' && said !== 'no')
      throw new Sentence(`--${name} must be yes or no. Nothing was changed.`)
    return said === undefined ? undefined : said === 'yes'
  }
  const files = yes('files')
  const survey = yes('survey')
  const mailbox = word('mailbox')
  if (mailbox && !(await mailboxOf(deps, mailbox)))
    throw new Sentence(`There is no inbox for mail ${mailbox}. Nothing was changed.`)
  const seconds = after === undefined ? {} : { afterSeconds: Number(after) }
  return {
    ...(origins ? { origins } : {}),
    ...(said('title') ? { title: said('title') } : {}),
    ...(greeting
      ? { greeting: greeting.en === '' ? null : { ...before.greeting, ...greeting, ...seconds } }
      : {}),
    ...(word('color') ? { color: word('color') } : {}),
    ...(word('theme') ? { theme: word('theme') } : {}),
    ...(word('side') ? { side: word('side') } : {}),
    ...(files === undefined ? {} : { files }),
    ...(survey === undefined ? {} : { survey }),
    ...(mailbox === undefined ? {} : { mailbox }),
    form: {
      ...before.form,
      ...(word('ask-name') ? { name: word('ask-name') } : {}),
      ...(word('ask-email') ? { email: word('ask-email') } : {}),
    },
  } as Partial<ChatLook>
}

/** What does not fit is said by the option it came from. */
async function inSentences<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    throw misfit(error)
  }
}

function misfit(error: ZodError): Sentence {
  const field = error.issues[0]?.path.join('.') ?? ''
  const how: Record<string, string> = {
    color: '--color must look like #0b6e5b.',
    theme: '--theme must be auto, light or dark.',
    side: '--side must be right or left.',
    'form.name': '--ask-name must be no, optional or required.',
    'form.email': '--ask-email must be no, optional or required.',
  }
  return new Sentence(
    `${how[field] ?? `The setting ${field} is too long or not understood.`} Nothing was changed.`,
  )
}

function siteOf(text: string): string {
  const origin = originOf(text)
  if (origin) return origin
  throw new Sentence(`--origin must look like https://www.example.com, not "${text}". Nothing was changed.`)
}
