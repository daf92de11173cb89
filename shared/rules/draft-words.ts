/** How words come back to a draft that may have been begun anew meanwhile (S13): nothing there is overwritten, nothing doubled. */
import type { Attachment } from '../model/item.ts'
import type { RichText } from '../model/rich-text.ts'

/** Of one draft. */
const MOST_FILES = 50

export const joinedWords = (there: string, words: string): string => {
  if (there.trim() === '') return words
  return there.includes(words) ? there : `${there}\n\n${words}`
}

interface Said {
  text: string
  rich?: RichText | undefined
}

/** The formatting of words that were joined to `text`: both, where both have some or are plain lines; undefined: there is none. */
export function joinedRich(there: Said, words: Said | undefined, text: string): RichText | undefined {
  if (text === there.text) return there.rich
  if (text === words?.text) return words.rich
  if (!there.rich && !words?.rich) return undefined
  return [...richOf(there), { kind: 'paragraph', spans: [] }, ...(words ? richOf(words) : [])]
}

const richOf = ({ text, rich }: Said): RichText =>
  rich ?? text.split('\n').map(line => ({ kind: 'paragraph', spans: line === '' ? [] : [{ text: line }] }))

export const joinedFiles = (there: readonly Attachment[], files: readonly Attachment[]): Attachment[] =>
  [...there, ...files.filter(file => !there.some(each => same(each, file)))].slice(0, MOST_FILES)

const same = (one: Attachment, other: Attachment): boolean =>
  one.sha256 === other.sha256 && one.name === other.name && one.contentId === other.contentId
