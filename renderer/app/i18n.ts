// Words of the desk in both languages. Every feature has its own `words.ts`; this file gathers them, so that a new feature edits no
// central list. Both languages are in the bundle: the desk must speak without a network.
import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import type { Preferences } from '#shared/ipc/states.ts'
import { systemLocale } from '../bridge.ts'
import type { Words } from './words-of.ts'

export type Language = 'en' | 'zh-CN'

const gathered = import.meta.glob<Words>(['../**/words.ts', '../**/*.words.ts'], {
  eager: true,
  import: 'words',
})
export const allWords: readonly Words[] = Object.values(gathered)

const resources: Record<Language, Record<string, Record<string, string>>> = { en: {}, 'zh-CN': {} }
for (const { name, en, zh } of allWords) {
  resources.en[name] = en
  resources['zh-CN'][name] = zh
}

export const i18n = i18next.createInstance()
void i18n.init({
  resources,
  lng: 'en',
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes
  returnEmptyString: false,
  // Keys may hold dots, as names of mutations do.
  keySeparator: false,
  nsSeparator: false,
})

export const languageOf = (preference: Preferences['language'], system: string): Language => {
  if (preference !== 'system') return preference
  return system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Speaks the preferred language from now on, and tells the page (`lang` chooses fonts, tracking and line breaking). */
export function speak(preference: Preferences['language']): void {
  const language = languageOf(preference, systemLocale())
  document.documentElement.lang = language
  if (i18n.language !== language) void i18n.changeLanguage(language)
}

type Base<K> = K extends `${infer B}_one` | `${infer B}_other` ? B : K
export type KeyOf<W extends Words> = Base<keyof W['en'] & string>
export type Say<W extends Words> = (key: KeyOf<W>, params?: Record<string, string | number>) => string

const plurals: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules('en'),
  'zh-CN': new Intl.PluralRules('zh-CN'),
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
    (typeof count === 'number' ? texts[`${key}_${plurals[language].select(count)}`] : undefined) ?? texts[key]
  return found === undefined ? key : found.replace(hole, (all, name: string) => String(params[name] ?? all))
}
const hole = /\{\{(\w+)\}\}/g

const says = new Map<string, Say<Words>>()

/** The words of a feature in the language spoken now. Keys are typed; `count` chooses singular or plural. */
export function useWords<W extends Words>(words: W): Say<W> {
  const language = useLanguage()
  const name = `${language} ${words.name}`
  let found = says.get(name)
  if (!found) {
    found = (key, params) => text(words, language, key, params)
    says.set(name, found)
  }
  return found as Say<W>
}

/** The same outside components. */
export const say = <W extends Words>(
  words: W,
  key: KeyOf<W>,
  params?: Record<string, string | number>,
): string => text(words, languageNow(), key as string, params)

/** Sentences in a row: English puts a space between them, Chinese does not. */
export const sentences = (...parts: readonly string[]): string =>
  parts.filter(Boolean).join(languageNow() === 'en' ? ' ' : '')

export const languageNow = (): Language => i18n.language as Language

const onLanguage = (changed: () => void): (() => void) => {
  i18n.on('languageChanged', changed)
  return () => i18n.off('languageChanged', changed)
}
export const useLanguage = (): Language => useSyncExternalStore(onLanguage, languageNow)
