import { z } from 'zod'
import type { ConnectorKind } from '#shared/protocol/connectors.ts'

/**
 * Zoho's data centres: where tokens come from, and the end of the names under which the API answers. An account lives in one of them.
 * Source: Zoho's "Multi DC" page.
 */
export const centres = {
  com: { accounts: 'https://accounts.zoho.com', api: 'com', label: 'zoho.com (US)' },
  eu: { accounts: 'https://accounts.zoho.eu', api: 'eu', label: 'zoho.eu' },
  in: { accounts: 'https://accounts.zoho.in', api: 'in', label: 'zoho.in' },
  cn: { accounts: 'https://accounts.zoho.com.cn', api: 'com.cn', label: 'zoho.com.cn' },
  jp: { accounts: 'https://accounts.zoho.jp', api: 'jp', label: 'zoho.jp' },
  au: { accounts: 'https://accounts.zoho.com.au', api: 'com.au', label: 'zoho.com.au' },
  ca: { accounts: 'https://accounts.zohocloud.ca', api: 'ca', label: 'zohocloud.ca' },
} as const
export type Centre = keyof typeof centres

const Word = z.string().regex(/^[\x21-\x7e]{1,300}$/)
export const ZohoSettings = z.object({
  centre: z.enum(Object.keys(centres) as [Centre, ...Centre[]]),
  clientId: Word,
  clientSecret: Word,
  refreshToken: Word,
  show: z.enum(['both', 'deals', 'orders']),
})
export type ZohoSettings = z.infer<typeof ZohoSettings>

/** What the refresh token must have been granted for. */
export const scopes = [
  'ZohoCRM.modules.contacts.READ',
  'ZohoCRM.modules.deals.READ',
  'ZohoCRM.modules.salesorders.READ',
  'ZohoSearch.securesearch.READ',
].join(',')

const plain = { hint: null, options: [], value: '', optional: false, when: null }

export const zohoManifest: ConnectorKind = {
  id: 'zoho-crm',
  label: { en: 'Zoho CRM', zh: 'Zoho CRM' },
  lead: {
    en: `In Zoho’s API console make a “Self Client”, generate a code for these scopes, and change it for a refresh token: ${scopes}`,
    zh: `在 Zoho API 控制台创建“Self Client”，用以下权限生成代码，再换取刷新令牌：${scopes}`,
  },
  mapped: false,
  fields: [
    {
      ...plain,
      id: 'centre',
      kind: 'choice',
      label: { en: 'Data centre', zh: '数据中心' },
      value: 'com',
      options: Object.entries(centres).map(([value, { label }]) => ({
        value,
        label: { en: label, zh: label },
      })),
    },
    { ...plain, id: 'clientId', kind: 'text', label: { en: 'Client ID', zh: '客户端 ID' } },
    { ...plain, id: 'clientSecret', kind: 'secret', label: { en: 'Client secret', zh: '客户端密钥' } },
    { ...plain, id: 'refreshToken', kind: 'secret', label: { en: 'Refresh token', zh: '刷新令牌' } },
    {
      ...plain,
      id: 'show',
      kind: 'choice',
      label: { en: 'Show', zh: '显示' },
      value: 'both',
      options: [
        { value: 'both', label: { en: 'Deals and orders', zh: '商机和订单' } },
        { value: 'deals', label: { en: 'Deals', zh: '商机' } },
        { value: 'orders', label: { en: 'Sales orders', zh: '销售订单' } },
      ],
    },
  ],
}
