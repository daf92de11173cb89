import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'
import { CsvReader, OpenQuote, type Separator, separatorOf, withoutGuard } from './csv-reader.ts'

function records(
  text: string,
  separator: Separator = ',',
  piece = text.length || 1,
): [number, ...string[]][] {
  const found: [number, ...string[]][] = []
  const reader = new CsvReader(separator, (cells, row) => void found.push([row, ...cells]))
  for (let from = 0; from < text.length; from += piece) reader.push(text.slice(from, from + piece))
  reader.end()
  return found
}

test('RFC 4180: quotes, doubled quotes, separators and line breaks in them, any line end, the last one left out', () => {
  const table = 'a,"b ""c"", d",e\r\n"two\r\nlines",,\n\n"x"y,z "w",\rlast,1,2'
  const expected = [
    [1, 'a', 'b "c", d', 'e'],
    [2, 'two\r\nlines', '', ''],
    [4, 'xy', 'z "w"', ''],
    [5, 'last', '1', '2'],
  ]
  for (const piece of [1, 2, 3, 7, 1000]) expect(records(table, ',', piece)).toEqual(expected)
})

test('what our own tables are written as is read back, in pieces of any length', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '赵', '"', ',', '\n', '\r', ' ', '=', '+', '\t', "'", '😀'),
  })
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })),
      fc.integer({ min: 1, max: 9 }),
      (table, piece) => {
        const text = table.map(line => csvLine(line)).join('')
        const filled = table.filter(line => line.some(each => each !== ''))
        const read = records(text, ',', piece).map(([, ...cells]) => cells.map(withoutGuard))
        const unguarded = filled.map(line => line.map(withoutGuard))
        expect(read).toEqual(unguarded)
      },
    ),
  )
})

test('a quote that nobody closes is said with its row, and does not swallow a large file', () => {
  expect(() => records('a,b\nc,"d\ne,f')).toThrow(OpenQuote)
  expect(() => records(`a,b\nc,"d\n${'e,f\n'.repeat(20_000)}`)).toThrow('row 2')
})

test('the separator is the one by which the records agree', () => {
  expect(separatorOf('name;note\nAnn;"a, b"\nBo;c, d, e\n')).toBe(';')
  expect(separatorOf('name\tnote\nAnn\ta, b\n')).toBe('\t')
  expect(separatorOf('姓名，电话\n王芳，138\n')).toBe('，')
  expect(separatorOf('only one column\nvalue\n')).toBe(',')
})
