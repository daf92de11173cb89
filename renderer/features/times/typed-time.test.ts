import { describe, expect, it } from 'vitest'
import { typedTime } from './typed-time.ts'

/** Thursday, by the clock of whatever machine this is. */
const at = (hour: number, minute = 0, days = 0): number =>
  new Date(2026, 10, 19 + days, hour, minute).getTime()

describe('a typed time', () => {
  it.each([
    ['2h', at(12)],
    ['1.5 hours', at(11, 30)],
    ['30 min', at(10, 30)],
    ['14:30', at(14, 30)],
    ['9am', at(9, 0, 1)],
    ['3pm', at(15)],
    ['tomorrow', at(9, 0, 1)],
    ['tomorrow 8', at(8, 0, 1)],
    ['fri 14:30', at(14, 30, 1)],
    ['Monday', at(9, 0, 4)],
    ['明天下午3点', at(15, 0, 1)],
    ['明早8点半', at(8, 30, 1)],
    ['周五', at(9, 0, 1)],
    ['星期一 10：15', at(10, 15, 4)],
    ['2小时后', at(12)],
    ['３０分钟', at(10, 30)],
    ['后天', at(9, 0, 2)],
    ['今晚8点', at(20)],
    ['2026-11-20 17:30', at(17, 30, 1)],
    ['2026-11-20T17:30', at(17, 30, 1)],
    ['2026/11/20', at(9, 0, 1)],
    ['20 Nov 2pm', at(14, 0, 1)],
    ['Nov 20th, 8:15', at(8, 15, 1)],
    ['2026年11月20日 下午3点', at(15, 0, 1)],
    ['11月20号', at(9, 0, 1)],
    ['1 Jan', new Date(2027, 0, 1, 9).getTime()],
  ])('%s', (text, expected) => {
    expect(typedTime(text, at(10))).toBe(expected)
  })

  it.each([
    '',
    'soon',
    '31 Nov',
    '2026-11-18 9:00',
    '2026-13-01',
    '25:00',
    '12:75',
    'today 9:00',
    '0h',
    '999999 days',
  ])('“%s” says no time to come', text => {
    expect(typedTime(text, at(10))).toBeNull()
  })
})
