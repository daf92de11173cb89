/** Any system that answers with JSON when asked about a customer, set up without code. */
import { callTrouble, jsonOf, statusTrouble } from '../answers.ts'
import { type Connector, type ConnectorHost, type Heard, troubled } from '../connector.ts'
import { endOf, type Granted } from '../tokens.ts'
import { RestSettings, restManifest } from './settings.ts'
import { type Filling, fillings, inAddress, inJson } from './template.ts'

type OAuth = Extract<RestSettings, { auth: 'oauth2' }>
type Heading = { ok: true; headers: Record<string, string>; token?: string } | { ok: false; heard: Heard }
type One =
  | { ok: true; json: unknown; text: string }
  | { ok: true; nothing: true }
  | { ok: false; heard: Heard }

export const rest: Connector<RestSettings> = {
  manifest: restManifest,
  settings: RestSettings,
  placeOf: (secret, values) => originOf(values[secret === 'clientSecret' ? 'tokenUrl' : 'address'] ?? ''),
  externalIdField: ({ externalIdField }) => externalIdField,
  async ask(subject, settings, host) {
    const all = fillings([settings.address, settings.method === 'POST' ? settings.body : ''], subject)
    if (all.length === 0) return troubled('no-key')
    const answers: { json: unknown; text: string }[] = []
    // One after the other: each is as much as the other system said it takes, and a failure is the whole's.
    for (const filling of all) {
      const one = await askOnce(settings, filling, host)
      if (!one.ok) return one.heard
      if ('json' in one) answers.push({ json: one.json, text: one.text })
    }
    return { kind: 'answers', answers }
  },
}

const originOf = (address: string): string =>
  /^https?:\/\/[^/?#]*/i.exec(address.trim())?.[0].toLowerCase() ?? ''

async function askOnce(
  settings: RestSettings,
  filling: Filling,
  host: ConnectorHost,
  again = true,
): Promise<One> {
  const heading = await headingOf(settings, host)
  if (!heading.ok) return heading
  const { method, body, address } = settings
  const filled = method === 'POST' && body !== '' ? inJson(body, filling) : undefined
  const called = await host.call({
    url: inAddress(address, filling),
    method,
    headers: {
      accept: 'application/json',
      ...(filled === undefined ? {} : { 'content-type': 'application/json' }),
      ...heading.headers,
    },
    body: filled,
  })
  if (!called.ok) return { ok: false, heard: callTrouble(called) }
  const { answer } = called
  if (answer.status === 401 && heading.token !== undefined && again) {
    host.tokens.drop(heading.token)
    return askOnce(settings, filling, host, false)
  }
  if (answer.status === 204 || (answer.status === 404 && settings.missing === 'nothing'))
    return { ok: true, nothing: true }
  const trouble = statusTrouble(answer, host.now())
  if (trouble) return { ok: false, heard: { kind: 'trouble', trouble } }
  const parsed = jsonOf(answer)
  return parsed.ok
    ? { ok: true, json: parsed.json, text: answer.text }
    : { ok: false, heard: troubled('not-understood', { status: answer.status }) }
}

async function headingOf(settings: RestSettings, host: ConnectorHost): Promise<Heading> {
  switch (settings.auth) {
    case 'none':
      return { ok: true, headers: {} }
    case 'bearer':
      return { ok: true, headers: { authorization: `Bearer ${settings.token}` } }
    case 'basic':
      return { ok: true, headers: { authorization: basic(settings.user, settings.password) } }
    case 'header':
      return { ok: true, headers: { [settings.headerName.toLowerCase()]: settings.headerValue } }
    case 'oauth2': {
      const granted = await host.tokens.get(() => grant(settings, host))
      if (!granted.ok) return { ok: false, heard: { kind: 'trouble', trouble: granted.trouble } }
      const { value } = granted.token
      return { ok: true, headers: { authorization: `Bearer ${value}` }, token: value }
    }
  }
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`

/** RFC 6749 4.4; the client signs in by a header, its words encoded as in a form (2.3.1). */
async function grant(
  { tokenUrl, clientId, clientSecret, scope }: OAuth,
  host: ConnectorHost,
): Promise<Granted> {
  const words = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)
  const called = await host.call({
    url: tokenUrl,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basic(words(clientId), words(clientSecret)),
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }).toString(),
  })
  if (!called.ok) return { ok: false, trouble: { kind: called.trouble } }
  const { answer } = called
  // RFC 6749 5.2: a client that is not believed is told so by 400, too.
  if (answer.status === 400) return { ok: false, trouble: { kind: 'refused-login', status: 400 } }
  const trouble = statusTrouble(answer, host.now())
  if (trouble) return { ok: false, trouble }
  const parsed = jsonOf(answer)
  const { access_token: value, expires_in } = ((parsed.ok && parsed.json) || {}) as Record<string, unknown>
  // What a header cannot hold is no token.
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,4000}$/.test(value))
    return { ok: false, trouble: { kind: 'not-understood', status: answer.status } }
  return { ok: true, token: { value, place: '', until: endOf(expires_in, host.now()) } }
}
