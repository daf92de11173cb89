/** Hostile HTML from a grammar, by seed: pieces of the corpus nested, cut, spelt otherwise, put into one another. */
import { groups, numbered } from './corpus/index.ts'

export type Random = (below: number) => number

/** The same seed, the same mails (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const tags = (
  'a abbr address article b base bdo blockquote body br button caption center col colgroup dd del desc details dialog div dl dt em ' +
  'embed fieldset figure font foreignObject form frame frameset h1 head hr html i iframe image img input ins isindex kbd keygen ' +
  'label legend li link listing malignmark map marquee math menu meta mglyph mi mo mtext nobr noembed noframes noscript object ol ' +
  'optgroup option p param path picture plaintext portal pre q rp rt ruby s script section select slot source span strike style sub ' +
  'summary svg table tbody td template textarea tfoot th thead title tr track tt u ul use var video wbr x-y xmp annotation-xml animate set'
).split(' ')
const attributes = (
  'href src style onload onerror onclick onfocus ontoggle xlink:href action formaction background srcset poster data srcdoc ' +
  'attributeName values to from begin id name class title alt type rel target ping is slot encoding autofocus open cite http-equiv content'
).split(' ')
const host = 'http://evil.example/g'
const values = [
  'alert(1)',
  'javascript:alert(1)',
  'java&#9;script:alert(1)',
  host,
  `//evil.example/g`,
  `0;url=${host}`,
  `url(${host})`,
  `background:url(${host})`,
  `background:u\\72l(${host})`,
  `background:image-set('${host}' 1x)`,
  `--x:url(${host});background:var(--x)`,
  'data:text/html,<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</style><img src=x onerror=alert(1)>',
  '--><img src=x onerror=alert(1)>',
  ']]><img src=x onerror=alert(1)>',
  'text/html',
  'refresh',
  'href',
  'cid:none',
  'x',
  '',
]
const css = [
  `@import "${host}";`,
  `@import url(${host});`,
  `p{background:url(${host})}`,
  `*{background:image-set('${host}' 1x)}`,
  `@font-face{font-family:f;src:url(${host})}*{font-family:f}`,
  `@imp`,
  `ort "${host}";`,
  `@\\69mport "${host}";`,
  'u',
  `rl(${host})`,
  '/*',
  '*/',
  '{',
  '}',
  '<!--',
  '-->',
  '\\',
  '"',
  "'",
  '(',
  ')',
  'p{',
  'background:',
  'image-',
  `set('${host}')`,
  '</',
  'style>',
]
const all = groups.flatMap(({ vectors }) => vectors).filter(vector => vector.length < 1000)
const pick = <T>(random: Random, from: readonly T[]): T => from[random(from.length)] as T
const times = (random: Random, most: number, make: () => string): string =>
  Array.from({ length: random(most + 1) }, make).join('')

function attribute(random: Random): string {
  const name = spelt(random, pick(random, attributes))
  const value = pick(random, values)
  const quote = pick(random, ['"', "'", '', '"', '`'])
  return `${pick(random, [' ', '\n', '/', '\t', '\f', ' \u0000'])}${name}=${quote}${value}${random(30) === 0 ? '' : quote}`
}

/** As it is, in capitals, or with something in the middle that a reader may skip. */
function spelt(random: Random, word: string): string {
  const way = random(16)
  if (way === 0) return word.toUpperCase()
  if (way === 1)
    return word.slice(0, 2) + pick(random, ['\u0000', '\n', '/', '\u00ad', '<!---->']) + word.slice(2)
  return word
}

function element(random: Random, depth: number): string {
  const tag = pick(random, tags)
  const inner =
    tag === 'style' && random(2) === 0
      ? times(random, 8, () => pick(random, css))
      : times(random, depth > 6 ? 0 : 3, () => node(random, depth + 1))
  const end = random(5) === 0 ? '' : `</${random(8) === 0 ? pick(random, tags) : tag}>`
  return `<${spelt(random, tag)}${times(random, 3, () => attribute(random))}${random(12) === 0 ? '/' : ''}>${inner}${end}`
}

function node(random: Random, depth: number): string {
  const what = random(12)
  if (what < 6) return element(random, depth)
  if (what === 6) return `<!--${pick(random, values)}${pick(random, ['-->', '--!>', '->', '', '>'])}`
  if (what === 7) return `<![CDATA[${pick(random, values)}]]>`
  if (what === 8)
    return pick(random, values).replace(/[<>"]/g, sign => `&#${random(2) ? 'x' : ''}${sign.charCodeAt(0)};`)
  if (what === 9)
    return `<p style="${times(random, 6, () => pick(random, css)).replaceAll('"', '&quot;')}">x</p>`
  return pick(random, all)
}

/** One mail of a seed. */
export function hostileHtml(seed: number): string {
  const random = randomFrom(seed)
  let html = node(random, 0) + times(random, 4, () => node(random, 0))
  for (let cut = random(4); cut > 0; cut--) {
    const at = random(html.length + 1)
    const way = random(3)
    if (way === 0) html = html.slice(0, at) + html.slice(at + random(12))
    else if (way === 1) html = html.slice(0, at) + pick(random, values) + html.slice(at)
    else
      html = html.slice(0, at) + html.slice(random(html.length + 1), random(html.length + 1)) + html.slice(at)
  }
  return numbered(html.slice(0, 20_000), seed)
}
