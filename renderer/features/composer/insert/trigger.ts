/** What a sign at the beginning of a word asks for: `/` macros, `@` colleagues. */
export type Wanted = 'macro' | 'mention'

export interface Trigger {
  wanted: Wanted
  /** What was typed after the sign. */
  query: string
  /** Letters from the sign to the caret: what is replaced by the choice. */
  length: number
}

/** Before a word: the line's beginning, a blank, an opening bracket or quote, and the punctuation that Chinese sets without a blank. */
const BEFORE = `(?:^|[\\s([{"'“‘「『（【《，。！？；：…])`
/** `/` is never looked for behind a colon: that is an address. */
const SLASH = new RegExp(`${BEFORE.replace('：', '')}([/／][^\\s/／]{0,40})$`, 'u')
/** The same key with an input method's Chinese punctuation writes 、, which no line begins with. */
const COMMA = /(?:^|\s)(、[^\s、，。]{0,40})$/u
const AT = new RegExp(`(?:${BEFORE}|\\p{Script=Han})([@＠][^\\s@＠]{0,40})$`, 'u')

/**
 * What is asked for where the caret is. Within a word a sign is a sign: neither `1/2`, `and/or` and `https://` nor `ann@example.com` ask for
 * anything.
 * @param before the words of the caret's line up to it
 */
export function triggerIn(before: string, wanted: readonly Wanted[]): Trigger | null {
  const found = (sign: RegExp, of: Wanted): Trigger | null => {
    const typed = wanted.includes(of) ? sign.exec(before)?.[1] : undefined
    return typed === undefined ? null : { wanted: of, query: typed.slice(1), length: typed.length }
  }
  return found(SLASH, 'macro') ?? found(COMMA, 'macro') ?? found(AT, 'mention')
}
