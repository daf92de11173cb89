import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tokensOf } from './segment.ts'
import { TokenBytes } from './segment-bytes.ts'
import { answers, questionOf } from './segment-question.ts'
import { HIT_END, HIT_START, snippetOf } from './segment-snippet.ts'
import { normalise } from './segment-text.ts'

const found = (typed: string, ...texts: string[]): boolean => {
  const question = questionOf(typed)
  return question !== null && answers(question, texts.map(normalise))
}

const utf8 = (bytes: Uint8Array): string =>
  decodeURIComponent([...bytes].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join(''))

fc.configureGlobal({ seed: 20418 })

describe('one form for what is the same word', () => {
  test.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['ﾃﾞｰﾀ', 'データ'],
    ['Café Müller Ærø Straße Łódź İstanbul', 'cafe muller aero strasse lodz istanbul'],
    ['cafe\u0301', 'cafe'],
    ['re\u00adfund\u200b', 'refund'],
    ['がぎぐ', 'がぎぐ'],
    ['한국어', '한국어'],
    ['й', 'й'],
    ['Ǽ', 'ae'],
    ['❤️', '❤'],
  ])('%s is %s', (text, expected) => expect(normalise(text)).toBe(expected))

  test('to normalise twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(normalise(normalise(text))).toBe(normalise(text))
      }),
    )
  })
})

describe('tokens', () => {
  test('Chinese gives its characters and pairs, never across punctuation', () => {
    expect([...tokensOf(['退款，谢谢'])]).toEqual(['退', '款', '退款', '谢', '谢谢'])
  })

  test('words give their beginnings, numbers their last four digits too', () => {
    expect([...tokensOf(['Refunded 20418'])]).toEqual(
      'r re ref refu refun refund refunde refunded 2 20 204 2041 20418 0418'.split(' '),
    )
  })

  test('a rare character of two units stays whole', () => {
    expect([...tokensOf(['𠮷野'])]).toEqual(['𠮷', '野', '𠮷野'])
  })

  test('pieces of one text never join with the next', () => {
    expect(tokensOf(['退', '款']).has('退款')).toBe(false)
  })

  test('as bytes they are the same tokens', () => {
    const writer = new TokenBytes()
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), texts => {
        writer.clear('7')
        for (const text of texts) writer.add(text)
        const written = utf8(writer.bytes).split(' ').filter(Boolean)
        expect(new Set(written)).toEqual(new Set([...tokensOf(texts)].map(token => `7${token}`)))
      }),
    )
  })

  test('no token holds what FTS5 could read as an operator or a space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        for (const token of tokensOf([text])) expect(token).toMatch(/^[a-z0-9\u0080-\u{10ffff}]+$/u)
      }),
    )
  })
})

describe('questions', () => {
  test.each([
    ['退', '我要退款'],
    ['退款申请', '关于退款申请的问题'],
    ['ｒｅｆｕｎｄ', 'Refund please'],
    ['refu', 'refund'],
    ['refund card', 'the card was refunded'],
    ['20418', 'order SO-20418'],
    ['so-204', 'order SO-20418'],
    ['so20418', 'order SO-20418'],
    ['5678', 'call 13812345678'],
    ['wang.li@exam', 'from wang.li@example.com'],
    ['example.com', 'from wang.li@example.com'],
    ['iphone手机', '买了 iPhone 手机'],
    ['“退款”！', '退款'],
    ['𠮷野', '𠮷野家'],
    ['👍', 'thanks 👍🏽'],
    ['サポ', 'ｻﾎﾟｰﾄ'],
  ])('%s finds %s', (typed, text) => expect(found(typed, text)).toBe(true))

  test.each([
    ['und', 'refund'],
    ['款退', '退款'],
    ['退款', '退，款'],
    ['so-204', 'so 1 204'],
    ['so-204', 'also-204'],
    ['refund-card', 'refunded card'],
    ['345', '12345678'],
  ])('%s does not find %s', (typed, text) => expect(found(typed, text)).toBe(false))

  test('every word has to be there, in whichever text', () => {
    expect(found('退款 王', '我要退款', '王伟')).toBe(true)
    expect(found('退款 李', '我要退款', '王伟')).toBe(false)
  })

  test('what has no letters asks nothing', () => {
    for (const typed of ['', '   ', '"', '*', '-- "" ()', '、。']) expect(questionOf(typed)).toBeNull()
  })

  test('any text that answers a question holds all its tokens, and for exact ones also the other way round', () => {
    const piece = fc.constantFrom(
      '退款',
      '退',
      '款',
      '的',
      'refund',
      're',
      'SO-20418',
      '204',
      '5678',
      '，',
      ' ',
      '.',
      '𠮷',
      'が',
      '한국',
      '😀',
      'é',
      'ｱ',
    )
    const mixed = (maxLength: number) => fc.array(piece, { maxLength }).map(pieces => pieces.join(''))
    fc.assert(
      fc.property(mixed(12), mixed(4), (text, typed) => {
        const question = questionOf(typed)
        if (!question) return
        const tokens = tokensOf([text])
        const candidate = question.tokens.every(token => tokens.has(token))
        const answer = answers(question, [normalise(text)])
        if (answer) expect(candidate).toBe(true)
        if (question.exact) expect(answer).toBe(candidate)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('snippets', () => {
  const marked = (typed: string, ...texts: string[]) =>
    snippetOf(texts, questionOf(typed)!).replaceAll(HIT_START, '[').replaceAll(HIT_END, ']')

  test.each([
    ['退款', '你好，我要退款，谢谢。', '你好，我要[退款]，谢谢。'],
    ['refund', 'Please ＲＥＦＵＮＤ me', 'Please [ＲＥＦＵＮＤ] me'],
    ['データ', '大きなﾃﾞｰﾀです', '大きな[ﾃﾞｰﾀ]です'],
    ['cafe', 'the cafe\u0301 opens', 'the [cafe\u0301] opens'],
    ['fi', 'ﬁne', '[ﬁ]ne'],
    ['a b', 'a b a', '[a] [b] [a]'],
  ])('%s in %s', (typed, text, expected) => expect(marked(typed, text)).toBe(expected))

  test('a long text is cut around its hit', () => {
    const snippet = marked('目标', `${'前面的话。'.repeat(100)}目标${'后面的话。'.repeat(100)}`)
    expect(snippet).toMatch(/^….*\[目标\].*…$/u)
    expect(snippet.length).toBeLessThan(200)
  })

  test('the first text that has a hit is shown', () => {
    expect(marked('发票', '没有', '发票.pdf')).toBe('[发票].pdf')
  })

  test('texts cannot forge marks', () => {
    expect(snippetOf([`${HIT_START}x${HIT_END} 退款`], questionOf('退款')!)).toBe(
      `x ${HIT_START}退款${HIT_END}`,
    )
  })

  test('whatever the text, marks are balanced and the rest is from the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(), (text, at) => {
        const question = questionOf(
          text
            .slice(at % (text.length + 1))
            .slice(0, 5)
            .toWellFormed(),
        )
        if (!question) return
        const snippet = snippetOf([text], question)
        expect(snippet.split(HIT_START).length).toBe(snippet.split(HIT_END).length)
      }),
    )
  })
})
