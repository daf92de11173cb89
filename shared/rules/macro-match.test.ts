import { expect, test } from 'vitest'
import { Macro } from '../model/macro.ts'
import { finderOf, otherLanguage } from './macro-match.ts'

const macro = (id: string, part: Partial<Macro>): Macro =>
  Macro.parse({
    ...{ id, name: id, shortcut: '', folder: '', language: '', families: [], text: 'x', actions: {} },
    ...{ agentId: null, ...part },
  })

const all = [
  macro('a', { name: 'Refund delay', shortcut: 'rd', folder: 'Refunds', text: 'It takes five days.' }),
  macro('b', { name: '退款进度', shortcut: 'tk', folder: '售后', language: 'zh', text: '您的退款已受理' }),
  macro('c', { name: 'Greeting', text: 'Hello, about your refund' }),
  macro('d', { name: 'Mail footer', families: ['email'] }),
]
const find = finderOf(all)
const chat = { family: 'chat' as const, language: '' }
const ids = (query: string, use = chat): string[] => find(query, use).map(({ id }) => id)

test('macros are found by shortcut, name, pinyin, initials, folder and content, the nearest first', () => {
  expect(ids('rd')).toEqual(['a'])
  expect(ids('refund')).toEqual(['a', 'c'])
  expect(ids('tuikuan')).toEqual(['b'])
  expect(ids('tkjd')).toEqual(['b'])
  expect(ids('shouhou')).toEqual(['b'])
  expect(ids('退款')).toEqual(['b'])
  expect(ids('five')).toEqual(['a'])
  expect(ids('refund hello')).toEqual(['c'])
  expect(ids('zzz')).toEqual([])
})

test('those of another channel are left out, and in a note none', () => {
  expect(ids('footer')).toEqual([])
  expect(find('footer', { family: 'email', language: '' })).toHaveLength(1)
  expect(find('footer', { family: null, language: '' })).toHaveLength(1)
})

test('those in another language than the customer’s come last, and are known as such', () => {
  const use = { family: 'chat' as const, language: 'en-GB' }
  expect(find('', use).at(-1)?.id).toBe('b')
  expect(otherLanguage(all[1]!, use)).toBe(true)
  expect(otherLanguage(all[1]!, { ...use, language: 'zh-CN' })).toBe(false)
  expect(otherLanguage(all[0]!, use)).toBe(false)
})
