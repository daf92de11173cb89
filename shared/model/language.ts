/** Languages by their tag (BCP 47). Names come from the engine's own tables. */

/** Those that are offered; any other tag can be typed. */
export const languages: readonly string[] = [
  ...[
    'ar',
    'bg',
    'bn',
    'ca',
    'cs',
    'da',
    'de',
    'el',
    'en',
    'en-GB',
    'en-US',
    'es',
    'es-MX',
    'et',
    'fa',
    'fi',
    'fil',
    'fr',
  ],
  ...[
    'fr-CA',
    'ga',
    'he',
    'hi',
    'hr',
    'hu',
    'id',
    'is',
    'it',
    'ja',
    'ka',
    'kk',
    'km',
    'ko',
    'lt',
    'lv',
    'ms',
    'mn',
    'my',
    'nb',
  ],
  ...[
    'ne',
    'nl',
    'pl',
    'pt',
    'pt-BR',
    'ro',
    'ru',
    'sk',
    'sl',
    'sq',
    'sr',
    'sv',
    'sw',
    'ta',
    'te',
    'th',
    'tr',
    'uk',
    'ur',
    'uz',
  ],
  ...['vi', 'zh-CN', 'zh-HK', 'zh-TW', 'yue'],
]

/** A language's name in the desk's language: `zh-CN` is "Chinese (China)". The tag itself where there is no name. */
export function languageName(tag: string, desk: string): string {
  try {
    return new Intl.DisplayNames([desk], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

const canonical = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

let known: Map<string, string> | undefined

/** The tag of a language named in English, in Chinese, in itself or by its tag; undefined: there is no such. */
export function languageOf(text: string): string | undefined {
  known ??= new Map(
    languages.flatMap(tag =>
      [languageName(tag, tag), languageName(tag, 'zh'), languageName(tag, 'en')].map(name => [
        name.toLowerCase(),
        tag,
      ]),
    ),
  )
  return known.get(text.trim().toLowerCase()) ?? canonical(text.trim())
}
