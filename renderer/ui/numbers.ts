// Numbers, lists and order as the language spoken has them. Times are in time.ts, sizes in size.ts.
import { type Language, languageNow } from '../app/i18n.ts'

/** Making one of these costs a millisecond, the first of a language many; a list asks for hundreds. */
function kept<T>(make: (language: Language) => T): (language: Language) => T {
  const all = new Map<Language, T>()
  return language => {
    let found = all.get(language)
    if (found === undefined) {
      found = make(language)
      all.set(language, found)
    }
    return found
  }
}

const decimal = kept(language => new Intl.NumberFormat(language))
const tenths = kept(
  language => new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
)
const percent = kept(language => new Intl.NumberFormat(language, { style: 'percent' }))
const list = kept(
  language =>
    new Intl.ListFormat(
      language === 'en' ? 'en-GB' : language,
      language === 'en' ? { type: 'unit', style: 'short' } : { type: 'conjunction' },
    ),
)
const order = kept(language => new Intl.Collator(language, { numeric: true }))

/** `12,408`. */
export const numberText = (number: number, language = languageNow()): string =>
  decimal(language).format(number)

/** With one place after the point: `4.0`. */
export const tenthsText = (number: number, language = languageNow()): string =>
  tenths(language).format(number)

/** @param part of a hundred: `37%` */
export const percentText = (part: number, language = languageNow()): string =>
  percent(language).format(part / 100)

/** Names and the like one after the other: `a, b, c`; in Chinese `a、b、c`. */
export const listText = (parts: readonly string[], language = languageNow()): string =>
  language === 'en'
    ? list(language).format(parts)
    : list(language)
        .formatToParts([...parts])
        .map(({ type, value }) => (type === 'element' ? value : '、'))
        .join('')

/** For sorting names: Chinese ones by their sound, and 9 before 10. */
export const inOrder = (one: string, other: string, language = languageNow()): number =>
  order(language).compare(one, other)
