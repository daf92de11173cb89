import type { Person, Thread } from './script.ts'

const words = {
  en: [
    '',
    'Quick and clear, thank you.',
    '',
    'Friendly, but I had to wait.',
    'The part came the next day.',
    '',
  ],
  'zh-CN': ['', '回复很快，讲得很清楚。', '', '态度很好，就是等得有点久。', '第二天配件就到了。', ''],
} as const

/** What somebody says when they are asked how it was: the same person the same, and one in four nothing. */
export function ratedBy({ address, language }: Person): Pick<Thread, 'rated'> {
  const lot = [...address].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 9973, 7)
  if (lot % 4 === 0) return {}
  const said = words[language]
  return { rated: { score: [5, 5, 4, 5, 3, 4, 2][lot % 7]!, words: said[lot % said.length]! } }
}
