/** Files of messages: a picture of a picture, otherwise its name; a press keeps it. */
import type { ChatFile } from '../protocol.ts'
import type { ChatClient } from './client.ts'
import { drawing, make, sizeText } from './dom.ts'
import type { Line } from './line.ts'
import type { Words } from './words.ts'

/** Decoded by the browser as pictures and as nothing else. */
const PICTURES = /^image\/(?:png|jpeg|gif|webp)$/
const WIDTH = 220

export function fileElement(
  client: ChatClient,
  words: Words,
  line: Line,
  file: ChatFile,
  grown: () => void,
): HTMLElement {
  const element = make('button', 'file', { type: 'button', title: `${words.keep} ${file.name}` })
  element.append(
    drawing('file'),
    // What is heard is what is seen, after the word for what a press does.
    make('span', 'sr', {}, `${words.keep} `),
    make('span', 'file-name', { dir: 'auto' }, file.name),
    make('span', 'file-size', {}, ` ${sizeText(file.size)}`),
  )
  const get = (): Promise<Blob | null> => client.files.fetch(line.item, line.id, file)
  element.addEventListener('click', () => {
    element.setAttribute('aria-busy', 'true')
    void get().then(blob => {
      element.removeAttribute('aria-busy')
      if (blob) keep(blob, file.name)
      else element.querySelector('.file-size')!.textContent = words.notGot
    })
  })
  if (PICTURES.test(file.type)) void get().then(blob => blob && picture(element, blob).then(grown))
  return element
}

/** Always octets: a browser shall keep it, and not show it as a page. */
function keep(blob: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
  const link = make('a', '', { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** On a canvas, which needs nothing from the page's policy. */
async function picture(element: HTMLElement, blob: Blob): Promise<void> {
  try {
    const bitmap = await createImageBitmap(blob)
    const scale = Math.min(1, WIDTH / bitmap.width, WIDTH / bitmap.height)
    const canvas = make('canvas', '', { 'aria-hidden': 'true' })
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    element.querySelector('svg')?.replaceWith(canvas)
    element.classList.add('pictured')
  } catch {
    // No picture after all: its name stands there.
  }
}

/** One's own file on its way. */
export function goingElement({ going, state }: Line, words: Words): HTMLElement {
  const { name, size } = going!.file
  const element = make('div', 'file going')
  const bar = make('progress', '', { max: '1', 'aria-label': words.bringing(name) })
  bar.value = going!.part
  element.append(
    drawing('file'),
    make('span', 'file-name', { dir: 'auto' }, name),
    make('span', 'file-size', {}, sizeText(size)),
  )
  if (state === 'waiting') element.append(bar)
  return element
}
