import { z } from 'zod'
import type { ConnectorField, ConnectorKind } from '#shared/protocol/connectors.ts'
import { fillable } from './template.ts'

const URL_FORM = z.string().max(2000).refine(isWebAddress)
/** What a header can hold, and nothing that begins another one. */
const HEADER_VALUE = z.string().regex(/^[\x20-\x7e]{1,4000}$/)
/** RFC 9110 5.1, without those that say where a message ends or for whom it is. */
const HEADER_NAME = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~\w-]{1,100}$/)
  .refine(
    name =>
      !/^(host|connection|content-length|transfer-encoding|content-type|upgrade|te|trailer|expect)$/i.test(
        name,
      ),
  )

const Auth = z.discriminatedUnion('auth', [
  z.object({ auth: z.literal('none') }),
  z.object({ auth: z.literal('bearer'), token: HEADER_VALUE }),
  z.object({ auth: z.literal('basic'), user: z.string().regex(/^[^:\p{Cc}]+$/u), password: z.string() }),
  z.object({ auth: z.literal('header'), headerName: HEADER_NAME, headerValue: HEADER_VALUE }),
  z.object({
    auth: z.literal('oauth2'),
    tokenUrl: URL_FORM,
    clientId: z.string(),
    clientSecret: z.string(),
    scope: z.string().default(''),
  }),
])

export const RestSettings = z
  .object({
    address: z.string().refine(text => isWebAddress(fillable(text)) && isFixedHost(text)),
    method: z.enum(['GET', 'POST']),
    body: z.string().default('').refine(isJsonTemplate),
    externalIdField: z.string().default(''),
    missing: z.enum(['nothing', 'failure']),
  })
  .and(Auth)
export type RestSettings = z.infer<typeof RestSettings>

/** Whether TLS is needed is decided where it is called (server/outward/call.ts). */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).username === ''
}

/** A customer's words may say what is asked, never whom. */
function isFixedHost(text: string): boolean {
  return /^https?:\/\/[^/?#{}\\]+([/?]|$)/.test(text)
}

function isJsonTemplate(text: string): boolean {
  if (text === '') return true
  try {
    JSON.parse(fillable(text))
    return true
  } catch {
    return false
  }
}

type Said = { en: string; zh: string }
const said = (en: string, zh: string): Said => ({ en, zh })

const field = (
  id: string,
  kind: ConnectorField['kind'],
  label: Said,
  more: Partial<ConnectorField> = {},
): ConnectorField => ({
  ...{ id, kind, label, hint: null, options: [], value: '', optional: false, when: null },
  ...more,
})
const option = (value: string, en: string, zh: string) => ({ value, label: said(en, zh) })
const withAuth = (...is: string[]) => ({ when: { field: 'auth', is } })

export const restManifest: ConnectorKind = {
  id: 'rest',
  label: said('REST / JSON', 'REST / JSON 接口'),
  lead: said(
    'Any system that answers with JSON when it is asked for a customer: a shop, an ERP, a service of your own.',
    '任何能按客户返回 JSON 的系统：商城、ERP 或您自己的服务。',
  ),
  mapped: true,
  fields: [
    field('address', 'text', said('Address', '地址'), {
      hint: said(
        'Put in what it asks by: {email}, {phone}, {externalId} or {customerId}.',
        '在需要处填入查询条件：{email}、{phone}、{externalId} 或 {customerId}。',
      ),
    }),
    field('method', 'choice', said('Method', '方法'), {
      value: 'GET',
      options: [option('GET', 'GET', 'GET'), option('POST', 'POST', 'POST')],
    }),
    field('body', 'long-text', said('Body, as JSON', '请求体（JSON）'), {
      optional: true,
      when: { field: 'method', is: ['POST'] },
      hint: said(
        'The same words stand for the customer here: {"email": "{email}"}',
        '同样可以使用：{"email": "{email}"}',
      ),
    }),
    field('auth', 'choice', said('Sign-in', '认证'), {
      value: 'bearer',
      options: [
        option('none', 'None', '无'),
        option('bearer', 'Bearer token', 'Bearer 令牌'),
        option('basic', 'User and password', '用户名和密码'),
        option('header', 'Key in a header', '请求头密钥'),
        option('oauth2', 'OAuth 2 client credentials', 'OAuth 2 客户端凭据'),
      ],
    }),
    field('token', 'secret', said('Token', '令牌'), withAuth('bearer')),
    field('user', 'text', said('User', '用户名'), withAuth('basic')),
    field('password', 'secret', said('Password', '密码'), withAuth('basic')),
    field('headerName', 'text', said('Header', '请求头'), { ...withAuth('header'), value: 'X-API-Key' }),
    field('headerValue', 'secret', said('Key', '密钥'), withAuth('header')),
    field('tokenUrl', 'text', said('Token address', '令牌地址'), withAuth('oauth2')),
    field('clientId', 'text', said('Client ID', '客户端 ID'), withAuth('oauth2')),
    field('clientSecret', 'secret', said('Client secret', '客户端密钥'), withAuth('oauth2')),
    field('scope', 'text', said('Scope', '权限范围'), { ...withAuth('oauth2'), optional: true }),
    field('externalIdField', 'customer-field', said('{externalId} is in', '{externalId} 取自'), {
      optional: true,
      hint: said(
        'The customer’s field that holds their number in that system.',
        '存放该系统客户编号的客户字段。',
      ),
    }),
    field('missing', 'choice', said('An answer 404 means', '返回 404 表示'), {
      value: 'nothing',
      options: [
        option('nothing', 'It does not know them', '没有此客户'),
        option('failure', 'Something is wrong', '出现错误'),
      ],
    }),
  ],
}
