import { expect, it } from 'vitest'
import { inOrder, listText, numberText, percentText, tenthsText } from './numbers.ts'

it('numbers have their thousands apart, a rating has one place, a part is a per cent', () => {
  expect([numberText(12_408, 'en'), numberText(12_408, 'zh-CN')]).toEqual(['12,408', '12,408'])
  expect([tenthsText(4, 'en'), percentText(37, 'zh-CN')]).toEqual(['4.0', '37%'])
})

it('a list has commas in English and 、 in Chinese, and one name has neither', () => {
  expect(listText(['Ann', 'Bo', 'Cy'], 'en')).toBe('Ann, Bo, Cy')
  expect(listText(['王芳', '李雷', '韩梅梅'], 'zh-CN')).toBe('王芳、李雷、韩梅梅')
  expect(listText(['王芳'], 'zh-CN')).toBe('王芳')
  expect(listText([], 'en')).toBe('')
})

it('names are in the order of an address book: Chinese ones by their sound, and 9 before 10', () => {
  const names = ['赵明轩', '陈静', '10 Downing', '9 Elms', '王芳', 'Ólafur', 'Oscar']
  expect(names.toSorted((a, b) => inOrder(a, b, 'zh-CN'))).toEqual([
    ...['9 Elms', '10 Downing', '陈静', '王芳', '赵明轩', 'Ólafur', 'Oscar'],
  ])
  expect(['Oscar', 'Ólafur', 'Nora'].toSorted((a, b) => inOrder(a, b, 'en'))).toEqual([
    ...['Nora', 'Ólafur', 'Oscar'],
  ])
})
