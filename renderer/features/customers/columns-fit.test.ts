import { expect, it } from 'vitest'
import { fits } from './columns-fit.ts'

const columns = ['name', 'company', 'tier', 'since', 'plan', 'bikes', 'last-activity'].map(id => ({
  id,
  min: 100,
}))
const at = (width: number): string[] => fits(columns, width).map(({ id }) => id)

it('gives up what matters least first, fields that somebody chose later, and never the name', () => {
  expect(at(2000)).toEqual(columns.map(({ id }) => id))
  expect(at(760)).toEqual(['name', 'company', 'tier', 'plan', 'bikes', 'last-activity'])
  expect(at(640)).toEqual(['name', 'company', 'plan', 'bikes', 'last-activity'])
  expect(at(520)).toEqual(['name', 'company', 'plan', 'last-activity'])
  expect(at(300)).toEqual(['name', 'last-activity'])
  expect(at(0)).toEqual(['name'])
})
