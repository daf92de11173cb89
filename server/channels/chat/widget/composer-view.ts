/**
 * One composer for all times: before the first message it asks who writes, with nobody there it becomes a mail form; what was
 * typed and chosen stays in it.
 */
import { mailForm, type PublicSettings, textLetters } from '../protocol.ts'
import type { ChatClient } from './client.ts'
import { button, drawing, field, make, sizeText } from './dom.ts'
import type { Remember } from './view.ts'
import type { Words } from './words.ts'

export interface ComposerView {
  element: HTMLFormElement
  draw(): void
  /** Puts somebody who opened the chat where they have something to write. */
  focus(): void
  grow(): void
  /** Puts files to what is going to be sent; says what cannot be. */
  choose(files: Iterable<File>): void
  /** The address they gave. */
  email(): string
}

const MOST_FILES = 5

export function openComposer(
  client: ChatClient,
  settings: PublicSettings,
  words: Words,
  remember: Remember,
  sent: () => void,
): ComposerView {
  const { form: asked, files: may } = settings
  const called = (text: string, need: string): string =>
    need === 'optional' ? `${text} (${words.optional})` : text
  const form = make('form', '', { novalidate: '' })
  const away = make('p', 'away')
  const name = field('name', called(words.name, asked.name), asked.name === 'required')
  const email = field('email', called(words.email, asked.email), asked.email === 'required')
  const fields = make('div', 'fields')
  fields.append(name.label, email.label)
  const problem = make('p', 'problem', { role: 'alert' })
  const area = make('textarea', '', { rows: '1', enterkeyhint: 'send' })
  const areaName = make('span', 'sr', {}, words.write)
  const areaLabel = make('label', 'words')
  areaLabel.append(areaName, area)
  const send = make('button', 'send', { type: 'submit' })
  const chosen = make('ul', 'chosen', { 'aria-label': words.chosen })
  const input = make('input', '', { type: 'file', multiple: '', tabindex: '-1', 'aria-hidden': 'true' })
  input.hidden = true
  const clip = button('clip', may ? words.attach(sizeText(may.bytes)) : '')
  clip.append(drawing('clip'))
  if (may) input.accept = may.endings.join(',')
  const row = make('div', 'row')
  row.append(clip, areaLabel, send)
  form.append(away, fields, problem, chosen, row, input)
  area.value = client.draft()
  name.input.value = remember('name') ?? ''
  email.input.value = remember('email') ?? ''
  let files: File[] = []

  /** Before the first message, and while nobody is there, it is asked who writes. */
  const asks = (): boolean =>
    client.known === null && (client.lines.every(({ mine }) => !mine) || !client.attended)

  const draw = (): void => {
    const asking = asks()
    const { attended } = client
    form.className = attended ? '' : 'form-away'
    away.hidden = attended
    away.textContent = settings.mail ? words.awayMail : words.awayForm
    name.label.hidden = !asking || asked.name === 'no'
    email.label.hidden = !asking || asked.email === 'no'
    fields.hidden = name.label.hidden && email.label.hidden
    clip.hidden = !may
    const label = attended ? words.write : words.writeAway
    areaName.textContent = label
    area.placeholder = label
    const sending = attended ? words.send : words.sendAway
    if (send.title !== sending) {
      send.title = sending
      send.replaceChildren(attended ? drawing('send') : document.createTextNode(sending))
      send.setAttribute('aria-label', sending)
    }
    form.hidden = client.barred !== null && client.barred !== 'bad-token' && client.barred !== 'outdated'
  }

  const drawChosen = (): void => {
    chosen.hidden = files.length === 0
    chosen.replaceChildren(
      ...files.map(file => {
        const item = make('li', 'file')
        const remove = button('', words.remove(file.name), '×')
        remove.addEventListener('click', () => {
          files = files.filter(each => each !== file)
          drawChosen()
          area.focus()
        })
        item.append(
          drawing('file'),
          make('span', 'file-name', { dir: 'auto' }, file.name),
          make('span', 'file-size', {}, sizeText(file.size)),
          remove,
        )
        return item
      }),
    )
  }

  const choose = (all: Iterable<File>): void => {
    if (!may) return
    const wrong: string[] = []
    for (const file of all) {
      const ending = /\.[a-z0-9]+$/i.exec(file.name)?.[0].toLowerCase() ?? ''
      if (!may.endings.includes(ending) || file.size === 0) wrong.push(words.wrongFile(file.name))
      else if (file.size > may.bytes) wrong.push(words.largeFile(file.name, sizeText(may.bytes)))
      else if (files.length >= MOST_FILES) wrong.push(words.manyFiles(MOST_FILES))
      else files.push(file)
    }
    problem.textContent = [...new Set(wrong)].join(' ')
    drawChosen()
  }

  const submit = (): void => {
    const text = area.value.trim()
    const asking = asks()
    const [who, address] = [name.input.value.trim(), email.input.value.trim()]
    const refuse = (sentence: string, at: HTMLElement): void => {
      problem.textContent = sentence
      at.setAttribute('aria-invalid', 'true')
      at.focus()
    }
    for (const each of [name.input, email.input, area]) each.removeAttribute('aria-invalid')
    problem.textContent = ''
    if (asking && asked.name === 'required' && who === '') return void refuse(words.needName, name.input)
    const needsMail = asked.email === 'required' || (address !== '' && !email.label.hidden)
    if (asking && needsMail && !mailForm.test(address)) return void refuse(words.needEmail, email.input)
    // A letter has words; in the chat a file says enough.
    if (text === '' && (files.length === 0 || !client.attended)) return void refuse(words.needText, area)
    if (text.length > textLetters) return void refuse(words.tooLong(text.length - textLetters), area)
    if (asking) {
      remember('name', who)
      remember('email', address)
    }
    const writer = { name: who.slice(0, 200), email: address.slice(0, 320), form: !client.attended }
    const said = text === '' ? null : client.say(text, writer)
    for (const file of files) client.bring(file, writer, writer.form ? said : null)
    files = []
    drawChosen()
    area.value = ''
    client.draft('')
    grow()
    sent()
    area.focus()
  }

  const grow = (): void => {
    area.style.height = 'auto'
    area.style.height = `${Math.min(130, area.scrollHeight + 2)}px`
  }

  clip.addEventListener('click', () => input.click())
  input.addEventListener('change', () => {
    choose(input.files ?? [])
    input.value = ''
    area.focus()
  })
  form.addEventListener('submit', event => {
    event.preventDefault()
    submit()
  })
  area.addEventListener('input', () => {
    client.draft(area.value)
    problem.textContent = ''
    client.type(area.value !== '')
    grow()
  })
  area.addEventListener('paste', event => {
    const pasted = [...(event.clipboardData?.files ?? [])]
    if (pasted.length === 0 || clip.hidden) return
    event.preventDefault()
    choose(pasted)
  })
  area.addEventListener('blur', () => client.type(false))
  area.addEventListener('keydown', event => {
    // While a word is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    if (!client.attended) return
    event.preventDefault()
    submit()
  })
  drawChosen()

  return {
    element: form,
    draw,
    grow,
    choose: all => void (clip.hidden || choose(all)),
    email: () => email.input.value.trim(),
    focus() {
      const first = [name, email].find(({ label, input }) => !label.hidden && input.value === '')
      ;(first && asked.name === 'required' ? first.input : area).focus()
    },
  }
}
