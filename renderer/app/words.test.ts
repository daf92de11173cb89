import { describe, expect, it } from 'vitest'
import { FaultKind } from '#shared/protocol/fault.ts'
import { words as inbox } from '../features/inbox/words.ts'
import { words as sync } from '../features/sync/words.ts'
import { faultSentence } from './faults.ts'
import { changeLanguage, languageOf, saying } from './i18n.ts'
import type { Words } from './words-of.ts'

const allWords: readonly Words[] = Object.values(
  import.meta.glob<Words>(['../**/words.ts', '../**/*.words.ts'], { eager: true, import: 'words' }),
)

const base = (key: string): string => key.replace(/_(one|other)$/, '')
const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort()

describe('the words of the desk', () => {
  it('are found in every feature', () => {
    expect(allWords.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['app', 'faults', 'inbox', 'keys', 'sync', 'ui']),
    )
    expect(new Set(allWords.map(({ name }) => name)).size).toBe(allWords.length)
  })

  it.each(allWords.map(words => [words.name, words] as const))(
    'of %s have the same keys in both languages',
    (_name, { en, zh }) => {
      const keys = (given: object): string[] => [...new Set(Object.keys(given).map(base))].sort()
      expect(keys(zh)).toEqual(keys(en))
    },
  )

  it.each(allWords.map(words => [words.name, words] as const))(
    'of %s are never empty and name the same figures',
    (_name, { en, zh }) => {
      const problems = [...Object.entries(en), ...Object.entries(zh)]
        .filter(([, text]) => text.trim() === '')
        .map(([key]) => key)
      const unlike = Object.entries(zh).flatMap(([key, text]) => {
        const english = en[key] ?? en[`${base(key)}_other`]
        return english !== undefined && holes(english).join() === holes(text).join() ? [] : [key]
      })
      expect([...problems, ...unlike]).toEqual([])
    },
  )

  it.each(allWords.map(words => [words.name, words] as const))(
    'of %s are Chinese in Chinese: no English full stop or comma after a Chinese sign',
    (_name, { zh }) => {
      // What stands in braces is a name, with a stop of its own.
      const said = Object.values(zh).map(text => text.replaceAll(/\{\{[^}]*\}\}/g, ''))
      expect(said.filter(text => /\p{Script=Han}[.,!?;]/u.test(text))).toEqual([])
    },
  )

  it('choose singular and plural', () => {
    expect(saying(sync, 'en')('waiting', { count: 1 })).toBe('1 waiting to send')
    expect(saying(inbox, 'en')('count', { count: 1 })).toBe('1 conversation')
    expect(saying(inbox, 'en')('count', { count: 2 })).toBe('2 conversations')
    expect(saying(inbox, 'zh-CN')('count', { count: 1 })).toBe('1 个会话')
  })

  it.each(['en', 'zh-CN'] as const)('have a sentence for every kind of fault in %s', language => {
    changeLanguage(language)
    for (const kind of FaultKind.options) {
      const sentence = faultSentence({ kind, retryable: false, params: { seconds: 30, limit: 25_000_000 } })
      expect(sentence, kind).toMatch(language === 'en' ? /^[A-Z].*\.$/ : /^.*\p{Script=Han}.*。$/u)
      expect(sentence, kind).not.toContain('{{')
    }
    changeLanguage('en')
  })

  it('follow the system where the person has not chosen', () => {
    expect(languageOf('system', 'zh-Hans-CN')).toBe('zh-CN')
    expect(languageOf('system', 'de-DE')).toBe('en')
    expect(languageOf('en', 'zh-CN')).toBe('en')
  })
})
