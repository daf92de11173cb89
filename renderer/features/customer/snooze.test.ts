import { describe, expect, test } from 'vitest'
import { weekendOf } from '../times/calendar.ts'
import { snoozeChoices } from './snooze.ts'

const at = (day: number, hour: number, minutes = 0): number =>
  new Date(2026, 10, day, hour, minutes).getTime()
const names = (now: number, weekend?: number[]): string[] =>
  snoozeChoices(now, weekend).map(({ name }) => name)

describe('times to be reminded at', () => {
  test('on a Thursday at two: all of them, soonest first', () => {
    const choices = snoozeChoices(at(19, 14, 6))
    expect(choices.map(({ name }) => name)).toEqual([
      'laterToday',
      'thisEvening',
      'tomorrow',
      'weekend',
      'nextWeek',
    ])
    expect(choices.map(({ at: until }) => until)).toEqual([
      at(19, 17, 30),
      at(19, 18),
      at(20, 9),
      at(21, 9),
      at(23, 9),
    ])
  })
  test('late in the evening nothing of today is left', () => {
    expect(names(at(19, 22))).toEqual(['tomorrow', 'weekend', 'nextWeek'])
  })
  test('on a Friday, tomorrow is the weekend and stands once', () => {
    expect(names(at(20, 22))).toEqual(['tomorrow', 'nextWeek'])
  })
  test('none is in the past or in less than an hour', () => {
    for (let hour = 0; hour < 168; hour++)
      for (const { at: until } of snoozeChoices(at(16, hour)))
        expect(until - at(16, hour)).toBeGreaterThanOrEqual(3_600_000)
  })
  test('where Friday and Saturday are free, the week begins on Sunday', () => {
    expect(snoozeChoices(at(19, 22), [5, 6]).find(({ name }) => name === 'nextWeek')?.at).toBe(at(22, 9))
  })
  test('an unknown locale rests on Saturday and Sunday', () => {
    expect(weekendOf('not a locale')).toEqual([6, 0])
  })
})
