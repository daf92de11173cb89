import createDOMPurify, { type Config, type WindowLike } from 'dompurify'

/**
 * A mail's HTML, made harmless before it is shown in a frame that can run nothing (security baseline). Three walls, each enough
 * by itself: DOMPurify here, the frame's sandbox without scripts, the frame's own Content-Security-Policy. Beyond that nothing in
 * the result can navigate: links lose their address, which the host keeps and opens on a click; and nothing in it can load:
 * pictures lose theirs, and the host fills in those that came with the mail.
 */
export interface SafeMail {
  /** The frame's whole document. */
  document: string
  /** Addresses of links, by the number in `data-link`. */
  links: string[]
  /** Content-IDs of pictures to fill in, by the number in `data-cid`. */
  contentIds: string[]
  /** Addresses of pictures elsewhere that can be fetched when somebody wants them, by the number in `data-remote`. */
  pictures: string[]
  /** Pictures left out because they would have to be fetched from elsewhere; points, which are only there to be fetched, too. */
  remoteImages: number
  /** Whether the mail paints its own colours: then it is shown on paper, in the dark too. */
  ownColours: boolean
}

const config: Config = {
  WHOLE_DOCUMENT: true,
  RETURN_DOM: true,
  USE_PROFILES: { html: true },
  ADD_TAGS: ['style'],
  FORBID_TAGS: [
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'option',
    'dialog',
    'audio',
    'video',
    'source',
    'track',
    'picture',
    'map',
    'area',
    'template',
    'slot',
  ],
  FORBID_ATTR: [
    'srcset',
    'autofocus',
    'contenteditable',
    'tabindex',
    'popover',
    'popovertarget',
    'accesskey',
    'ping',
    'cite',
    'poster',
    'action',
    'longdesc',
    'usemap',
    'xmlns',
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // The last two: values that are no address at all, such as a width. DOMPurify asks this of every attribute.
  ALLOWED_URI_REGEXP:
    /^(?:(?:https?|mailto|tel|cid):|data:image\/(?:png|gif|jpe?g|webp);base64,|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/iu,
}

/** Only these leave the desk, opened by the system. */
export const opensOutside = (address: string): boolean =>
  /^(?:https:\/\/|mailto:|tel:)/iu.test(address.trim())

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src blob: data:"
const SAFE_IMAGE = /^data:image\/(?:png|gif|jpe?g|webp);base64,/iu

export function safeMail(html: string, window: WindowLike = globalThis as unknown as WindowLike): SafeMail {
  const root = createDOMPurify(window).sanitize(html, config) as unknown as HTMLElement
  const links = takeLinks(root)
  const { contentIds, pictures, remoteImages } = takeImages(root)
  const styles = [...root.querySelectorAll('style')]
  for (const style of styles) style.textContent = inertStyle(style.textContent)
  for (const element of root.querySelectorAll('[style]'))
    element.setAttribute('style', inertStyle(element.getAttribute('style') ?? ''))
  for (const element of root.querySelectorAll('[background]')) element.removeAttribute('background')

  const body = root.querySelector('body')
  const sheet = styles
    .filter(style => !body?.contains(style))
    .map(style => style.outerHTML)
    .join('')
  const attributes = ['bgcolor', 'text', 'style', 'class', 'dir']
    .map(name => [name, body?.getAttribute(name)] as const)
    .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')
  const inner = body?.innerHTML ?? ''
  return {
    document:
      `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
      `<meta name="referrer" content="no-referrer"><style>${FRAME_STYLE}</style>${sheet}</head>` +
      `<body${attributes}>${inner}</body></html>`,
    links,
    contentIds,
    pictures,
    remoteImages,
    ownColours: paints(sheet + attributes + inner),
  }
}

function takeLinks(root: HTMLElement): string[] {
  const links: string[] = []
  for (const link of root.querySelectorAll('[href]')) {
    const address = (link.getAttribute('href') ?? '').trim()
    link.removeAttribute('href')
    link.removeAttribute('target')
    if (!address || address.startsWith('#')) continue
    // Where it leads is said before it is followed; the words of a link prove nothing.
    link.setAttribute('title', address)
    if (!opensOutside(address)) continue
    link.setAttribute('data-link', String(links.length))
    link.setAttribute('tabindex', '0')
    link.setAttribute('role', 'link')
    links.push(address)
  }
  return links
}

function takeImages(root: HTMLElement): Pick<SafeMail, 'contentIds' | 'pictures' | 'remoteImages'> {
  const contentIds: string[] = []
  const pictures: string[] = []
  let remoteImages = 0
  for (const image of root.querySelectorAll('[src]')) {
    const source = (image.getAttribute('src') ?? '').trim()
    if (image.localName === 'img' && SAFE_IMAGE.test(source)) continue
    image.removeAttribute('src')
    if (image.localName !== 'img') continue
    if (/^cid:/iu.test(source)) {
      image.setAttribute('data-cid', String(contentIds.length))
      contentIds.push(bareContentId(source))
    } else {
      remoteImages++
      // A picture of a point is there to be fetched, not to be seen.
      if (isPoint(image)) image.remove()
      else {
        const address = pictureAddress(source)
        image.setAttribute('data-remote', address ? String(pictures.length) : '')
        if (address) pictures.push(address)
      }
    }
  }
  return { contentIds, pictures, remoteImages }
}

/** As it is asked for; null when the hub would not go there. A mail has no address of its own that others could be relative to. */
function pictureAddress(source: string): string | null {
  const whole = source.startsWith('//') ? `https:${source}` : source
  const url = URL.canParse(whole) ? new URL(whole) : null
  return url && /^https?:$/.test(url.protocol) && url.href.length <= 4000 ? url.href : null
}

const isPoint = (image: Element): boolean =>
  ['width', 'height'].some(name => {
    const size = image.getAttribute(name)
    return size !== null && Number.parseFloat(size) <= 3
  })

/** RFC 2392: the URL holds the Content-ID percent-encoded and without angle brackets. */
export function bareContentId(source: string): string {
  const encoded = source.replace(/^cid:/iu, '')
  try {
    return decodeURIComponent(encoded).replace(/^<|>$/gu, '')
  } catch {
    return encoded
  }
}

/**
 * The policy stops every fetch already; this keeps styles free of addresses, however they are spelt, and of ways out of their element.
 * What is taken out leaves something in its place: else its neighbours could become what was taken out (`@imp@import;ort`).
 */
export const inertStyle = (css: string): string =>
  spelledOut(css)
    .replace(/@(?:import|namespace)[^;]*;?/giu, ' ')
    .replace(/(?:url|src)\s*\([^)]*\)?/giu, 'none')
    .replace(/(?:-webkit-)?image-set\s*\([^)]*\)?/giu, 'none')
    .replace(/<\//gu, '< /')

/** CSS escapes of letters and brackets as what they stand for: `u\72l` is `url`. Others stay, or a string could end where it did not. */
const spelledOut = (css: string): string =>
  css.replace(/\\(?:([0-9a-f]{1,6})\s?|([g-z(]))/giu, (whole, code?: string, letter?: string) => {
    if (letter) return letter
    const point = Number.parseInt(code ?? '', 16)
    const sign = point > 0 && point < 128 ? String.fromCharCode(point) : ''
    return /[a-z(-]/iu.test(sign) ? sign : whole
  })

const paints = (html: string): boolean =>
  /\b(?:bgcolor|color|background(?:-color)?)\s*[=:]\s*["']?\s*(?!inherit|transparent|initial|currentcolor)[#\w]/iu.test(
    html,
  )

const escaped = (value: string): string =>
  value.replace(/&/gu, '&amp;').replace(/"/gu, '&quot;').replace(/</gu, '&lt;')

/** With `data-dark` (set by the host) a mail without colours of its own is light on dark, like the desk around it. */
const FRAME_STYLE = `
html{font:14px/20px Inter,"Inter Variable","PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif;overflow-x:auto;overflow-y:hidden}
body{margin:0;overflow-wrap:anywhere}
img{max-width:100%;height:auto}
img[data-remote]:not([src]),img[data-cid]:not([src]){display:inline-block;min-width:24px;min-height:24px;max-width:100%;outline:1px dashed #8c877d;outline-offset:-1px}
a{color:#1b55b4}[data-link]{cursor:pointer;text-decoration:underline}
[data-link]:focus-visible{outline:2px solid currentColor;outline-offset:1px}
blockquote{margin:8px 0 8px 2px;padding-left:10px;border-left:2px solid #d2cec6}
pre{white-space:pre-wrap}table{max-width:100%}
html[data-dark]{color-scheme:dark;color:#eceae6}html[data-dark] a{color:#8db8fa}html[data-dark] blockquote{border-color:#414147}
`
