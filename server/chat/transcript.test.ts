import { expect, test } from 'vitest'
import type { ThreadMessage } from '../channels/channel.ts'
import { transcriptOf } from './transcript.ts'

const at = (time: string): number => Date.parse(time)
const message = (own: Partial<ThreadMessage>): ThreadMessage => ({
  itemId: 'i',
  conversationId: 'c',
  seq: 1,
  at: at('2026-11-20T23:30:00Z'),
  direction: 'in',
  author: '',
  text: '',
  files: [],
  ...own,
})
const talk = [
  message({ text: 'Is it blue?' }),
  message({ at: at('2026-11-20T23:31:00Z'), direction: 'out', author: 'Priya', text: 'It is.\nAnd green.' }),
  message({
    at: at('2026-11-21T23:31:00Z'),
    files: [{ sha256: '', name: 'frame.png', type: 'image/png', size: 1, contentId: null }],
  }),
]

test('in English, by the visitor’s clock, each day named once', () => {
  const { subject, text } = transcriptOf(talk, true, {
    name: 'Veloform',
    locale: 'en-NL',
    timeZone: 'Europe/Amsterdam',
    asked: true,
  })
  expect(subject).toBe('Your chat with Veloform')
  expect(text).toBe(`Your chat of 21 November 2026 (times in Europe/Amsterdam):

00:30  You
Is it blue?

00:31  Priya
It is.
And green.

22 November 2026

00:31  You
[file: frame.png]

You receive this because it was asked for in the chat. If it was not you, you need do nothing.`)
})

test('in Chinese, by the visitor’s clock', () => {
  const { subject, text } = transcriptOf(talk, false, {
    name: '维洛',
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    asked: false,
  })
  expect(subject).toBe('您与维洛的对话记录')
  expect(text).toContain('以下是您 2026年11月21日 的对话记录（时间为 Asia/Shanghai）：\n更早的消息未列出。')
  expect(text).toContain('07:30  您\nIs it blue?')
  expect(text).toMatch(/\n\n这份对话记录由维洛发给您。$/)
})

test('a zone that is none is UTC, and the formatted form says the same as the plain one', () => {
  const { text, rich } = transcriptOf(talk, true, {
    name: 'V',
    locale: 'fr',
    timeZone: 'Nowhere/At all',
    asked: true,
  })
  expect(text).toContain('(times in UTC)')
  const bold = rich.flatMap(block =>
    block.kind === 'paragraph' ? block.spans.filter(({ marks }) => marks) : [],
  )
  expect(bold.map(({ text }) => text)).toEqual(['23:30  You', '23:31  Priya', '23:31  You'])
})
