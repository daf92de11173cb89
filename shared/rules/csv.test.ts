import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it('a line has commas between and ends as RFC 4180 says', () => {
  expect(csvLine(['赵明轩', 'Veloform', 3])).toBe('赵明轩,Veloform,3\r\n')
})
it('quotes, commas and lines stay inside their cell', () => {
  expect(csvLine(['a "b"', 'c, d', 'e\nf', ' g'])).toBe('"a ""b""","c, d","e\nf"," g"\r\n')
})
it('text is never a formula, a number stays one', () => {
  expect(csvLine(['=1+1', '+49 30', '-2', '@sum', '\t=1', '＝1', -2])).toBe(
    `'=1+1,'+49 30,'-2,'@sum,'\t=1,'＝1,-2\r\n`,
  )
})
