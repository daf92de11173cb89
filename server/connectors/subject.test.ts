import { expect, test } from 'vitest'
import { customerWith, identityWith } from '#shared/model/testing.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import { fillings, inAddress, inJson } from './rest/template.ts'
import { subjectOf } from './subject.ts'

const workspace: Workspace = {
  ...{ id: 'w', name: 'W', lockAfterDays: 14, windowDays: 90 },
  attributes: [{ id: 'number', kind: 'text', label: { en: 'Number', zh: '编号' } }],
}
const customers = [
  customerWith({ id: 'maria', attributes: { number: 'K 7/1' } }),
  customerWith({ id: 'li', attributes: { number: 'K8' } }),
]
const identities = [
  identityWith({ id: '1', customerId: 'maria', address: 'Maria@Customer.example' }),
  identityWith({ id: '2', customerId: 'li', channel: 'phone', address: '+34600000001' }),
  identityWith({ id: '3', customerId: 'li', channel: 'chat', address: 'visitor-0af3' }),
]

test('somebody is asked for by all addresses and numbers of everybody they are, and by the field that was chosen', () => {
  expect(subjectOf(customers, identities, workspace, 'number')).toEqual({
    customerId: 'maria',
    emails: ['maria@customer.example'],
    phones: ['+34600000001'],
    externalIds: ['K 7/1', 'K8'],
  })
  expect(subjectOf(customers, identities, workspace, '').externalIds).toEqual([])
  expect(subjectOf(customers, identities, undefined, 'number').externalIds).toEqual([])
})

test('every way to fill the places is one request, at most five; none where something is not known', () => {
  const subject = subjectOf(customers, identities, workspace, 'number')
  const both = fillings(['https://x.example/{externalId}?mail={email}'], subject)
  expect(both.map(filling => inAddress('https://x.example/{externalId}?mail={email}', filling))).toEqual([
    'https://x.example/K%207%2F1?mail=maria%40customer.example',
    'https://x.example/K8?mail=maria%40customer.example',
  ])
  expect(fillings(['{email}'], { ...subject, emails: [] })).toEqual([])
  const many = { ...subject, emails: ['a', 'b', 'c'], phones: ['1', '2', '3'] }
  expect(fillings(['{email} {phone}'], many)).toHaveLength(5)
  expect(fillings(['https://x.example/all'], subject)).toEqual([{}])
})

test('inside JSON a value ends no string', () => {
  const filled = inJson('{"who": "{externalId}"}', { externalId: '", "admin": true, "x": "\\\n' })
  expect(JSON.parse(filled)).toEqual({ who: '", "admin": true, "x": "\\\n' })
})
