/** Contacts of Zoho CRM by email or phone, with their deals and sales orders. */
import { type Card, type CardGroup, type CardLine, LONGEST, MOST, type Tone } from '#shared/model/card.ts'
import { dateOf, numberOf, textOf } from '#shared/rules/card-of.ts'
import { type Connector, type Subject, troubled } from '../connector.ts'
import { type Read, type Records, type ZohoApi, type ZohoPlaces, zohoApi } from './api.ts'
import { centres, ZohoSettings, zohoManifest } from './settings.ts'

const real: ZohoPlaces = {
  accounts: centre => centres[centre].accounts,
  isApi: (centre, address) => address === `https://www.zohoapis.${centres[centre].api}`,
}

/** Addresses and contacts that are asked for. */
const MOST_ASKED = 3
const SHOWN = 8

type Wanted = Parameters<ZohoApi['related']>[1]
type Rec = Records['data'][number]

const fieldsOf: Record<Wanted, readonly string[]> = {
  Deals: ['id', 'Deal_Name', 'Stage', 'Amount', 'Currency', 'Closing_Date', 'Probability', 'Created_Time'],
  Sales_Orders: [
    'id',
    'Subject',
    'SO_Number',
    'Status',
    'Grand_Total',
    'Currency',
    'Due_Date',
    'Created_Time',
  ],
}

export const zohoCrm = (places: ZohoPlaces = real): Connector<ZohoSettings> => ({
  manifest: zohoManifest,
  settings: ZohoSettings,
  placeOf: (_secret, values) => values.centre ?? '',
  async ask(subject, settings, host) {
    if (subject.emails.length + subject.phones.length === 0) return troubled('no-key')
    const api = zohoApi(settings, host, places)
    const found = await contactsOf(api, subject)
    if (!found.ok) return { kind: 'trouble', trouble: found.trouble }
    const contacts = found.records.data
    const wanted: Wanted[] =
      settings.show === 'both'
        ? ['Deals', 'Sales_Orders']
        : settings.show === 'deals'
          ? ['Deals']
          : ['Sales_Orders']
    const groups: CardGroup[] = []
    // A deal may be several contacts'.
    const seen = new Set<string>()
    let more = 0
    for (const contact of contacts)
      for (const list of wanted) {
        const read = await api.related(text(contact.id), list, fieldsOf[list])
        if (!read.ok) return { kind: 'trouble', trouble: read.trouble }
        for (const record of read.records.data) {
          const id = `${list} ${text(record.id)}`
          if (!seen.has(id)) groups.push(list === 'Deals' ? dealOf(record) : orderOf(record))
          seen.add(id)
        }
        // It says that there are more, not how many: one more is true at least.
        if (read.records.info?.more_records) more += 1
      }
    groups.sort((one, other) => (other.date ?? '').localeCompare(one.date ?? ''))
    const card: Card = {
      lines: contacts[0] ? linesOf(contacts[0]) : [],
      groups: groups.slice(0, SHOWN),
      more: Math.max(0, groups.length - SHOWN) + more,
    }
    return { kind: 'card', card }
  },
})

/** By every address, and by numbers only where no address is known there. */
async function contactsOf(api: ZohoApi, { emails, phones }: Subject): Promise<Read> {
  const contacts = new Map<string, Rec>()
  for (const [by, values] of [
    ['email', emails],
    ['phone', phones],
  ] as const) {
    if (contacts.size > 0) break
    for (const value of values.slice(0, MOST_ASKED)) {
      const read = await api.contacts(by, value)
      if (!read.ok) return read
      for (const contact of read.records.data)
        if (/^\d{1,30}$/.test(text(contact.id))) contacts.set(text(contact.id), contact)
    }
  }
  return { ok: true, records: { data: [...contacts.values()].slice(0, MOST_ASKED) } }
}

const text = (value: unknown): string => textOf(value, LONGEST.title)
/** A look-up names what it leads to. */
const nameOf = (value: unknown): string => text((value as { name?: unknown } | null)?.name)

function linesOf(contact: Rec): CardLine[] {
  const line = (en: string, zh: string, words: string): CardLine[] =>
    words === '' ? [] : [{ label: { en, zh }, value: { kind: 'text', text: words } }]
  return [
    ...line('Account', '客户公司', nameOf(contact.Account_Name)),
    ...line('Owner', '负责人', nameOf(contact.Owner)),
    ...line('Source', '来源', text(contact.Lead_Source)),
  ].slice(0, MOST.lines)
}

const money = (record: Rec, field: string): CardGroup['amount'] => {
  const amount = numberOf(record[field])
  const currency = text(record.Currency)
  return amount === null ? null : { amount, currency: /^[A-Z]{3}$/.test(currency) ? currency : '' }
}

const plain = { link: null, items: [], moreItems: 0 }

function dealOf(record: Rec): CardGroup {
  const stage = text(record.Stage)
  const probability = numberOf(record.Probability)
  return {
    ...plain,
    sort: { en: 'Deal', zh: '商机' },
    title: text(record.Deal_Name),
    status: stage === '' ? null : { text: stage, tone: toneOf(stage) },
    date: dateOf(record.Closing_Date) ?? dateOf(record.Created_Time),
    amount: money(record, 'Amount'),
    lines:
      probability === null
        ? []
        : [{ label: { en: 'Probability', zh: '成功率' }, value: { kind: 'text', text: `${probability}%` } }],
  }
}

function orderOf(record: Rec): CardGroup {
  const status = text(record.Status)
  const number = text(record.SO_Number)
  return {
    ...plain,
    sort: { en: 'Order', zh: '订单' },
    title: text(record.Subject) || number,
    status: status === '' ? null : { text: status, tone: toneOf(status) },
    date: dateOf(record.Created_Time) ?? dateOf(record.Due_Date),
    amount: money(record, 'Grand_Total'),
    lines:
      number === '' ? [] : [{ label: { en: 'Number', zh: '单号' }, value: { kind: 'text', text: number } }],
  }
}

/** Stages and states that Zoho ships with; those of one's own are plain. */
const toneOf = (stage: string): Tone =>
  /^closed won$|^delivered$/i.test(stage)
    ? 'ok'
    : /^closed.lost|^cancelled$/i.test(stage)
      ? 'bad'
      : /^on hold$/i.test(stage)
        ? 'warn'
        : 'plain'
