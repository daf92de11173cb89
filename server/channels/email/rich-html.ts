/**
 * The HTML part of a mail we send. Made here, from data that the schema has read (shared/model/rich-text.ts), never taken over from
 * a desk: every tag and attribute is one of these lines, and everything else is escaped text. Inline styles only, because mail
 * programs drop style sheets; no font and no colour of the text, because those are the reader's.
 */
import { type Block, LINK, type Mark, type RichText, type Span } from '#shared/model/rich-text.ts'
import { fileOfPicture, wordsOfPicture } from '#shared/rules/pictures.ts'
import { escapeHtml } from './text.ts'

const LIST = 'margin:0;padding-left:1.6em'
const QUOTE = 'margin:0 0 0 2px;padding-left:10px;border-left:2px solid #ccc'
const CODE = 'font-family:Consolas,Menlo,monospace;font-size:.93em'
const BOX = `${CODE};margin:4px 0;padding:8px 10px;background:#f4f4f4;white-space:pre-wrap`

const PICTURE = 'max-width:100%;height:auto'

const tags: Record<Mark, readonly [string, string]> = {
  bold: ['<b>', '</b>'],
  italic: ['<i>', '</i>'],
  underline: ['<u>', '</u>'],
  strike: ['<s>', '</s>'],
  code: [`<code style="${CODE}">`, '</code>'],
}

type Files = readonly { contentId: string | null; type: string }[]

/** @param files that go with it: a picture that is not one of them is its words */
export const htmlOfRich = (rich: RichText, files: Files = []): string =>
  rich.map(block => htmlOfBlock(block, files)).join('')

/** Plain lines as HTML that looks the same. */
export const htmlOfLines = (text: string): string => `<div>${escapedLines(text)}</div>`

export const quotedHtml = (text: string): string =>
  `<blockquote type="cite" style="${QUOTE}">${escapedLines(text)}</blockquote>`

function htmlOfBlock(block: Block, files: Files): string {
  switch (block.kind) {
    case 'paragraph':
      return `<div>${block.spans.map(span => htmlOfSpan(span, files)).join('') || '<br>'}</div>`
    case 'code':
      return `<pre style="${BOX}">${escapeHtml(block.text)}</pre>`
    case 'quote':
      return `<blockquote style="${QUOTE}">${htmlOfRich(block.blocks, files)}</blockquote>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      const items = block.items.map(item => `<li>${htmlOfRich(item, files)}</li>`)
      return `<${tag} style="${LIST}">${items.join('')}</${tag}>`
    }
  }
}

function htmlOfSpan(span: Span, files: Files): string {
  const { text, marks = [], link, picture } = span
  if (picture && fileOfPicture(files, picture)) {
    // Outlook goes by the attributes, narrow telephones by the style.
    const { contentId, width, height } = picture
    const words = escapeHtml(wordsOfPicture(span))
    return `<img src="cid:${contentId}" alt="${words}" width="${width}" height="${height}" style="${PICTURE}">`
  }
  const marked = marks.reduce((inner, mark) => tags[mark][0] + inner + tags[mark][1], escapedLines(text))
  return link !== undefined && LINK.test(link) ? `<a href="${escapeHtml(link)}">${marked}</a>` : marked
}

/** Several spaces stay several: HTML would show one. */
const escapedLines = (text: string): string =>
  escapeHtml(text)
    .replace(/^ | (?= )/gmu, '\u00a0')
    .replace(/\n/gu, '<br>\n')
