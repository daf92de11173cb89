// A customer about whom much is known: attributes that an administrator defined, tags, consents, who changed what.
import type { Attribute } from '#shared/model/attribute.ts'
import type { World } from '../support/world.ts'

const day = 86_400_000

const attributesIn = (language: 'en' | 'zh'): Attribute[] => [
  {
    id: 'plan',
    kind: 'choice',
    label: { en: 'Plan', zh: '套餐' },
    options: [
      { id: 'fleet', name: language === 'en' ? 'Fleet' : '车队版' },
      { id: 'single', name: language === 'en' ? 'Single' : '单车版' },
      { id: 'trial', name: language === 'en' ? 'Trial' : '试用', archived: true },
    ],
  },
  { id: 'bikes', kind: 'number', label: { en: 'Bikes', zh: '车辆数' }, min: 1, max: 5000 },
  { id: 'renewal', kind: 'date', label: { en: 'Renewal', zh: '续约日' } },
  { id: 'crm', kind: 'link', label: { en: 'CRM', zh: '客户系统' } },
  { id: 'vat', kind: 'text', label: { en: 'VAT number', zh: '税号' } },
  { id: 'old', kind: 'text', label: { en: 'Fax', zh: '传真' }, archived: true },
]

const texts = {
  en: {
    note: 'Call before noon. The workshop closes at 15:00 on Fridays.\nInvoices go to the parent company.',
    how: 'only by appointment',
  },
  zh: { note: '上午联系最方便，周五 15:00 后车间关门。\n发票开给总公司。', how: '仅限预约' },
}

/** Gives the desk's workspace the attributes, and its third customer a profile. Whoever sits there becomes administrator. */
export function profiled(world: World, now: number, language: 'en' | 'zh' = 'en'): World {
  const workspace = world.all('workspace')[0]!
  world.put('workspace', { ...workspace, attributes: attributesIn(language) })
  const customer = world.one('customer', 'customer-3')!
  const [first, , third] = world.all('tag')
  world.put('customer', {
    ...customer,
    tier: customer.tier || 'VIP',
    note: texts[language].note,
    attributes: { plan: 'fleet', bikes: 42, renewal: '2027-03-01', crm: 'https://crm.veloform.com/c/20418' },
    tagIds: [first, third].flatMap(tag => (tag ? [tag.id] : [])),
    consents: {
      email: { state: 'given', how: '', at: now - 200 * day, agentId: 'agent-2' },
      phone: { state: 'refused', how: texts[language].how, at: now - 3 * day, agentId: 'agent-me' },
    },
    edited: { company: { agentId: 'agent-2', at: now - 3 * day } },
  })
  world.put('agent', { ...world.one('agent', world.agentId)!, role: 'administrator' })
  return world
}
