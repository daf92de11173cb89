/** Words before a name that are no part of it. */
const TITLE = /^(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|herr|frau|mme|sr|sra)\.?\s+)+/iu
/** Names of Chinese, Japanese and Korean people are not taken apart: what is said first there is the family's. */
const WHOLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/**
 * What one calls somebody in a letter: `Dr. Anna Smith` and `Smith, Anna` are Anna, 王小明 is 王小明. Empty where the name is an address or
 * has no letters. Elsewhere the first word is taken: in which order other peoples say their names cannot be seen from them.
 */
export function firstName(name: string): string {
  const whole = name.normalize('NFC').trim().replace(/\s+/gu, ' ')
  if (!/\p{L}/u.test(whole) || whole.includes('@')) return ''
  if (WHOLE.test(whole)) return whole
  const [family = '', given] = whole.split(/\s*,\s*/u)
  const words = (given || family).replace(TITLE, '').split(' ')
  return words.find(word => /\p{L}{2}/u.test(word)) ?? words[0] ?? ''
}
