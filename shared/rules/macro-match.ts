import type { ChannelFamily } from '../model/channel.ts'
import type { Macro } from '../model/macro.ts'
import { typedForms } from './pinyin.ts'
import { normalise } from './segment-text.ts'

/** Where a macro is about to be used. */
export interface Use {
  /** Null: a note, where any will do. */
  family: ChannelFamily | null
  /** What the customer speaks, BCP 47; empty: nobody knows. */
  language: string
}

/** A macro with what it is found by. */
interface Findable {
  macro: Macro
  shortcut: string
  name: string
  typed: string[]
  folder: string
  text: string
}

export type Finder = (query: string, use: Use) => Macro[]

const base = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''

/** Whether it is in another language than the customer's. */
export const otherLanguage = ({ language }: Pick<Macro, 'language'>, use: Use): boolean =>
  language !== '' && use.language !== '' && base(language) !== base(use.language)

/**
 * Finds macros by shortcut, name, its pinyin and initials, folder and content, the best first: every word of the query must be found.
 * Those of other channels are left out; those in another language than the customer's come after the rest.
 */
export function finderOf(macros: readonly Macro[]): Finder {
  const all = macros.map(findable)
  return (query, use) => {
    const words = normalise(query).split(/\s+/u).filter(Boolean)
    return all
      .filter(
        ({ macro: { families } }) =>
          use.family === null || families.length === 0 || families.includes(use.family),
      )
      .map(each => ({ each, worth: Math.min(...words.map(word => worthOf(each, word)), 10) }))
      .filter(({ worth }) => worth > 0)
      .sort(
        (a, b) =>
          Number(otherLanguage(a.each.macro, use)) - Number(otherLanguage(b.each.macro, use)) ||
          b.worth - a.worth ||
          a.each.folder.localeCompare(b.each.folder) ||
          a.each.name.localeCompare(b.each.name),
      )
      .map(({ each }) => each.macro)
  }
}

const findable = (macro: Macro): Findable => ({
  macro,
  shortcut: normalise(macro.shortcut),
  name: normalise(macro.name),
  typed: `${typedForms(macro.name)} ${typedForms(macro.folder)}`.split(' ').filter(Boolean),
  folder: normalise(macro.folder),
  text: normalise(macro.text),
})

function worthOf({ shortcut, name, typed, folder, text }: Findable, word: string): number {
  if (shortcut === word) return 9
  if (shortcut.startsWith(word)) return 8
  if (name.startsWith(word)) return 7
  if (typed.some(form => form.startsWith(word))) return 6
  if (name.includes(word)) return 5
  if (folder.includes(word)) return 3
  // Two letters stand in every text; two Chinese characters are a word.
  return (word.length > 2 || /\p{Script=Han}/u.test(word)) && text.includes(word) ? 2 : 0
}
