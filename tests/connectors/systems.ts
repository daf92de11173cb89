/** Both connectors with a system each that knows Maria and nobody else, for one contract. */
import type { CardMapping } from '#shared/model/card-mapping.ts'
import { noMapping } from '#shared/model/card-mapping.ts'
import type { Connector } from '../../server/connectors/connector.ts'
import { rest } from '../../server/connectors/rest/rest.ts'
import { zohoDouble } from '../../server/connectors/zoho-crm/double.ts'
import { zohoCrm } from '../../server/connectors/zoho-crm/zoho-crm.ts'
import { startSystem } from './faulty.ts'

export const maria = 'maria@customer.example'
export const secrets = ['s3cret-t0ken', 's3cret-client']

export interface Subject {
  system: Awaited<ReturnType<typeof startSystem>>
  connector: Connector
  values: Record<string, string>
  mapping: CardMapping | null
  /** What Maria's card says first. */
  title: string
  /** The access token is withdrawn; undefined where there is none. */
  expire?: () => void
  granted?: () => number
}

export const shopMapping: CardMapping = {
  ...noMapping,
  list: 'orders',
  title: 'number',
  status: 'state',
  date: 'placed',
  amount: 'total',
  currency: 'EUR',
}

const orders = [
  { number: 'VF-1', state: 'delivered', placed: '2026-01-05', total: 80 },
  { number: 'VF-2', state: 'shipped', placed: '2026-11-02', total: 1290 },
]

export async function shop(): Promise<Subject> {
  const system = await startSystem((request, _body) => {
    if (request.headers.authorization !== `Bearer ${secrets[0]}`) return { status: 401, json: {} }
    const address = decodeURIComponent(request.url?.split('/')[2] ?? '')
    return address === maria
      ? { status: 200, json: { orders } }
      : { status: 404, json: { error: 'not found' } }
  })
  return {
    ...{ system, connector: rest as Connector, mapping: shopMapping, title: 'VF-2' },
    values: {
      ...{ address: `${system.url}/customers/{email}/orders`, method: 'GET', missing: 'nothing' },
      ...{ auth: 'bearer', token: secrets[0]! },
    },
  }
}

/** The same behind OAuth 2 client credentials, asked by POST. */
export async function oauthShop(): Promise<Subject> {
  let valid = ''
  let made = 0
  const basic = `Basic ${Buffer.from(`skein:${secrets[1]}`).toString('base64')}`
  const system = await startSystem((request, body) => {
    if (request.url === '/oauth/token') {
      if (request.headers.authorization !== basic || !body.includes('grant_type=client_credentials'))
        return { status: 400, json: { error: 'invalid_client' } }
      made += 1
      valid = `access-${made}`
      return { status: 200, json: { access_token: valid, token_type: 'Bearer', expires_in: 3600 } }
    }
    if (request.headers.authorization !== `Bearer ${valid}` || valid === '') return { status: 401, json: {} }
    const { who } = JSON.parse(body) as { who: string }
    return { status: 200, json: { orders: who === maria ? orders : [] } }
  })
  return {
    ...{ system, connector: rest as Connector, mapping: shopMapping, title: 'VF-2' },
    expire: () => {
      valid = ''
    },
    granted: () => made,
    values: {
      ...{ address: `${system.url}/find`, method: 'POST', body: '{"who": "{email}"}', missing: 'nothing' },
      ...{
        auth: 'oauth2',
        tokenUrl: `${system.url}/oauth/token`,
        clientId: 'skein',
        clientSecret: secrets[1]!,
      },
    },
  }
}

export async function zoho(): Promise<Subject> {
  const account = { clientId: '1000.CLIENT', clientSecret: secrets[1]!, refreshToken: secrets[0]! }
  const double = zohoDouble({
    ...account,
    contacts: [
      {
        record: {
          ...{ id: '4150868000000376008', Email: maria, Phone: '+34600000001', Full_Name: 'Maria' },
          ...{ Account_Name: { name: 'Bici SL', id: '1' }, Owner: { name: 'Priya Raman', id: '2' } },
        },
        deals: [
          {
            id: '11',
            Deal_Name: 'Ten bikes',
            Stage: 'Closed Won',
            Amount: 42_900,
            Currency: 'EUR',
            Closing_Date: '2026-11-20',
            Probability: 100,
          },
        ],
        orders: [
          {
            id: '21',
            Subject: 'Spare wheels',
            SO_Number: '5512',
            Status: 'Delivered',
            Grand_Total: 310.5,
            Created_Time: '2026-10-02T09:00:00+02:00',
          },
        ],
      },
    ],
  })
  const system = await startSystem((request, body) => double.answer(request, body))
  double.place = system.url
  return {
    system,
    connector: zohoCrm({
      accounts: () => system.url,
      isApi: (_centre, place) => place === system.url,
    }) as Connector,
    values: { centre: 'eu', show: 'both', ...account },
    mapping: null,
    title: 'Ten bikes',
    expire: () => double.expire(),
    granted: () => double.granted,
  }
}
