import { wordsOf } from '../app/words-of.ts'

export const words = wordsOf(
  'ui',
  {
    close: 'Close',
    dismiss: 'Dismiss',
    loading: 'Loading',
    notifications: 'Notifications',
    today: 'Today, {{day}}',
    yesterday: 'Yesterday, {{day}}',
    now: 'now',
    minutes: '{{count}} min',
    hours: '{{count}} h',
    days: '{{count}} d',
    seconds: '{{count}} s',
    'list-of_one': '{{count}} entry',
    'list-of_other': '{{count}} entries',
  },
  {
    close: '关闭',
    dismiss: '知道了',
    loading: '正在载入',
    notifications: '通知',
    today: '今天，{{day}}',
    yesterday: '昨天，{{day}}',
    now: '刚刚',
    minutes: '{{count}} 分钟',
    hours: '{{count}} 小时',
    days: '{{count}} 天',
    seconds: '{{count}} 秒',
    'list-of_other': '{{count}} 项',
  },
)
