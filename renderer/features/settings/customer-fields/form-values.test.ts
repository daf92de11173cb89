import { expect, test } from 'vitest'
import { read, valuesOf } from './form-values.ts'

const empty = valuesOf(null)

test('a field has a name in one language at least', () => {
  expect(read(empty, 'a')).toEqual({ wrong: 'label-wrong' })
  expect(read({ ...empty, zh: ' 套餐 ' }, 'a')).toEqual({
    attribute: { id: 'a', kind: 'text', label: { en: '', zh: '套餐' } },
  })
})

test('the bounds of a number are numbers, the smaller first', () => {
  const bounds = (min: string, max: string) => read({ ...empty, kind: 'number', en: 'Seats', min, max }, 'a')
  expect(bounds('1', '1,000')).toMatchObject({ attribute: { min: 1, max: 1000 } })
  expect(bounds('', '')).toMatchObject({ attribute: { min: null, max: null } })
  expect(bounds('one', '')).toEqual({ wrong: 'bound-wrong' })
  expect(bounds('5', '1')).toEqual({ wrong: 'bounds-wrong' })
})

test('a choice has at least one that is offered, and no two of one name', () => {
  const choice = (...names: string[]) =>
    read({ ...empty, kind: 'choice', en: 'Plan', options: names.map(name => ({ id: name, name })) }, 'a')
  expect(choice('Gold', ' ')).toMatchObject({ attribute: { options: [{ name: 'Gold' }] } })
  expect(choice(' ')).toEqual({ wrong: 'options-wrong' })
  expect(choice('Gold', 'ＧＯＬＤ')).toEqual({ wrong: 'option-twice' })
  const archived = {
    ...empty,
    kind: 'choice' as const,
    en: 'Plan',
    options: [{ id: 'a', name: 'A', archived: true }],
  }
  expect(read(archived, 'a')).toEqual({ wrong: 'options-wrong' })
})
