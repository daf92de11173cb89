/**
 * What is pasted. The editor takes over only what its schema names, whatever the source; this mends before what would lose its sense:
 * Word's lists are paragraphs with a typed bullet, and plain text has its empty lines.
 */
import type { Node, Schema } from '@tiptap/pm/model'
import { Fragment, Slice } from '@tiptap/pm/model'

/** Plain text, a paragraph a line, empty ones too. */
export function plainSlice(text: string, schema: Schema): Slice {
  const lines = text.replace(/\r\n?/gu, '\n').split('\n')
  const nodes = lines.map(
    line => schema.nodes.paragraph?.create(null, line ? schema.text(line) : null) as Node,
  )
  return new Slice(Fragment.from(nodes), 1, 1)
}

const NUMBER = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/iu

export function mendPasted(html: string): string {
  if (!/mso-list/iu.test(html)) return html
  const page = new DOMParser().parseFromString(html, 'text/html')
  let list: HTMLElement | undefined
  for (const paragraph of page.querySelectorAll<HTMLElement>('p[style*="mso-list"]')) {
    const sign = [...paragraph.querySelectorAll<HTMLElement>('span')].find(span =>
      /mso-list:\s*ignore/iu.test(span.getAttribute('style') ?? ''),
    )
    const tag = NUMBER.test(sign?.textContent ?? '') ? 'ol' : 'ul'
    sign?.remove()
    const item = page.createElement('li')
    item.append(...paragraph.childNodes)
    if (list?.localName !== tag || paragraph.previousElementSibling !== list) {
      list = page.createElement(tag)
      paragraph.before(list)
    }
    list.append(item)
    paragraph.remove()
  }
  return page.body.innerHTML
}
