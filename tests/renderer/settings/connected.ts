// A hub's word on its connections, for the settings of the scripted desk.
import { noMapping } from '#shared/model/card-mapping.ts'
import type { Connectors, Tried } from '#shared/protocol/connectors.ts'
import { ok } from '#shared/protocol/fault.ts'
import { cardOf } from '#shared/rules/card-of.ts'
import { restManifest } from '../../../server/connectors/rest/settings.ts'
import { zohoManifest } from '../../../server/connectors/zoho-crm/settings.ts'
import type { ScriptedCore } from '../support/scripted-core.ts'
import { thursday } from '../support/veloform.ts'

const mapping = {
  ...noMapping,
  ...{ list: 'data.orders', title: 'number', status: 'state', date: 'placed', amount: 'total.amount' },
  ...{ currency: 'total.currency', items: 'lines', itemText: 'product', itemQuantity: 'count' },
  tones: { ok: ['shipped'], warn: [], bad: [] },
}

export const answer = {
  data: {
    customer: { number: 'C-20418', since: '2023-09-14' },
    orders: [
      {
        ...{ id: 20418, number: 'SO-20418', state: 'shipped', placed: '2026-11-17T09:12:00Z' },
        total: { amount: 12870, currency: 'EUR' },
        lines: [
          { product: 'Battery pack PB-48', count: 3 },
          { product: 'Longtail L2', count: 2 },
        ],
      },
      {
        ...{ id: 20377, number: 'SO-20377', state: 'awaiting payment', placed: '2026-11-02T15:40:00Z' },
        ...{ total: { amount: 640.5, currency: 'EUR' }, lines: [] },
      },
    ],
  },
}

export const connected: Connectors = {
  kinds: [restManifest, zohoManifest],
  connectors: [
    {
      ...{ connectorId: 'shop', kind: 'rest', name: 'Shop 商城', active: true, secrets: ['token'], mapping },
      values: {
        ...{ address: 'https://api.veloform.example/v2/orders?email={email}', method: 'GET', auth: 'bearer' },
        missing: 'nothing',
      },
      last: { at: thursday - 120_000, trouble: null },
    },
    {
      ...{ connectorId: 'crm', kind: 'zoho-crm', name: 'Zoho CRM', active: true, mapping: null },
      ...{
        values: { centre: 'eu', clientId: '1000.ABC', show: 'both' },
        secrets: ['clientSecret', 'refreshToken'],
      },
      last: { at: thursday - 14_400_000, trouble: { kind: 'refused-login', status: 401 } },
    },
    {
      ...{ connectorId: 'erp', kind: 'rest', name: 'ERP', active: false, secrets: [], mapping },
      ...{ values: { address: 'https://erp.veloform.example/{externalId}', auth: 'none' }, last: null },
    },
  ],
}

export const tried: Tried = {
  card: cardOf(mapping, [answer]),
  trouble: null,
  answers: [JSON.stringify(answer)],
}

/** What the hub answers to an administrator. */
export function answersOf(core: ScriptedCore, connectors: Connectors, trial: Tried = tried): void {
  core.answer('connectors', () => ok(connectors))
  core.answer('connectorTry', () => ok(trial))
  core.answer('connectorSetUp', () => ok({ connectorId: 'made' }))
  core.answer('connectorChange', () => ok(null))
}
