import { expect, test } from 'vitest'
import { matching } from './choose.tsx'

const options = [
  { value: 'Europe/Berlin', label: 'Berlin', hint: 'Europe/Berlin', also: ['柏林'] },
  { value: 'America/Sao_Paulo', label: 'São Paulo', hint: 'America/Sao_Paulo' },
  { value: 'Europe/London', label: 'London', hint: 'Europe/London' },
]
const found = (typed: string) => matching(options, typed).map(({ label }) => label)

test('one of many is found by its name, by what else it is called, without accents; what begins so comes first', () => {
  expect(found('')).toEqual(['Berlin', 'São Paulo', 'London'])
  expect(found('sao p')).toEqual(['São Paulo'])
  expect(found('柏林')).toEqual(['Berlin'])
  expect(found('europe lon')).toEqual(['London'])
  expect(found('l')).toEqual(['London', 'Berlin', 'São Paulo'])
  expect(found('nowhere')).toEqual([])
})
