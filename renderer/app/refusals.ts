import type { RefusalCode } from '#shared/mutations/mutation.ts'
import { say } from './i18n.ts'
import { words } from './refusals.words.ts'

const known = words.en satisfies Record<RefusalCode, string>

/** What to tell a person about a refused change. @param holder who has what somebody wanted to take, if their name is known */
export function refusalSentence(code: string, holder?: string): string {
  if (code === 'taken' || code === 'changed')
    return holder ? say(words, code, { name: holder }) : say(words, `${code}-unknown`)
  return say(words, code in known ? (code as RefusalCode) : 'internal')
}
