import { expect, test } from 'vitest'
import { mentionedIn, mentionLabel, mentionsIn } from './mentions.ts'

const agent = (id: string, name: string) => ({ id, name, email: `${id}@example.com` })
const agents = [agent('ann', 'Ann'), agent('anna', 'Anna Bell'), agent('lin', '林悦'), agent('lin2', '林悦')]

test('who is named is found by the whole label, the longer one first', () => {
  expect(mentionedIn('@Ann please look, @Anna Bell too', agents)).toEqual(['ann', 'anna'])
  expect(mentionsIn('hi @Ann.', agents)).toEqual([{ agentId: 'ann', from: 3, to: 7 }])
  expect(mentionedIn('@Ann @Ann', agents)).toEqual(['ann'])
})

test('part of a word, an address and a stranger name nobody', () => {
  expect(mentionedIn('@Annette, write to me@Ann.example or @nobody', agents)).toEqual([])
})

test('in Chinese no blank is needed, and two of one name are told apart', () => {
  const one = [agent('lin', '林悦')]
  expect(mentionedIn('请＠林悦看一下', one)).toEqual(['lin'])
  expect(mentionLabel(agents[3]!, agents)).toBe('林悦 (lin2)')
  expect(mentionedIn('请@林悦 (lin2)看一下', agents)).toEqual(['lin2'])
})
