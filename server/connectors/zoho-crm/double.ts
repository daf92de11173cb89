/**
 * Zoho CRM as its documentation describes it (tokens, search, related records, errors), for tests: the real one cannot be had here. What it
 * answers follows the pages "Access Token Expiry", "Search Records", "Get Related Records", "Status Codes" and "API Limits" of version 8.
 */
import type { IncomingMessage } from 'node:http'

export interface DoubleAnswer {
  status: number
  headers?: Record<string, string>
  /** Undefined: no body. */
  json?: unknown
}

type Rec = Record<string, unknown> & { id: string }
export interface ZohoContact {
  record: Rec & { Email: string; Phone?: string }
  deals: Rec[]
  orders: Rec[]
}

const error = (status: number, code: string, message: string): DoubleAnswer => ({
  status,
  json: { code, details: {}, message, status: 'error' },
})

export function zohoDouble(account: {
  clientId: string
  clientSecret: string
  refreshToken: string
  contacts: ZohoContact[]
}) {
  let made = 0
  let valid = ''
  const state = {
    /** Tokens given out. */
    granted: 0,
    scopes: true,
    refreshable: true,
    /** Where it says that the API is; set when it listens. */
    place: '',
    /** The access token is withdrawn before its hour. */
    expire(): void {
      valid = ''
    },
    answer(request: IncomingMessage, body: string): DoubleAnswer {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://zoho')
      if (pathname === '/oauth/v2/token') return token(new URLSearchParams(body))
      if (request.headers.authorization !== `Zoho-oauthtoken ${valid}` || valid === '')
        return error(401, 'INVALID_TOKEN', 'invalid oauth token')
      if (!state.scopes) return error(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL')
      const [, , version, module, id, list] = pathname.split('/')
      if (version !== 'v8' || module !== 'Contacts')
        return error(404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one')
      if (!searchParams.get('fields'))
        return error(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing')
      const found = id === 'search' ? search(searchParams) : related(id ?? '', list ?? '')
      // "No content" when nothing was found.
      if (found.length === 0) return { status: 204 }
      const page = found.slice(0, Number(searchParams.get('per_page') ?? 200))
      const info = {
        per_page: page.length,
        count: page.length,
        page: 1,
        more_records: page.length < found.length,
      }
      return { status: 200, json: { data: page, info } }
    },
  }

  const token = (form: URLSearchParams): DoubleAnswer => {
    const known =
      form.get('grant_type') === 'refresh_token' &&
      form.get('client_id') === account.clientId &&
      form.get('client_secret') === account.clientSecret
    if (!known) return { status: 200, json: { error: 'invalid_client' } }
    if (!state.refreshable || form.get('refresh_token') !== account.refreshToken)
      return { status: 200, json: { error: 'invalid_code' } }
    made += 1
    state.granted = made
    valid = `1000.access-${made}`
    return {
      status: 200,
      json: { access_token: valid, api_domain: state.place, token_type: 'Bearer', expires_in: 3600 },
    }
  }
  const search = (query: URLSearchParams): Rec[] =>
    account.contacts
      .filter(({ record }) =>
        query.has('email') ? record.Email === query.get('email') : record.Phone === query.get('phone'),
      )
      .map(({ record }) => record)
  const related = (id: string, list: string): Rec[] => {
    const contact = account.contacts.find(({ record }) => record.id === id)
    return (list === 'Deals' ? contact?.deals : list === 'Sales_Orders' ? contact?.orders : []) ?? []
  }
  return state
}
