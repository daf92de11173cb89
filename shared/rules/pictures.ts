/** Pictures that stand in words with formatting: what they say, which there are, and which files they are. */
import type { Attachment } from '../model/item.ts'
import type { Block, Picture, RichText, Span } from '../model/rich-text.ts'

/** Types that every desk and mail program shows. Others (SVG, HEIC, TIFF ...) go as files. */
export const SHOWN = /^image\/(?:png|jpeg|gif|webp)$/iu

/** Letters of a picture's own words. */
export const MOST_WORDS = 300

/**
 * A picture with its words: what is read out, searched, and stands in the plain part. In brackets, so that a reader of plain text sees that
 * something stood there; whoever does not know of pictures reads the same.
 * @param words the file's name, or what somebody wrote instead. Braces would be a hole to be filled (variables.ts).
 */
export const pictureSpan = (words: string, picture: Picture): Span => ({
  text: `[${words
    .replace(/\s+/gu, ' ')
    .replace(/[{}｛｝]/gu, '')
    .trim()
    .slice(0, MOST_WORDS)}]`,
  picture,
})

/** Its words, without the brackets. */
export const wordsOfPicture = ({ text }: Pick<Span, 'text'>): string =>
  text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text

/** The Content-IDs of all that stand in the words. */
export function picturesIn(rich: RichText | null | undefined): Set<string> {
  const found = new Set<string>()
  const look = (block: Block): void => {
    if (block.kind === 'paragraph')
      for (const { picture } of block.spans) if (picture) found.add(picture.contentId)
    if (block.kind === 'quote') block.blocks.forEach(look)
    if (block.kind === 'list') block.items.flat().forEach(look)
  }
  rich?.forEach(look)
  return found
}

/** The file that a picture in the words is. Undefined: there is none, or none that is shown; then its words stand there. */
export const fileOfPicture = <File extends Pick<Attachment, 'contentId' | 'type'>>(
  files: readonly File[],
  { contentId }: Picture,
): File | undefined => files.find(file => file.contentId === contentId && SHOWN.test(file.type))

/**
 * The files of a message: one that no picture in the words shows is a file like any other, so that nobody has to look for it. A desk that
 * does not know of pictures takes them out of the words it changes, and leaves the files.
 */
export function filesBeside(files: readonly Attachment[], rich: RichText | null | undefined): Attachment[] {
  const shown = picturesIn(rich)
  return files.map(file =>
    file.contentId === null || (shown.has(file.contentId) && SHOWN.test(file.type))
      ? file
      : { ...file, contentId: null },
  )
}
