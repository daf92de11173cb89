// How a feature states its words. Kept apart from i18n.ts, which belongs to the page.

export interface Words {
  /** The feature's name; no two have the same. */
  name: string
  en: Record<string, string>
  zh: Record<string, string>
}

/** Chinese has one form where English has two, so of a plural it states only `_other`. */
type Chinese<En> = { [K in keyof En as K extends `${string}_one` ? never : K]: string }

/**
 * States words. Figures and names stand in double braces: `'{{count}} waiting'`; a plural is two keys, `x_one` and `x_other`.
 * Missing or surplus Chinese keys do not compile.
 */
export const wordsOf = <const En extends Record<string, string>>(
  name: string,
  en: En,
  zh: Chinese<En>,
): { name: string; en: En; zh: Chinese<En> & Record<string, string> } => ({
  name,
  en,
  zh: zh as Chinese<En> & Record<string, string>,
})
