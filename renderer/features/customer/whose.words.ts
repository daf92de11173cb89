import { wordsOf } from '../../app/words-of.ts'

export const words = wordsOf(
  'whose',
  { whom: 'Who', whole: 'With everybody merged', alone: 'This one alone' },
  { whom: '范围', whole: '连同已合并的客户', alone: '仅此一位' },
)
