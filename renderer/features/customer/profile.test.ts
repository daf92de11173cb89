import { expect, test } from 'vitest'
import { localTime, tenure } from './profile.ts'

test('the clock shows the customer’s time and place; nothing where that is unknown', () => {
  const noon = Date.UTC(2026, 10, 19, 12)
  expect(localTime(noon, 'America/New_York', 'en')).toBe('07:00, New York')
  expect(localTime(noon, 'Asia/Shanghai', 'zh-CN')).toBe('20:00，上海')
  expect(localTime(noon, '', 'en')).toBe('')
  expect(localTime(noon, 'Berlin', 'en')).toBe('')
})

test('years and months are whole ones', () => {
  const at = (year: number, month: number, day: number): number => new Date(year, month - 1, day).getTime()
  expect(tenure(at(2023, 9, 20), at(2026, 11, 19))).toMatchObject({ years: 3, months: 1 })
  expect(tenure(at(2023, 9, 19), at(2026, 11, 19))).toMatchObject({ years: 3, months: 2 })
  expect(tenure(at(2026, 11, 17), at(2026, 11, 19))).toEqual({ years: 0, months: 0, days: 2 })
})
