// Words of the desk in both languages. Every feature has its own `words.ts`; this file gathers them, so that a new feature edits no
// central list. Both languages are in the bundle: the desk must speak without a network.
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Preferences } from '#shared/ipc/contract.ts'
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
void i18n.use(initReactI18next).init({
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

/** The words of a feature in the language spoken now. Keys are typed; `count` chooses singular or plural. */
export function useWords<W extends Words>(words: W): Say<W> {
  const { t } = useTranslation(words.name, { i18n })
  return t as unknown as Say<W>
}

/** The same outside components. */
export const say = <W extends Words>(
  words: W,
  key: KeyOf<W>,
  params: Record<string, string | number> = {},
): string => i18n.t(key as string, { ns: words.name, ...params })

/** Sentences in a row: English puts a space between them, Chinese does not. */
export const sentences = (...parts: readonly string[]): string =>
  parts.filter(Boolean).join(languageNow() === 'en' ? ' ' : '')

export const useLanguage = (): Language => useTranslation(undefined, { i18n }).i18n.language as Language
export const languageNow = (): Language => i18n.language as Language
