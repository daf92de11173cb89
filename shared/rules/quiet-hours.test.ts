import { expect, test } from 'vitest'
import { isQuiet, type QuietSpan, usualQuiet, weekTime } from './quiet-hours.ts'

const at = (text: string): number => {
  const [hours, minutes] = text.split(':').map(Number)
  return hours! * 60 + minutes!
}
const span = (from: string, to: string): QuietSpan => ({ from: at(from), to: at(to) })
const monday = 1

test.each([
  // On Mondays only: from, to; day, time; quiet
  ['12:00', '14:00', monday, '11:59', false],
  ['12:00', '14:00', monday, '12:00', true],
  ['12:00', '14:00', monday, '13:59', true],
  ['12:00', '14:00', monday, '14:00', false],
  ['20:00', '08:00', monday, '07:00', false],
  ['20:00', '08:00', monday, '20:00', true],
  ['20:00', '08:00', monday + 1, '07:59', true],
  ['20:00', '08:00', monday + 1, '08:00', false],
  ['20:00', '08:00', monday + 1, '21:00', false],
  ['09:00', '09:00', monday, '23:00', true],
  ['09:00', '09:00', monday + 1, '08:59', true],
  ['09:00', '09:00', monday + 1, '09:00', false],
] as const)('%s to %s on Mondays: on day %i at %s it is %s', (from, to, day, time, quiet) => {
  const days = usualQuiet.days.map((_, index) => (index === monday ? span(from, to) : null))
  expect(isQuiet({ on: true, days }, { day, minute: at(time) })).toBe(quiet)
})

test('Saturday’s night ends on Sunday', () => {
  const days = usualQuiet.days.map((_, index) => (index === 6 ? span('22:00', '10:00') : null))
  expect(isQuiet({ on: true, days }, { day: 0, minute: at('09:00') })).toBe(true)
})

test('switched off nothing is quiet', () => {
  expect(isQuiet({ ...usualQuiet, on: false }, { day: 1, minute: 0 })).toBe(false)
  expect(isQuiet({ ...usualQuiet, on: true }, { day: 1, minute: 0 })).toBe(true)
})

test('a moment is read from the machine’s clock', () => {
  expect(weekTime(new Date(2026, 10, 22, 7, 5).getTime())).toEqual({ day: 0, minute: 425 })
})
