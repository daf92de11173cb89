import { describe, expect, test } from 'vitest'
import { colleagueSays } from './colleague.ts'
import {
  begin,
  continued,
  type Dialogue,
  hear,
  type Language,
  opening,
  planOf,
  resume,
  wait,
} from './dialogue.ts'
import { readAgent } from './reading.ts'
import { moods } from './words.ts'

const seeds = Array.from({ length: 1_500 }, (_, index) => index + 1)
const of = (language: Language, over: Partial<Dialogue['plan']> = {}): Dialogue =>
  begin({
    ...planOf(7, language, 'chat'),
    topic: 0,
    opening: 0,
    mood: 'calm',
    outcome: 'content',
    upfront: false,
    ...over,
  })

/** A dialogue with a colleague, to its end. */
function course(seed: number, language: Language): string[] {
  let dialogue = begin(planOf(seed, language, seed % 2 ? 'email' : 'chat'))
  const lines = [opening(dialogue)]
  for (let said = 0; said < 12; said++) {
    const words = colleagueSays(dialogue, said, 'Ada')
    if (words === null) break
    const heard = hear(dialogue, words)
    lines.push(words, ...(heard.text === null ? [] : [heard.text]))
    dialogue = heard.dialogue
  }
  expect(dialogue.over).not.toBeNull()
  return lines
}
/** Numbers, names of things and places do not make a dialogue a different one. */
const bare = (text: string, { values }: Dialogue): string =>
  Object.values(values).reduce((all, value) => all.replaceAll(value, '_'), text)

describe.each(['en', 'zh-CN'] as const)('customers who write %s', language => {
  test('begin in more than 200 ways, facts not counted', () => {
    const openings = seeds.map(seed => {
      const dialogue = begin(planOf(seed, language, 'email'))
      return bare(opening(dialogue), dialogue)
    })
    expect(new Set(openings).size).toBeGreaterThan(200)
  })

  test('go through more than 200 different courses with a colleague, and each course ends', () => {
    const courses = seeds.map(seed => course(seed, language).join('\n').replace(/\d/g, '_'))
    expect(new Set(courses).size).toBeGreaterThan(200)
    for (const each of courses) expect(each).not.toMatch(/\{\w+\}|undefined/)
  })

  test('say the same again for the same seed', () => {
    for (const seed of seeds.slice(0, 50)) expect(course(seed, language)).toEqual(course(seed, language))
  })

  test('nobody is asked for the order and answers with something else', () => {
    const ask = language === 'en' ? 'Could you send me the order number?' : '请提供一下订单号。'
    for (const mood of moods) {
      const { text, dialogue } = hear(of(language, { mood }), ask)
      expect(text).toContain(dialogue.values.order)
      expect(hear(dialogue, ask).text).toMatch(language === 'en' ? /already/ : /已经/)
    }
  })
})

describe('a customer', () => {
  test('gives all that was asked for, and tells more when asked something general', () => {
    const first = hear(of('en'), 'May I have your phone number and your address?')
    expect(first.dialogue.told).toEqual(['phone', 'address'])
    const one = hear(first.dialogue, 'What exactly do you see?')
    const other = hear(one.dialogue, 'And since when?')
    expect(new Set([one.text, other.text]).size).toBe(2)
  })

  test('thanks and is content after a promise', () => {
    const { text, dialogue } = hear(of('en'), 'It is on its way and will be with you tomorrow.')
    expect(text).toMatch(/thank/i)
    expect(dialogue.over).toBe('content')
    expect(hear(dialogue, 'The next thing').text).toBeNull()
    const goodbye = hear(dialogue, 'You are welcome, goodbye!')
    expect(goodbye.text).not.toBeNull()
    expect(hear(goodbye.dialogue, 'Goodbye!').text).toBeNull()
  })

  test('asks one thing more before they are content', () => {
    const first = hear(of('zh-CN', { outcome: 'further' }), '已经安排明天送达。')
    expect(first).toMatchObject({ text: expect.stringContaining('晚上六点'), dialogue: { over: null } })
    expect(hear(first.dialogue, '可以的，已经备注。').dialogue.over).toBe('content')
  })

  test('takes an apology as their mood is, and still wants a solution', () => {
    const { text, dialogue } = hear(of('en', { mood: 'annoyed' }), 'We are very sorry about this.')
    expect(text).toMatch(/repair it|need a solution/)
    expect(dialogue.over).toBeNull()
  })

  test('grows impatient, and gives up at last', () => {
    let said = wait(of('en', { mood: 'hurried', patience: 3 }))
    const texts = [said.text]
    while (!said.dialogue.over) {
      said = wait(said.dialogue)
      texts.push(said.text)
    }
    expect(texts).toHaveLength(4)
    expect(said.dialogue.over).toBe('gave-up')
    expect(wait(said.dialogue).text).toBeNull()
  })

  test('goes on in the other channel with the same facts', () => {
    const { text, dialogue } = hear(of('en', { outcome: 'switches' }), 'It comes tomorrow.')
    expect(dialogue.over).toBe('switched')
    expect(text).toContain('mail')
    const there = continued(dialogue)
    expect(there.plan.channel).toBe('email')
    expect(there.values.order).toBe(dialogue.values.order)
    expect(opening(there)).toContain('after six')
    expect(hear(there, 'Yes, on the evening round.').dialogue.over).toBe('content')
  })

  test('from before the start reacts, too', () => {
    const before = resume(3, 'en', 'email')
    expect(hear(before, 'Is it still the same?').text).toMatch(/\w/)
    expect(hear(before, 'We shipped it today.').dialogue.over).toBe('content')
  })
})

test.each([
  ['Could you send me the order number?', { asks: true, wants: ['order'] }],
  ['请问地址和电话是多少？', { asks: true, wants: ['address', 'phone'] }],
  ['I have looked at order SO-41234.', { asks: false, wants: [], number: false }],
  ['It costs 18 EUR.', { asks: false, number: true, promised: false }],
  ['Sorry for the delay, it leaves tomorrow.', { apologised: true, promised: true }],
  ['抱歉，已经为您安排退款。', { apologised: true, done: true, asks: false }],
  ['不客气，再见！', { goodbye: true, asks: false }],
  ['Thanks for your patience.', { asks: false, promised: false, done: false, goodbye: false }],
])('is understood: %s', (text, expected) => expect(readAgent(text)).toMatchObject(expected))
