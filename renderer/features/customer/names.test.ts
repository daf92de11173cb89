import { expect, test } from 'vitest'
import type { Channel } from '#shared/model/channel.ts'
import { identityText, isReadable } from './names.ts'
import { words } from './words.ts'

const say = ((key: string, values: Record<string, string> = {}) =>
  Object.entries(values).reduce(
    (text, [name, value]) => text.replace(`{{${name}}}`, value),
    (words.zh as Record<string, string>)[key] ?? key,
  )) as Parameters<typeof identityText>[2]
const channels = new Map([['web', { id: 'web', family: 'chat' } as Channel]])
const visitor = { channel: 'web', address: 'visitor-0123456789abcdef', name: '' }

test('a visitor of the website is called so, and never by the name of their browser', () => {
  expect(identityText(visitor, channels, say)).toBe('网站访客')
  expect(identityText({ ...visitor, name: '赵明轩' }, channels, say)).toBe('网站访客 · 赵明轩')
  expect(isReadable(visitor, channels)).toBe(false)
})

test('an address that people can use is shown as it is', () => {
  const mail = { channel: 'email', address: 'mara@example.com', name: 'Mara' }
  expect(identityText(mail, channels, say)).toBe('mara@example.com')
  expect(isReadable(mail, channels)).toBe(true)
})
