/** Elements by hand. What anybody wrote is put in as text, never as markup. */
const SVG = 'http://www.w3.org/2000/svg'

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  attributes: Record<string, string> = {},
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  if (className.trim()) element.className = className.trim()
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  if (text) element.textContent = text
  return element
}

export function button(className: string, label: string, text = ''): HTMLButtonElement {
  return make('button', className, { type: 'button', 'aria-label': label, title: label }, text)
}

export const drawings = {
  chat: 'M4 5h16v11H9l-5 4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-3-7z',
  clip: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L14 7.6',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z',
} as const

export function drawing(of: keyof typeof drawings): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: '22',
    height: '22',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value)
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', drawings[of])
  svg.append(line)
  return svg
}

export function field(type: 'name' | 'email', label: string, required: boolean) {
  const input = make('input', '', {
    type: type === 'email' ? 'email' : 'text',
    autocomplete: type,
    maxlength: type === 'email' ? '320' : '200',
    ...(required ? { required: '' } : {}),
  })
  const element = make('label', 'field')
  element.append(make('span', '', {}, label), input)
  return { label: element, input }
}

/** Bytes as people read them. */
export const sizeText = (bytes: number): string =>
  bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1_000)} KB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`

/** Ink or paper, whichever can be read better on a colour (WCAG 2 relative luminance). */
export function contrastOf(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.055 ? '#ffffff' : '#111111'
}
