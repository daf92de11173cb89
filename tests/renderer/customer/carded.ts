// What a shop and a CRM know about the customer of the scenes.
import type { Card, CardGroup } from '#shared/model/card.ts'
import type { CustomerCard } from '#shared/queries/index.ts'

const group = (more: Partial<CardGroup> & Pick<CardGroup, 'title'>): CardGroup => ({
  ...{ sort: null, link: null, status: null, date: null, amount: null },
  ...{ lines: [], items: [], moreItems: 0 },
  ...more,
})
const eur = (amount: number) => ({ amount, currency: 'EUR' })

export const orders: Card = {
  lines: [
    { label: { en: 'Customer no.', zh: '客户编号' }, value: { kind: 'text', text: 'C-20418' } },
    { label: { en: 'Spent', zh: '累计消费' }, value: { kind: 'money', money: eur(48_230) } },
  ],
  groups: [
    group({
      ...{
        title: 'SO-20418',
        status: { text: 'Shipped', tone: 'ok' },
        date: '2026-11-17',
        amount: eur(12_870),
      },
      link: 'https://shop.veloform.example/orders/20418',
      lines: [{ label: { en: 'Carrier', zh: '承运' }, value: { kind: 'text', text: 'DHL Freight' } }],
      items: [
        { text: 'Battery pack PB-48 电池组', quantity: 3, amount: eur(1_920) },
        {
          text: 'Longtail L2, anthracite, with rear rack and two child seats',
          quantity: 2,
          amount: eur(7_780),
        },
        { text: 'Assembly', quantity: null, amount: null },
      ],
    }),
    group({
      title: 'SO-20377',
      status: { text: 'Awaiting payment', tone: 'warn' },
      date: '2026-11-02',
      amount: eur(640.5),
    }),
    group({
      title: 'SO-19860',
      status: { text: 'Refunded', tone: 'bad' },
      date: '2026-09-28',
      amount: eur(129),
    }),
  ],
  more: 14,
}

export const deals: Card = {
  lines: [{ label: { en: 'Owner', zh: '负责人' }, value: { kind: 'text', text: 'Priya Raman' } }],
  groups: [
    group({
      ...{ sort: { en: 'Deal', zh: '商机' }, title: 'Fleet renewal 2027 车队续约' },
      ...{ status: { text: 'Negotiation', tone: 'plain' }, date: '2027-01-31', amount: eur(96_000) },
      lines: [{ label: { en: 'Probability', zh: '成功率' }, value: { kind: 'text', text: '60%' } }],
    }),
  ],
  more: 0,
}

export const cardOf = (
  more: Partial<CustomerCard> & Pick<CustomerCard, 'connectorId' | 'name'>,
): CustomerCard => ({
  ...{ card: null, at: null, trouble: null, asking: false },
  ...more,
})

/** Fresh orders, and deals that could not be asked for again. */
export const known = (now: number): CustomerCard[] => [
  cardOf({ connectorId: 'shop', name: 'Shop 商城', card: orders, at: now - 90_000 }),
  cardOf({
    ...{ connectorId: 'crm', name: 'Zoho CRM', card: deals, at: now - 4 * 3_600_000 },
    trouble: { kind: 'slow' },
  }),
]
