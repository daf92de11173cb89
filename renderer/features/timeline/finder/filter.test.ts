import { expect, it } from 'vitest'
import { writtenDay } from '../../times/typed-date.ts'
import { daysFit, everything, filterOf, isEverything, lastDays, toggled } from './filter.ts'

it('asks for everything when nothing is chosen', () => {
  expect(isEverything(everything)).toBe(true)
  expect(filterOf(everything)).toEqual({ channels: [], kinds: [], authors: [], from: null, until: null })
})

it('takes in the whole of the last day, also of one with 23 or 25 hours', () => {
  for (const day of ['2026-03-29', '2026-10-25', '2026-11-22']) {
    const { from, until } = filterOf({ ...everything, fromDay: day, untilDay: day })
    expect(writtenDay(from!)).toBe(day)
    expect(writtenDay(until! - 1)).toBe(day)
    expect(writtenDay(until!)).not.toBe(day)
  }
})

it('leaves out days of which the first is after the last', () => {
  const chosen = { ...everything, fromDay: '2026-11-22', untilDay: '2026-11-20' }
  expect(daysFit(chosen)).toBe(false)
  expect(filterOf(chosen)).toMatchObject({ from: null, until: null })
})

it('counts today among the last days', () => {
  const now = new Date(2026, 2, 1, 12).getTime()
  expect(lastDays(1, now)).toEqual({ fromDay: '2026-03-01', untilDay: '' })
  expect(lastDays(7, now).fromDay).toBe('2026-02-23')
})

it('chooses and unchooses', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
  expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
})
