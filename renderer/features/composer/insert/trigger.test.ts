import { describe, expect, it } from 'vitest'
import { triggerIn, type Wanted } from './trigger.ts'

const all: readonly Wanted[] = ['macro', 'mention']
const asked = (before: string, wanted = all): string | null => {
  const trigger = triggerIn(before, wanted)
  return trigger && `${trigger.wanted}:${trigger.query}:${trigger.length}`
}

describe('a sign at the beginning of a word', () => {
  it('asks for macros or colleagues, with what was typed after it', () => {
    expect(asked('/')).toBe('macro::1')
    expect(asked('Hello /refu')).toBe('macro:refu:5')
    expect(asked('您好，/退款')).toBe('macro:退款:3')
    expect(asked('ask @an')).toBe('mention:an:3')
    expect(asked('(@lin')).toBe('mention:lin:4')
    // Chinese sets no blank between words.
    expect(asked('请@林')).toBe('mention:林:2')
  })

  it('is the same in full width, and the key of / is 、 in an input method', () => {
    expect(asked('／tk')).toBe('macro:tk:3')
    expect(asked('＠lin')).toBe('mention:lin:4')
    expect(asked('、退款')).toBe('macro:退款:3')
    expect(asked('苹果、香蕉')).toBeNull()
  })

  it.each([
    'and/or',
    '1/2',
    '2026/11/22',
    'https://',
    'http:/',
    '/usr/bin',
    '和/或',
    'ann@example',
    'a /b c',
  ])('is not one in %s', before => expect(asked(before)).toBeNull())

  it('asks only for what can be had here', () => expect(asked('@an', ['macro'])).toBeNull())
})
