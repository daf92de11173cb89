const digits = '零一二三四五六七八九'
const one = '[零〇一二两三四五六七八九十]+'
/** A weekday is a name, not a number: 周三 and 三点 in 周三三点. */
const numbers = new RegExp(
  `(?:周|星期|礼拜)[一二三四五六日天]|${one}(?=\\s*(?:点|个|小时|钟头|分|刻|天|日|号|月|年|周|星期|礼拜))|(?<=点)${one}`,
  'gu',
)

/** What an input method writes for numbers of time, in figures: 三点半 is 3点半, 两个半小时 2.5小时, 半小时 0.5小时, 一刻钟 15分钟. */
export const inFigures = (text: string): string =>
  text
    .replace(numbers, found => (/^[周星礼]/u.test(found) ? found : String(numberOf(found))))
    .replace(/(\d+)\s*个半\s*(?:小时|钟头)/gu, '$1.5小时')
    .replace(/半个?\s*(?:小时|钟头)/gu, '0.5小时')
    .replace(/(\d)\s*刻钟/gu, (_, quarters: string) => `${Number(quarters) * 15}分钟`)

/** Up to ninety-nine, or figure by figure (二〇二六). */
function numberOf(text: string): number {
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零')
  const [tens, ones] = plain.split('十')
  const value = (figures = ''): number =>
    Number([...figures].map(each => digits.indexOf(each)).join('') || '0')
  return ones === undefined ? value(plain) : (tens ? value(tens) : 1) * 10 + value(ones)
}
