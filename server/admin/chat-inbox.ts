/** `skein-hub inbox … chat`: a chat for a web site, and the one line that puts it there. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { key } from '#shared/model/row.ts'
import { ChatSettings } from '../channels/chat/settings.ts'
import { channels } from '../channels/index.ts'
import { accountOf, saveSettings } from '../inbound/accounts.ts'
import { type Ground, secretsOf, workspaceOf } from '../main.ts'
import { addInbox, event } from './people.ts'
import { Sentence } from './sentence.ts'

type Values = Record<string, string | boolean | string[] | undefined>

export async function addChatInbox(ground: Ground, values: Values) {
  const name = String(values.name).trim()
  const workspace = await workspaceOf(ground)
  const secrets = await secretsOf(workspace.id)
  const settings = settingsFrom(values, { secret: randomBytes(32).toString('base64url') })
  const id = uuidv7()
  // Public: it stands in every page. Random, so that nobody finds inboxes by trying.
  const address = `web-${randomBytes(6).toString('hex')}`
  await saveSettings({ vault: ground.vault, secrets }, id, settings)
  await addInbox(ground, {
    id,
    channel: 'chat',
    name,
    address,
    signature: '',
    holdOfflineAfterMinutes: 240,
    active: true,
  })
  return { inbox: id, address, secret: settings.secret, script: scriptTag(address) }
}

export async function setChatInbox(ground: Ground, values: Values) {
  const address = String(values.address).trim().toLowerCase()
  const workspace = await workspaceOf(ground)
  const deps = { vault: ground.vault, secrets: await secretsOf(workspace.id), channels }
  const inbox = (await ground.store.all('inbox')).find(
    each => each.channel === 'chat' && each.address === address,
  )
  if (!inbox) throw new Sentence(`There is no chat inbox ${address}.`)
  const { settings } = await accountOf(deps, inbox)
  await saveSettings(deps, inbox.id, settingsFrom(values, settings as ChatSettings))
  await ground.store.write(async tx => {
    await tx.load([key('inbox', inbox.id)])
    const now = tx.get('inbox', inbox.id) ?? inbox
    if (typeof values.name === 'string' && values.name.trim())
      tx.put('inbox', { ...now, name: values.name.trim() })
    tx.event(event('inbox.changed', inbox.id, 'inbox', { channel: 'chat' }))
  })
  return { inbox: inbox.id, address, script: scriptTag(address) }
}

const scriptTag = (address: string): string =>
  `<script src="https://YOUR-HUB/v1/channels/chat/widget.js" data-inbox="${address}" async></script>`

function settingsFrom(values: Values, before: Partial<ChatSettings>): ChatSettings {
  const word = (name: string): string | undefined =>
    typeof values[name] === 'string' ? values[name].trim() : undefined
  const said = (name: string): { en: string; zh: string } | undefined => {
    const en = word(name)
    return en === undefined ? undefined : { en, zh: word(`${name}-zh`) ?? en }
  }
  const origins = Array.isArray(values.origin) ? values.origin.map(originOf) : before.origins
  const greeting = said('greeting')
  const after = word('greeting-after')
  if (after !== undefined && !/^\d{1,4}$/.test(after))
    throw new Sentence('--greeting-after must be a number of seconds. Nothing was changed.')
  const seconds = after === undefined ? {} : { afterSeconds: Number(after) }
  const parsed = ChatSettings.safeParse({
    ...before,
    ...(origins ? { origins } : {}),
    ...(said('title') ? { title: said('title') } : {}),
    ...(greeting
      ? { greeting: greeting.en === '' ? null : { ...before.greeting, ...greeting, ...seconds } }
      : {}),
    ...(word('color') ? { color: word('color') } : {}),
    ...(word('theme') ? { theme: word('theme') } : {}),
    ...(word('side') ? { side: word('side') } : {}),
    form: {
      ...before.form,
      ...(word('ask-name') ? { name: word('ask-name') } : {}),
      ...(word('ask-email') ? { email: word('ask-email') } : {}),
    },
  })
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  const how: Record<string, string> = {
    color: '--color must look like #0b6e5b.',
    theme: '--theme must be auto, light or dark.',
    side: '--side must be right or left.',
    'form.name': '--ask-name must be no, optional or required.',
    'form.email': '--ask-email must be no, optional or required.',
  }
  throw new Sentence(
    `${how[field] ?? `The setting ${field} is too long or not understood.`} Nothing was changed.`,
  )
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new Sentence(`--origin must look like https://www.example.com, not "${text}". Nothing was changed.`)
  return url.origin
}
