import { describe, expect, it } from 'vitest'
import { sortKey, typedForms } from './pinyin.ts'

const forms = (name: string): string[] => typedForms(name).split(' ')

describe('a Chinese name', () => {
  it('is typed by its reading, by its initials, and from any character on', () => {
    expect(forms('赵明轩')).toEqual(['zhaomingxuan', 'zmx', 'mingxuan', 'mx', 'xuan'])
  })
  it('has a family name read as one, and is found by the other reading too', () => {
    expect(forms('单雄信')).toEqual(expect.arrayContaining(['shanxiongxin', 'danxiongxin', 'sxx', 'dxx']))
    expect(forms('尉迟恭')).toContain('yuchigong')
  })
  it('with ü is typed with v or u', () => {
    expect(forms('吕布')).toEqual(expect.arrayContaining(['lvbu', 'lubu', 'lb']))
  })
  it('keeps a character that nobody here can read, and Latin words are left to themselves', () => {
    expect(forms('Amy 王𠮷')).toEqual(['wang𠮷', 'w𠮷', '𠮷'])
    expect(typedForms('Amara Okafor')).toBe('')
  })
})

describe('names in order', () => {
  const sorted = (...names: string[]): string[] =>
    names.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
  it('have Chinese ones by their reading among the Latin ones, whatever case or accent', () => {
    expect(sorted('赵明轩', 'zoe', 'Émile', '安娜', 'Eva', '曾志伟', '陈晨')).toEqual([
      '安娜',
      '陈晨',
      'Émile',
      'Eva',
      '曾志伟',
      '赵明轩',
      'zoe',
    ])
  })
})
