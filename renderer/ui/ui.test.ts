import { describe, expect, it } from 'vitest'
import { initials } from './avatar.tsx'
import { caps } from './keycap.tsx'
import { sizeText } from './size.ts'

describe('initials', () => {
  it('of a Chinese name are the family name, a compound one whole', () => {
    expect(initials('陈思远')).toBe('陈')
    expect(initials('欧阳佳宁')).toBe('欧阳')
    expect(initials('王芳')).toBe('王')
    expect(initials('东方')).toBe('东')
  })
  it('of others are the first letters of the first and the last word', () => {
    expect(initials('Tomás Rivera')).toBe('TR')
    expect(initials('Ángel de la Cruz')).toBe('ÁC')
    expect(initials('amara')).toBe('A')
    expect(initials('“Bo” Li')).toBe('BL')
  })
  it('of nobody are a question mark', () => {
    expect(initials('  ')).toBe('?')
    expect(initials('…')).toBe('?')
  })
})

describe('sizes', () => {
  it('are as people write them', () => {
    expect([0, 999, 18_200, 999_499, 999_700, 1_240_000, 25_000_000, 3e9].map(sizeText)).toEqual([
      '0 B',
      '999 B',
      '18 KB',
      '999 KB',
      '1.0 MB',
      '1.2 MB',
      '25 MB',
      '3.0 GB',
    ])
  })
})

describe('keycaps', () => {
  it('are written as the platform writes them', () => {
    expect(caps('Mod+Shift+Enter', false)).toEqual(['Ctrl', '⇧', '↵'])
    expect(caps('Mod+K', true)).toEqual(['⌘', 'K'])
    expect(caps('?', false)).toEqual(['?'])
    expect(caps('Mod+[', false)).toEqual(['Ctrl', '['])
  })
})
