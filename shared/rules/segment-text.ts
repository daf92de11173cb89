/**
 * The one form of text that search compares: what a person would call the same word is the same string here.
 * Widths and compatibility forms by NFKC, lower case, no invisible characters, no diacritics on Latin letters.
 */

/** Kinds of characters, by what a searched word may be made of. */
export const SEPARATOR = 0
export const LETTER = 1
export const DIGIT = 2
/** Scripts written without spaces, Hangul, and pictures: any piece of a run is a word of its own. */
export const DENSE = 3
export type CharKind = typeof SEPARATOR | typeof LETTER | typeof DIGIT | typeof DENSE

const scripts = ['Han', 'Hira', 'Kana', 'Hang', 'Bopo', 'Yiii', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Tibt']
const denseScript = new RegExp(`^[${scripts.map(name => `\\p{scx=${name}}`).join('')}]$`, 'u')
const wordly = /^[\p{L}\p{M}\p{N}]$/u
const digit = /^\p{Nd}$/u
const picture = /^[\p{So}\p{Emoji_Modifier}]$/u

function judge(char: string): CharKind {
  if (wordly.test(char)) return denseScript.test(char) ? DENSE : digit.test(char) ? DIGIT : LETTER
  return picture.test(char) ? DENSE : SEPARATOR
}

/** Kinds of the BMP, judged on first use; 255 is "not yet". */
const kinds = new Uint8Array(65_536).fill(255)

/** The kind of the character that starts at `index`; a lone surrogate separates. */
export function kindAt(text: string, index: number): CharKind {
  const unit = text.charCodeAt(index)
  if (unit >= 0xd800 && unit <= 0xdfff) {
    const point = text.codePointAt(index) as number
    if (point <= 0xffff) return SEPARATOR
    return point >= 0x20000 && point <= 0x3ffff ? DENSE : judge(String.fromCodePoint(point))
  }
  const known = kinds[unit] as number
  if (known !== 255) return known as CharKind
  const kind = judge(String.fromCharCode(unit))
  kinds[unit] = kind
  return kind
}

/** The kind of the character that ends before `index`. */
export function kindBefore(text: string, index: number): CharKind {
  if (index <= 0) return SEPARATOR
  const unit = text.charCodeAt(index - 1)
  const low = unit >= 0xdc00 && unit <= 0xdfff && index > 1
  return kindAt(text, low && isHigh(text.charCodeAt(index - 2)) ? index - 2 : index - 1)
}

export const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

const plain = /^[\0-\x7f]*$/
/** Marks over letters, what is never seen (joiners, soft hyphens, directions), and the two that mark hits in snippets. */
const invisible = /[\u0300-\u036f]|\p{Default_Ignorable_Code_Point}|[\ue000\ue001]/gu
const accented = /[\u00df-\u024f\u1e00-\u1eff]/g
const ligatures: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
}

function unaccent(char: string): string {
  const bare = char.normalize('NFD').replace(invisible, '')
  return ligatures[bare] ?? bare
}

/** Text as search compares it. Its length may differ from the original's (see `segment-snippet`). */
export function normalise(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  return text.normalize('NFKC').toLowerCase().replace(accented, unaccent).replace(invisible, '')
}
