/**
 * Somebody else's HTML, made fit to go on to others in a mail of ours. It is written anew from tokens: a tag, an attribute or an address
 * that these lists do not name cannot come out, and every value is quoted and escaped, whatever was made of the input. So nothing in it
 * runs, asks for anything typed, or frames anything. Pictures stay as they are: those elsewhere are for the reader's program to ask about.
 * Time grows with the length alone.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const TAGS = words(
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em ' +
    'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp ' +
    'section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr',
)
/** Read by browsers as text up to their end tag: nothing in them is markup, and none of it is for readers. */
const RAW = words('script style textarea title xmp iframe noembed noframes')
const ATTRIBUTES = words(
  'abbr align alt bgcolor border cellpadding cellspacing class clear color cols colspan dir face frame headers height hspace id lang ' +
    'noshade nowrap reversed rowspan rules scope size span start summary title type valign value vspace width',
)
/** Where an address may lead, by its attribute. */
const ADDRESSES = new Map([
  ['href', /^(?:https?:\/\/|mailto:|tel:|#)/i],
  ['src', /^(?:https?:\/\/|\/\/|cid:|data:image\/(?:png|gif|jpe?g|webp);base64,)/i],
  ['background', /^(?:https?:\/\/|\/\/|cid:)/i],
])
/** The part of our mail in which the other's style sheets count. */
const OWN = 'skein-passed-on'

/** @param html as it came @returns one element */
export function passedOnHtml(html: string): string {
  let inner = ''
  let body = ''
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    inner += plainOf(html.slice(at, open < 0 ? undefined : open))
    if (open < 0) break
    const tag = tagAt(html, open)
    if (!tag) {
      const end = commentEnd(html, open)
      if (end === null) inner += '&lt;'
      at = end ?? open + 1
      continue
    }
    at = tag.end
    if (tag.name === 'body' && !tag.closes) body ||= ground(tag.attributes)
    else if (RAW.has(tag.name) && !tag.closes) {
      const raw = rawText(html, tag.name, at)
      at = raw.end
      if (tag.name === 'style') inner += sheet(raw.text)
    } else if (TAGS.has(tag.name)) inner += tag.closes ? `</${tag.name}>` : `<${tag.name}${written(tag)}>`
  }
  return `<div class="${OWN}"${body}>${inner}</div>`
}

// ------------------------------------------------------------------------------------------------------------ reading

type Tag = { name: string; closes: boolean; attributes: Map<string, string>; end: number }

const START = /<(\/?)([a-z][^\s/>]*)/iy
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y
const END = /[\s/]*>/y

function tagAt(html: string, open: number): Tag | null {
  START.lastIndex = open
  const start = START.exec(html)
  if (!start) return null
  const attributes = new Map<string, string>()
  let at = START.lastIndex
  for (;;) {
    END.lastIndex = at
    if (END.test(html))
      return { name: nameOf(start), closes: start[1] === '/', attributes, end: END.lastIndex }
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(html)
    // Not closed: as for a browser, there is no more of it.
    if (!found) return { name: '', closes: false, attributes, end: html.length }
    at = ATTRIBUTE.lastIndex
    const name = found[1]!.toLowerCase()
    if (!attributes.has(name)) attributes.set(name, found[2] ?? found[3] ?? found[4] ?? '')
  }
}

const nameOf = (start: RegExpExecArray): string => start[2]!.toLowerCase()

/** Where a comment, or what browsers take for one, ends; null: it is a sign like any other. */
function commentEnd(html: string, open: number): number | null {
  const after = (sign: string, from: number): number => {
    const end = html.indexOf(sign, from)
    return end < 0 ? html.length : end + sign.length
  }
  if (html.startsWith('<!--', open)) {
    const short = /<!--(?:-?>)/y
    short.lastIndex = open
    return short.test(html) ? short.lastIndex : after('-->', open + 4)
  }
  return /[!?/]/.test(html[open + 1] ?? '') ? after('>', open + 2) : null
}

function rawText(html: string, name: string, from: number): { text: string; end: number } {
  const close = new RegExp(`</${name}(?=[\\s/>])[^>]*>?`, 'gi')
  close.lastIndex = from
  const found = close.exec(html)
  return found
    ? { text: html.slice(from, found.index), end: close.lastIndex }
    : { text: '', end: html.length }
}

// ------------------------------------------------------------------------------------------------------------ writing

/** References such as `&nbsp;` stay what they are: none of them begins a tag. */
const plainOf = (text: string): string =>
  text.replace(/</g, '&lt;').replace(/>/g, '&gt;').replaceAll('\0', '')
const quoted = (value: string): string => plainOf(value).replace(/"/g, '&quot;')

function written({ attributes }: Tag): string {
  let out = ''
  for (const [name, value] of attributes) if (stays(name, value)) out += ` ${name}="${quoted(value)}"`
  return out
}

function stays(name: string, value: string): boolean {
  if (name === 'style') return isHarmlessStyle(referred(value))
  const may = ADDRESSES.get(name)
  // As browsers read an address: without spaces around it and without line breaks in it.
  return may ? may.test(referred(value).replace(/[\0-\x20]+/g, '')) : ATTRIBUTES.has(name)
}

/** With numeric references as what they stand for. Named ones are no part of what is allowed, so they need not be known. */
const referred = (value: string): string =>
  value.replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi, (_, hex?: string, decimal?: string) => {
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })

/** The ground of the page it came from. */
function ground(attributes: Map<string, string>): string {
  const colour = /^#?\w+$/.exec(attributes.get('bgcolor')?.trim() ?? '')?.[0]
  const style = attributes.get('style') ?? ''
  const all = [colour && `background-color:${colour}`, isHarmlessStyle(referred(style)) && style]
  const joined = all.filter(Boolean).join(';')
  const dir = /^(?:rtl|ltr)$/i.exec(attributes.get('dir') ?? '')?.[0]
  return (joined && ` style="${quoted(joined)}"`) + (dir ? ` dir="${dir}"` : '')
}

// ------------------------------------------------------------------------------------------------------------- styles

/** What old mail programs ran out of styles; also where letters are hidden behind escapes, which nobody needs to. */
const RUNS =
  /expression\s*\(|javascript:|vbscript:|-moz-binding|behaviou?r\s*:|@import|\\0{0,4}[4-7][0-9a-f](?![0-9a-f])|\\[g-z]/i
const isHarmlessStyle = (css: string): boolean => !RUNS.test(withoutComments(css))

function withoutComments(css: string): string {
  let out = ''
  let at = 0
  for (;;) {
    const open = css.indexOf('/*', at)
    if (open < 0) return out + css.slice(at)
    out += css.slice(at, open)
    const close = css.indexOf('*/', open + 2)
    if (close < 0) return out
    at = close + 2
  }
}

/** A style sheet, for what is passed on only: our words above it look as we wrote them. */
function sheet(css: string): string {
  const inner = rules(withoutComments(css.replace(/<!--|-->/g, ' ').replace(/[<\0]/g, ' ')), 2)
  return inner && `<style>${inner}</style>`
}

function rules(css: string, depth: number): string {
  let out = ''
  for (let at = 0; ; ) {
    const open = css.indexOf('{', at)
    if (open < 0) return out
    const before = css.slice(at, open)
    // Statements such as @charset end before it.
    const head = before.slice(before.lastIndexOf(';') + 1).trim()
    const close = blockEnd(css, open)
    const inner = css.slice(open + 1, close)
    at = close + 1
    if (head.startsWith('@')) {
      const within = depth > 0 && /^@(?:media|supports)\b[^;]*$/i.test(head) ? rules(inner, depth - 1) : ''
      if (within) out += `${head}{${within}}`
    } else if (isHarmlessStyle(inner) && !inner.includes('{')) {
      const selectors = head.split(',').flatMap(scoped)
      if (selectors.length > 0) out += `${selectors.join(',')}{${inner.trim()}}`
    }
  }
}

function blockEnd(css: string, open: number): number {
  const brace = /[{}]/g
  brace.lastIndex = open
  let depth = 0
  for (let found = brace.exec(css); found; found = brace.exec(css)) {
    depth += found[0] === '{' ? 1 : -1
    if (depth === 0) return found.index
  }
  return css.length
}

function scoped(selector: string): string[] {
  const one = selector.trim()
  if (!/^[\p{L}\w\s.#*:>+~()[\]="'^$|-]+$/u.test(one)) return []
  const below = one.replace(/^(?:html\s*>?\s*)?(?:html|body|:root)(?![\w-])/i, '')
  return [below === one ? `.${OWN} ${one}` : `.${OWN}${below}`]
}
