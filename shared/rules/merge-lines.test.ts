import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeLines } from './merge-lines.ts'

const merge = (base: string, theirs: string, mine: string) => mergeLines(base, theirs, mine, 'Priya')

test('what only one of them changed is taken', () => {
  expect(merge('a\nb\nc', 'A\nb\nc', 'a\nb\nC')).toBe('A\nb\nC')
  expect(merge('a\nb\nc', 'a\nc', 'a\nb\nc\nd')).toBe('a\nc\nd')
  expect(merge('', 'theirs', '')).toBe('theirs')
})

test('where both wrote something else, both stand, the later one under its author’s name', () => {
  expect(merge('Calls before noon', 'Calls after 15:00', 'Never calls')).toBe(
    'Calls after 15:00\n— Priya:\nNever calls',
  )
  expect(merge('', '先打电话', 'Write first')).toBe('先打电话\n— Priya:\nWrite first')
})

test('the same change made twice stands once', () => {
  expect(merge('a', 'a\nb', 'a\nb')).toBe('a\nb')
  expect(merge('x\na\ny', 'x\nb\ny\nz', 'x\nb\ny')).toBe('x\nb\ny\nz')
})

test('no line that either of them wrote is lost, and only one who changed nothing has no say', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 }).map(lines => lines.join('\n'))
  const marked = (by: string) => fc.array(fc.constantFrom(`${by}1`, `${by}2`), { maxLength: 3 })
  fc.assert(
    fc.property(text, text, text, marked('t'), marked('m'), fc.nat(8), (base, t, m, more, most, at) => {
      const put = (of: string, lines: readonly string[]) => {
        const all = of === '' ? [] : of.split('\n')
        return [...all.slice(0, at), ...lines, ...all.slice(at)].join('\n')
      }
      const [theirs, mine] = [put(t, more), put(m, most)]
      const merged = merge(base, theirs, mine).split('\n')
      for (const line of [...more, ...most]) expect(merged).toContain(line)
      expect(merge(base, base, mine)).toBe(mine)
      expect(merge(base, theirs, base)).toBe(theirs)
    }),
    { numRuns: 500 },
  )
})

test('two long texts that share nothing are joined at once', () => {
  const long = (of: string) => Array.from({ length: 9000 }, () => of).join('\n')
  expect(merge(long('a'), long('b'), long('c')).split('\n')).toHaveLength(18_001)
})
