// The desk speaks two languages. Every feature has its own `words.ts`, which comes with the feature and is in the bundle: the desk must
// speak without a network.
import { create } from 'zustand'
import type { Preferences } from '#shared/ipc/states.ts'
import { systemLocale } from '../bridge.ts'
import type { Words } from './words-of.ts'

export type Language = 'en' | 'zh-CN'

const useSpoken = create<{ language: Language }>(() => ({ language: 'en' }))
export const useLanguage = (): Language => useSpoken(({ language }) => language)
export const languageNow = (): Language => useSpoken.getState().language
/** Speaks a language from now on; `speak` is what a page calls. */
export const changeLanguage = (language: Language): void => useSpoken.setState({ language })

export const languageOf = (preference: Preferences['language'], system: string): Language => {
  if (preference !== 'system') return preference
  return system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Speaks the preferred language from now on, and tells the page (`lang` chooses fonts, tracking and line breaking). */
export function speak(preference: Preferences['language']): void {
  const language = languageOf(preference, systemLocale())
  document.documentElement.lang = language
  changeLanguage(language)
}

type Base<K> = K extends `${infer B}_one` | `${infer B}_other` ? B : K
export type KeyOf<W extends Words> = Base<keyof W['en'] & string>
export type Say<W extends Words> = (key: KeyOf<W>, params?: Record<string, string | number>) => string

/** Chinese has one form. */
let plurals: Intl.PluralRules | undefined
const formOf = (count: number, language: Language): string => {
  if (language === 'zh-CN') return 'other'
  plurals ??= new Intl.PluralRules('en')
  return plurals.select(count)
}
type Texts = Readonly<Record<string, string | undefined>>

/** A list asks for thousands of words while it is drawn: a look-up and, where there is a hole, one replacement. */
function text(
  words: Words,
  language: Language,
  key: string,
  params?: Record<string, string | number>,
): string {
  const texts = (language === 'en' ? words.en : words.zh) as Texts
  if (params === undefined) return texts[key] ?? key
  const { count } = params
  const found =
    (typeof count === 'number' ? texts[`${key}_${formOf(count, language)}`] : undefined) ?? texts[key]
  return found === undefined ? key : found.replace(hole, (all, name: string) => String(params[name] ?? all))
}
const hole = /\{\{(\w+)\}\}/g

const says = new Map<string, Say<Words>>()

/** The words of a feature in a language; the same function whenever it is asked. */
export function saying<W extends Words>(words: W, language: Language): Say<W> {
  const name = `${language} ${words.name}`
  let found = says.get(name)
  if (!found) {
    found = (key, params) => text(words, language, key, params)
    says.set(name, found)
  }
  return found as Say<W>
}

/** The words of a feature in the language spoken now. Keys are typed; `count` chooses singular or plural. */
export const useWords = <W extends Words>(words: W): Say<W> => saying(words, useLanguage())

/** The same outside components. */
export const say = <W extends Words>(
  words: W,
  key: KeyOf<W>,
  params?: Record<string, string | number>,
): string => text(words, languageNow(), key as string, params)

/** Sentences in a row: English puts a space between them, Chinese does not. */
export const sentences = (...parts: readonly string[]): string =>
  parts.filter(Boolean).join(languageNow() === 'en' ? ' ' : '')
