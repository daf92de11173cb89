import { wordsOf } from '../../app/words-of.ts'

export const words = wordsOf(
  'remote-images',
  {
    left_one: '{{count}} picture was not fetched: it would tell the sender that you read this.',
    left_other: '{{count}} pictures were not fetched: they would tell the sender that you read this.',
    show: 'Show pictures',
    'show-hint': 'The hub fetches them: the sender learns that the mail was read, but not from where.',
    always: 'Always from {{address}}',
    'is-always': 'Pictures from {{address}} are always shown on this desk.',
    ask: 'Ask again',
    fetching_one: 'Fetching {{count}} picture',
    fetching_other: 'Fetching {{count}} pictures',
    failed_one: '{{count}} picture could not be fetched.',
    failed_other: '{{count}} pictures could not be fetched.',
    again: 'Try again',
  },
  {
    left_other: '有 {{count}} 张图片没有下载：下载会让发件人知道您已阅读。',
    show: '显示图片',
    'show-hint': '由中枢下载：发件人会知道邮件已读，但不知道您在哪里。',
    always: '总是显示 {{address}} 的图片',
    'is-always': '本机总是显示 {{address}} 的图片。',
    ask: '恢复询问',
    fetching_other: '正在下载 {{count}} 张图片',
    failed_other: '有 {{count}} 张图片无法下载。',
    again: '重试',
  },
)
