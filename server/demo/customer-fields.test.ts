import { expect, test } from 'vitest'
import { Attribute } from '#shared/model/attribute.ts'
import { customerFields } from '#shared/model/customer-field.ts'
import { problemOf } from '#shared/model/field-value.ts'
import { Segment } from '#shared/model/segment.ts'
import { conditionFields, fits } from '#shared/rules/conditions.ts'
import { attributes, factsOf, segments } from './customer-fields.ts'
import { englishThreads } from './threads-en.ts'
import { chineseThreads } from './threads-zh.ts'

test('what is known about the customers fits the fields, and is the same at every start', () => {
  const fields = new Map(customerFields({ attributes }).map(field => [field.id, field]))
  for (const attribute of attributes) expect(Attribute.parse(attribute)).toEqual(attribute)
  const people = [...englishThreads, ...chineseThreads].map(({ person }) => person)
  for (const person of people)
    for (const [id, value] of Object.entries(factsOf(person, 1_800_000_000_000)))
      expect(problemOf(fields.get(id)!, value), `${person.name}: ${id}`).toBeNull()
  expect(people.filter(person => factsOf(person, 0).plan === 'fleet').length).toBeGreaterThan(0)
  expect(factsOf(people[0]!, 5)).toEqual(factsOf(people[0]!, 5))
})

test('the team’s segments ask what can be asked', () => {
  const kinds = new Map(conditionFields({ attributes }).map(({ id, kind }) => [id, kind]))
  for (const segment of segments) {
    expect(Segment.parse({ id: 'x', ...segment })).toMatchObject(segment)
    for (const condition of segment.where.conditions)
      expect(fits(condition, kinds.get(condition.field)!)).toBe(true)
  }
})
