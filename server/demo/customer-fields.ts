import { createHash } from 'node:crypto'
import type { Attribute, AttributeValue } from '#shared/model/attribute.ts'
import type { Segment } from '#shared/model/segment.ts'
import type { Person } from './script.ts'

/** What this company wants to know about its customers besides what everybody does. */
export const attributes: Attribute[] = [
  { id: 'bikes', kind: 'number', label: { en: 'Bikes', zh: '车辆数' }, min: 1 },
  {
    id: 'plan',
    kind: 'choice',
    label: { en: 'Service plan', zh: '服务套餐' },
    options: [
      { id: 'basic', name: 'Basic 基础' },
      { id: 'fleet', name: 'Fleet 车队' },
      { id: 'full', name: 'Full service 全包' },
    ],
  },
  { id: 'renewal', kind: 'date', label: { en: 'Renewal', zh: '续约日' } },
]

/** Whom the team looks at together. */
export const segments: Omit<Segment, 'id'>[] = [
  {
    name: 'VIP',
    where: { match: 'all', conditions: [{ field: 'tier', operator: 'is', values: ['VIP'] }] },
    agentId: null,
  },
  {
    name: 'Fleets that wait 车队待复',
    where: {
      match: 'all',
      conditions: [
        { field: 'bikes', operator: 'after', values: [20] },
        { field: 'open', operator: 'after', values: [0] },
      ],
    },
    agentId: null,
  },
]

/** Of a company; private people have none. The same for the same person, at any start. */
export function factsOf({ company, address }: Person, now: number): Record<string, AttributeValue> {
  if (!company) return {}
  const [bikes = 0, plan = 0, days = 0] = createHash('sha256').update(address).digest()
  const renewal = new Date(now + (20 + days) * 86_400_000).toISOString().slice(0, 10)
  const size = 3 + (bikes % 60)
  return { bikes: size, plan: size > 20 ? (plan % 2 ? 'fleet' : 'full') : 'basic', renewal }
}
