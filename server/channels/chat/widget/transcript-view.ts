/** The conversation by mail: asked for behind a button, with the address that was given before. */
import { mailForm } from '../protocol.ts'
import type { ChatClient } from './client.ts'
import { button, drawing, field, make } from './dom.ts'
import type { Words } from './words.ts'

export interface TranscriptView {
  button: HTMLButtonElement
  element: HTMLElement
  draw(): void
}

/** @param known an address to begin with */
export function openTranscript(client: ChatClient, words: Words, known: () => string): TranscriptView {
  const open = button('', words.transcript)
  open.append(drawing('mail'))
  open.setAttribute('aria-expanded', 'false')
  const form = make('form', 'transcript', { novalidate: '' })
  const { label, input } = field('email', words.transcriptTo, true)
  const told = make('p', 'problem', { role: 'status' })
  const send = make('button', 'send', { type: 'submit' }, words.transcriptSend)
  const cancel = make('button', 'plain', { type: 'button' }, words.cancel)
  const row = make('div', 'row')
  row.append(send, cancel)
  form.append(label, told, row)
  form.hidden = true

  const show = (on: boolean): void => {
    form.hidden = !on
    open.setAttribute('aria-expanded', String(on))
    told.textContent = ''
    if (on) input.value ||= known()
    ;(on ? input : open).focus()
  }
  open.addEventListener('click', () => show(form.hidden !== false))
  cancel.addEventListener('click', () => show(false))
  form.addEventListener('submit', event => {
    event.preventDefault()
    const address = input.value.trim()
    const sound = mailForm.test(address)
    input.setAttribute('aria-invalid', String(!sound))
    if (!sound) {
      told.textContent = words.needEmail
      return input.focus()
    }
    send.disabled = true
    void client.transcript(address).then(outcome => {
      send.disabled = false
      told.textContent = words.transcripts[outcome](address)
    })
  })
  return {
    button: open,
    element: form,
    draw() {
      // There is nothing to send before somebody has answered.
      open.hidden = client.lines.every(({ mine }) => mine)
      if (open.hidden) form.hidden = true
    },
  }
}
