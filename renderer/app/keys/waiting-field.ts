// While keys wait for the field that one of them leads to, an input method has nowhere to compose, and what is typed for it would arrive as
// Latin letters. So a field nobody sees has the focus until then; what is composed in it goes on with the keys.
import './waiting-field.css'

let field: HTMLTextAreaElement | undefined
let before: Element | null = null
let composing = false

/** Whether an input method is composing in it. */
export const isComposing = (): boolean => composing

/**
 * Gives it the focus. Without effect where something in which one writes has it.
 * @param onWords told what was composed, when it is
 * @param onEnd nothing is composed any more
 */
export function waitInField(onWords: (words: string) => void, onEnd: () => void): void {
  const here = document.activeElement
  if (field || here?.matches('input, textarea, [contenteditable=true]')) return
  before = here
  const made = document.createElement('textarea')
  field = made
  made.className = 'waiting-field'
  made.tabIndex = -1
  made.setAttribute('aria-hidden', 'true')
  const take = (): void => {
    const words = made.value
    made.value = ''
    if (words !== '') onWords(words)
  }
  made.addEventListener('compositionstart', () => {
    composing = true
  })
  made.addEventListener('compositionend', () => {
    composing = false
    take()
    onEnd()
  })
  // Signs come from an input method without being composed.
  made.addEventListener('input', () => composing || take())
  // Who goes elsewhere by hand is not brought back.
  made.addEventListener('blur', () => {
    before = null
  })
  document.body.append(made)
  made.focus({ preventScroll: true })
}

/** Takes it away; the focus is where it was, unless somebody has gone elsewhere. */
export function leaveField(): void {
  const [gone, to] = [field, before]
  field = undefined
  composing = false
  if (to instanceof HTMLElement && to.isConnected && to !== document.body) to.focus({ preventScroll: true })
  gone?.remove()
}
