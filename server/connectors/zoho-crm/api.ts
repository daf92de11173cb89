/**
 * Zoho CRM's API, version 8, as its documentation has it: tokens by a refresh token, search for contacts, their related records.
 * It never ran against the real Zoho; double.ts is built from the same pages.
 */
import { z } from 'zod'
import type { CardTrouble } from '#shared/model/card.ts'
import type { Answer } from '../../outward/call.ts'
import { jsonOf, statusTrouble } from '../answers.ts'
import type { ConnectorHost } from '../connector.ts'
import { endOf, type Granted } from '../tokens.ts'
import type { ZohoSettings } from './settings.ts'

/** Where Zoho is. Tests put their double there. */
export interface ZohoPlaces {
  accounts(centre: ZohoSettings['centre']): string
  /** Whether an address that came with a token is Zoho's API: the token is sent there and nowhere else. */
  isApi(centre: ZohoSettings['centre'], address: string): boolean
}

export const Records = z.object({
  data: z.array(z.record(z.string(), z.unknown())).max(200),
  info: z.object({ more_records: z.boolean().optional(), count: z.int().optional() }).optional(),
})
export type Records = z.infer<typeof Records>
export type Read = { ok: true; records: Records } | { ok: false; trouble: CardTrouble }

const none: Records = { data: [] }

export interface ZohoApi {
  /** `by`: `email` or `phone`. */
  contacts(by: 'email' | 'phone', value: string): Promise<Read>
  related(contactId: string, list: 'Deals' | 'Sales_Orders', fields: readonly string[]): Promise<Read>
}

/** Of one contact. */
const PAGE = 50

export function zohoApi(settings: ZohoSettings, host: ConnectorHost, places: ZohoPlaces): ZohoApi {
  const get = async (path: string, query: Record<string, string>, again = true): Promise<Read> => {
    const granted = await host.tokens.get(() => grant(settings, host, places))
    if (!granted.ok) return granted
    const { value, place } = granted.token
    const called = await host.call({
      url: `${place}/crm/v8/${path}?${new URLSearchParams(query)}`,
      method: 'GET',
      headers: { authorization: `Zoho-oauthtoken ${value}`, accept: 'application/json' },
    })
    if (!called.ok) return { ok: false, trouble: { kind: called.trouble } }
    const { answer } = called
    // No content: nobody, or nothing of theirs.
    if (answer.status === 204) return { ok: true, records: none }
    const parsed = jsonOf(answer)
    const code = parsed.ok ? codeOf(parsed.json) : ''
    // It may have been withdrawn before its hour was over: one more, then it is no matter of time.
    if (
      answer.status === 401 &&
      /INVALID_TOKEN|INVALID_OAUTHTOKEN|AUTHENTICATION_FAILURE/.test(code) &&
      again
    ) {
      host.tokens.drop(value)
      return get(path, query, false)
    }
    const trouble = troubleOf(answer, code, host.now())
    if (trouble) return { ok: false, trouble }
    const records = Records.safeParse(parsed.ok ? parsed.json : undefined)
    return records.success
      ? { ok: true, records: records.data }
      : { ok: false, trouble: { kind: 'not-understood', status: answer.status } }
  }

  return {
    contacts: (by, value) =>
      get('Contacts/search', {
        [by]: value,
        fields: 'id,Full_Name,Account_Name,Owner,Lead_Source',
        per_page: '5',
      }),
    related: (contactId, list, fields) =>
      get(`Contacts/${encodeURIComponent(contactId)}/${list}`, {
        fields: fields.join(','),
        per_page: String(PAGE),
      }),
  }
}

const codeOf = (json: unknown): string => {
  const { code } = (json ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : ''
}

function troubleOf(answer: Answer, code: string, now: number): CardTrouble | null {
  const { status } = answer
  if (code === 'OAUTH_SCOPE_MISMATCH') return { kind: 'scope', status }
  if (code === 'TOO_MANY_REQUESTS' || code === 'LIMIT_EXCEEDED' || status === 429) {
    // Its own header says when, in milliseconds since 1970; without it, or Retry-After, we wait a while.
    const reset = Number(answer.headers['x-ratelimit-reset'])
    const known = reset > now && reset < now + 86_400_000
    const headers = known ? { 'retry-after': String(Math.ceil((reset - now) / 1000)) } : answer.headers
    return statusTrouble({ ...answer, headers, status: 429 }, now)
  }
  return statusTrouble(answer, now)
}

async function grant(settings: ZohoSettings, host: ConnectorHost, places: ZohoPlaces): Promise<Granted> {
  const { centre, clientId, clientSecret, refreshToken } = settings
  const called = await host.call({
    url: `${places.accounts(centre)}/oauth/v2/token`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    // In the body: an address stands in logs.
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    }).toString(),
  })
  if (!called.ok) return { ok: false, trouble: { kind: called.trouble } }
  const { answer } = called
  const parsed = jsonOf(answer)
  const told = ((parsed.ok && parsed.json) || {}) as Record<string, unknown>
  // Its refusals come with 200 as well: {"error":"invalid_code"}; too many tokens in ten minutes is "Access Denied".
  if (typeof told.error === 'string') {
    const often = /access.?denied/i.test(told.error)
    const trouble = often ? statusTrouble({ ...answer, status: 429 }, host.now()) : null
    return { ok: false, trouble: trouble ?? { kind: 'refused-login', status: answer.status } }
  }
  const trouble = statusTrouble(answer, host.now())
  if (trouble) return { ok: false, trouble }
  const { access_token: value, api_domain: place, expires_in } = told
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,2000}$/.test(value) || typeof place !== 'string')
    return { ok: false, trouble: { kind: 'not-understood', status: answer.status } }
  if (!places.isApi(centre, place)) return { ok: false, trouble: { kind: 'not-allowed' } }
  return { ok: true, token: { value, place, until: endOf(expires_in, host.now()) } }
}
