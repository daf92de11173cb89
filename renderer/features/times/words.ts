import { wordsOf } from '../../app/words-of.ts'

export const words = wordsOf(
  'times',
  {
    type: '2h, fri 14:30, tomorrow …',
    'no-time': 'No time to come is called that.',
    own: 'Date and time',
    'type-day': '23 Nov, yesterday …',
    'no-day': 'Not a day yet',
    calendar: 'Calendar',
    past: 'Choose a time that is still to come.',
  },
  {
    type: '两小时后、下周三 14:30、明天下午……',
    'no-time': '无法识别为将来的时间。',
    own: '日期和时间',
    'type-day': '11月23日、昨天……',
    'no-day': '还不是日期',
    calendar: '日历',
    past: '请选择将来的时间。',
  },
)
