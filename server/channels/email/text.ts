import { compile } from 'html-to-text'
import { LIMITS } from './mime/limits.ts'

/**
 * Text as rows may hold it: lines end in LF, no control characters (PostgreSQL refuses NUL), no half characters, at most
 * `max` UTF-16 units.
 */
export function cleanText(text: string, max: number): string {
  const lines = text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
  return lines
    .replace(/(?![\n\t])\p{Cc}|\ufeff/gu, '')
    .slice(0, max)
    .toWellFormed()
}

/** The same for one line: a subject, a name. */
export function cleanLine(text: string, max: number): string {
  return cleanText(text, max * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed()
}

/** RFC 3676: joins the lines of a paragraph that were broken for the wire. */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = []
  let paragraph: string[] = []
  let depth = 0
  const flush = () => {
    if (paragraph.length) out.push(`${'>'.repeat(depth)}${depth ? ' ' : ''}${paragraph.join('')}`)
    paragraph = []
  }
  for (const line of text.split('\n')) {
    const quotes = /^>*/.exec(line)![0].length
    const content = line.slice(quotes).replace(/^ /, '')
    if (quotes !== depth || content === '-- ') flush()
    depth = quotes
    const soft = content.endsWith(' ') && content !== '-- '
    paragraph.push(soft && deleteSpace ? content.slice(0, -1) : content)
    if (!soft) flush()
  }
  flush()
  return out.join('\n')
}

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: LIMITS.htmlForText, maxDepth: LIMITS.htmlDepth, ellipsis: '' },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'title', format: 'skip' },
    {
      selector: 'a',
      options: {
        hideLinkHrefIfSameAsText: true,
        noAnchorUrl: true,
        linkBrackets: ['<', '>'],
        pathRewrite: shortLink,
      },
    },
    { selector: 'table', format: 'block' },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    { selector: 'tr', format: 'block' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: { uppercase: false } })),
  ],
  formatters: {
    cell(element, walk, builder) {
      walk(element.children, builder)
      builder.addInline(' ')
    },
  },
})

/** A tracking link is longer than the sentence it stands in, and says nothing. */
function shortLink(path: string): string {
  return path.length > 200 || !/^(https?|mailto|tel):/i.test(path) ? '' : path
}

/** What may be spent on the HTML of one mail, all its parts together. */
export type HtmlBudget = { characters: number; tags: number }

export function htmlBudget(): HtmlBudget {
  return { characters: LIMITS.htmlForText, tags: LIMITS.htmlTags }
}

/**
 * Readable text of an HTML body. Unclosed and mismatched tags cost the parser time in proportion to their square, so a
 * mail with more tags than any real one has is stripped in one pass instead.
 */
export function htmlToText(html: string, budget: HtmlBudget): string {
  const part = html.slice(0, LIMITS.htmlForText)
  budget.characters -= part.length
  budget.tags -= countTags(part)
  if (budget.tags < 0 || budget.characters < 0) return stripTags(part)
  try {
    return tidy(convert(part))
  } catch {
    return stripTags(part)
  }
}

function countTags(html: string): number {
  let count = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) count++
  return count
}

function stripTags(html: string): string {
  let out = ''
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) break
    out += html.slice(at, open)
    const close = html.indexOf('>', open)
    const breaks = /^<\/?(br|p|div|tr|li|h\d)\b/i.test(html.slice(open, open + 6))
    out += breaks ? '\n' : ' '
    at = close < 0 ? html.length : close + 1
  }
  return tidy(out + html.slice(at))
}

function tidy(text: string): string {
  return text
    .replace(/\u00a0/g, ' ')
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
