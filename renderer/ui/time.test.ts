import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeLanguage } from '../app/i18n.ts'
import { clockTime, countdown, dayAndTime, dayHeading, fullTime, moment, shortTime, span } from './time.ts'

const thursday = new Date(2026, 10, 19, 14, 6).getTime()
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (year: number, month: number, day: number, hour = 0, minute = 0): number =>
  new Date(year, month, day, hour, minute).getTime()

describe('times in English', () => {
  it('spans are one unit, rounded down', () => {
    expect([30_000, minute, 59 * minute, 90 * minute, day - 1, 2.9 * day].map(span)).toEqual([
      'now',
      '1 min',
      '59 min',
      '1 h',
      '23 h',
      '2 d',
    ])
  })

  it('a countdown has seconds while they matter and never goes below none', () => {
    expect([-500, 11_200, 90_000, 125_000].map(countdown)).toEqual(['0 s', '12 s', '90 s', '2 min'])
  })

  it('a short time is a clock today, a weekday this week, a date before, with the year where it differs', () => {
    expect(shortTime(at(2026, 10, 19, 0, 0), thursday)).toBe('00:00')
    expect(shortTime(at(2026, 10, 18, 23, 59), thursday)).toBe('Wed')
    expect(shortTime(at(2026, 10, 13, 12), thursday)).toBe('Fri')
    expect(shortTime(at(2026, 10, 12, 12), thursday)).toBe('12 Nov')
    expect(shortTime(at(2026, 9, 2), thursday)).toBe('2 Oct')
    expect(shortTime(at(2025, 11, 31), thursday)).toBe('31 Dec 2025')
  })

  it('headings of days say today and yesterday', () => {
    expect(dayHeading(thursday, thursday)).toBe('Today, Thursday 19 November')
    expect(dayHeading(at(2026, 10, 18, 3), thursday)).toBe('Yesterday, Wednesday 18 November')
    expect(dayHeading(at(2026, 10, 17), thursday)).toBe('Tuesday 17 November')
    expect(dayHeading(at(2025, 10, 17), thursday)).toBe('Monday 17 November 2025')
  })

  it('a day is counted by the calendar, also over the change of the clocks', () => {
    const sunday = at(2026, 9, 25, 12)
    expect(dayHeading(at(2026, 9, 24, 23, 30), sunday)).toMatch(/^Yesterday, /)
  })

  it('a moment that has been is told to the minute, however long ago', () => {
    expect(dayAndTime(at(2026, 10, 19, 9, 5), thursday)).toBe('09:05')
    expect(dayAndTime(at(2026, 10, 18, 23, 59), thursday)).toBe('yesterday 23:59')
    expect(dayAndTime(at(2026, 10, 15, 8), thursday)).toBe('Sun 08:00')
    expect(dayAndTime(at(2026, 9, 2, 8), thursday)).toBe('2 Oct, 08:00')
  })

  it('a moment to come has its weekday and time', () => {
    expect(moment(at(2026, 10, 20, 9))).toBe('Fri 20 Nov, 09:00')
    expect(fullTime(thursday)).toContain('19 November 2026')
    expect(clockTime(at(2026, 10, 19, 9, 5))).toBe('09:05')
  })
})

describe('times in Chinese', () => {
  beforeAll(() => changeLanguage('zh-CN'))
  afterAll(() => changeLanguage('en'))

  it('are written as Chinese writes them', () => {
    expect(span(26 * minute)).toBe('26 分钟')
    expect(dayHeading(thursday, thursday)).toBe('今天，11月19日 星期四')
    expect(shortTime(at(2026, 9, 9), thursday)).toBe('10月9日')
    expect(shortTime(at(2026, 10, 18), thursday)).toBe('周三')
    expect(clockTime(thursday)).toBe('14:06')
    expect(dayAndTime(at(2026, 10, 18, 9, 5), thursday)).toBe('昨天 09:05')
    expect(dayAndTime(at(2026, 10, 16, 9, 5), thursday)).toBe('周一 09:05')
    expect(dayAndTime(at(2026, 9, 9, 9, 5), thursday)).toBe('10月9日 09:05')
  })
})
