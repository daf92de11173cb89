/** How words come back to a draft that may have been begun anew meanwhile (S13): nothing there is overwritten, nothing doubled. */
import type { Attachment } from '../model/item.ts'

/** Of one draft. */
const MOST_FILES = 50

export const joinedWords = (there: string, words: string): string => {
  if (there.trim() === '') return words
  return there.includes(words) ? there : `${there}\n\n${words}`
}

export const joinedFiles = (there: readonly Attachment[], files: readonly Attachment[]): Attachment[] =>
  [...there, ...files.filter(file => !there.some(each => same(each, file)))].slice(0, MOST_FILES)

const same = (one: Attachment, other: Attachment): boolean =>
  one.sha256 === other.sha256 && one.name === other.name && one.contentId === other.contentId
