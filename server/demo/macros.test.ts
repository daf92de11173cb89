import { expect, test } from 'vitest'
import { Macro } from '#shared/model/macro.ts'
import { holesIn, lookUpOf, variablesOf } from '#shared/rules/variables.ts'
import { attributes } from './customer-fields.ts'
import { macros } from './macros.ts'
import { tags } from './script.ts'

test('the team’s macros name tags and variables that there are; what whoever uses them fills in is one amount', () => {
  const lookUp = lookUpOf(variablesOf({ attributes }))
  const tagOf = (name: string): string => {
    expect(tags).toContain(name)
    return name
  }
  for (const macro of macros(tagOf)) {
    expect(Macro.parse({ id: 'x', ...macro })).toMatchObject(macro)
    const open = holesIn(macro.text).filter(({ name }) => !lookUp(name))
    expect(open.every(({ name }) => ['amount', '金额'].includes(name))).toBe(true)
  }
})
