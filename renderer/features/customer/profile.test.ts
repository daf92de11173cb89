import { expect, test } from 'vitest'
import { isLanguage, isTimeZone, languageName, localTime, tenure } from './profile.ts'

test('a language tag is one that has a shape; empty is unknown', () => {
  expect(['', 'en', 'zh-CN', 'zh-Hans-HK'].every(isLanguage)).toBe(true)
  expect(['english!', 'zh_CN', 'x'].some(isLanguage)).toBe(false)
  expect(languageName('de', 'en')).toBe('German')
})

test('a time zone is one this machine knows', () => {
  expect(['', 'Europe/Berlin', 'Asia/Shanghai'].every(isTimeZone)).toBe(true)
  expect(['Berlin', 'Europe/Nowhere'].some(isTimeZone)).toBe(false)
})

test('the clock shows the customer’s time and place; nothing where that is unknown', () => {
  const noon = Date.UTC(2026, 10, 19, 12)
  expect(localTime(noon, 'America/New_York', 'en')).toBe('07:00, New York')
  expect(localTime(noon, '', 'en')).toBe('')
  expect(localTime(noon, 'Berlin', 'en')).toBe('')
})

test('years and months are whole ones', () => {
  const at = (year: number, month: number, day: number): number => new Date(year, month - 1, day).getTime()
  expect(tenure(at(2023, 9, 20), at(2026, 11, 19))).toMatchObject({ years: 3, months: 1 })
  expect(tenure(at(2023, 9, 19), at(2026, 11, 19))).toMatchObject({ years: 3, months: 2 })
  expect(tenure(at(2026, 11, 17), at(2026, 11, 19))).toEqual({ years: 0, months: 0, days: 2 })
})
