/**
 * What a visitor sees and touches. Everything that anybody wrote is put in as text, never as markup. One composer for all
 * times: before the first message it asks who writes, with nobody there it becomes a mail form; what was typed stays in it.
 */
import type { PublicSettings } from '../protocol.ts'
import { textLetters } from '../protocol.ts'
import type { ChatClient, Line } from './client.ts'
import { style } from './style.ts'
import type { Language, Words } from './words.ts'

export interface ViewDeps {
  host: HTMLElement
  settings: PublicSettings
  client: ChatClient
  words: Words
  language: Language
  /** Remembers that the greeting was seen. */
  remember(key: string, value?: string): string | null
}

export interface View {
  draw(): void
  /** `focus`: somebody asked for it just now. */
  open(focus?: boolean): void
  close(): void
  remove(): void
}

const SVG = 'http://www.w3.org/2000/svg'
const RUN = 5 * 60_000
const MAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

export function openView({ host, settings, client, words, language, remember }: ViewDeps): View {
  const shadow = host.attachShadow({ mode: 'open' })
  // A constructed sheet needs no 'unsafe-inline' from the page's policy.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  shadow.adoptedStyleSheets = [sheet]

  const title = settings.title[language] || settings.name
  const badge = make('span', 'badge')
  const launcher = make('button', 'launcher', {
    type: 'button',
    'aria-expanded': 'false',
    'aria-controls': 'panel',
  })
  launcher.append(drawing('M4 5h16v11H9l-5 4z'), badge)
  const heading = make('h2', '', { id: 'title' }, title)
  const status = make('p', '')
  const names = make('div', 'names')
  names.append(heading, status)
  const leave = make('button', '', { type: 'button', 'aria-label': words.close, title: words.close })
  leave.append(drawing('M6 6l12 12M18 6L6 18'))
  const head = make('div', 'head')
  head.append(names, leave)
  const notice = make('p', 'notice', { role: 'status' })
  const log = make('div', 'log', {
    role: 'log',
    'aria-live': 'polite',
    'aria-label': words.messages,
    tabindex: '0',
  })
  const typing = make('p', 'typing', { 'aria-live': 'off' })
  const form = make('form', '', { novalidate: '' }) as HTMLFormElement
  const away = make('p', 'away', {}, words.awayForm)
  const name = field('name', words.name, 'name', settings.form.name)
  const email = field('email', words.email, 'email', settings.form.email)
  const fields = make('div', 'fields')
  fields.append(name.label, email.label)
  const problem = make('p', 'problem', { role: 'alert' })
  const area = make('textarea', '', { rows: '1', enterkeyhint: 'send' }) as HTMLTextAreaElement
  const areaName = make('span', 'sr', {}, words.write)
  const areaLabel = make('label', '')
  areaLabel.append(areaName, area)
  const send = make('button', 'send', { type: 'submit' })
  const row = make('div', 'row')
  row.append(areaLabel, send)
  form.append(away, fields, problem, row)
  const panel = make('section', 'panel', { id: 'panel', role: 'dialog', 'aria-labelledby': 'title' })
  panel.append(head, notice, log, typing, form)
  const greet = make('div', 'greeting')
  const greetText = make('button', 'text', { type: 'button' })
  const greetHide = make('button', 'hide', { type: 'button', 'aria-label': words.hide }, '×')
  greet.append(greetText, greetHide)
  const root = make('div', 'root', { 'data-side': settings.side })
  root.append(panel, greet, launcher)
  shadow.append(root)

  const onAccent = contrastOf(settings.color)
  root.style.setProperty('--accent', settings.color)
  root.style.setProperty('--on-accent', onAccent)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const theme = (): void => {
    const wanted = host.dataset.wanted || settings.theme
    host.dataset.theme = wanted === 'auto' ? (dark.matches ? 'dark' : 'light') : wanted
  }
  dark.addEventListener('change', theme)
  theme()

  panel.hidden = greet.hidden = true
  area.value = client.draft()
  name.input.value = remember('name') ?? ''
  email.input.value = remember('email') ?? ''

  const drawn = new Map<string, { element: HTMLElement; word: string }>()
  const isOpen = (): boolean => !panel.hidden
  const inSight = (): boolean => isOpen() && document.visibilityState === 'visible'
  /** Before the first message, and while nobody is there, it is asked who writes. */
  const asks = (): boolean =>
    client.known === null && (client.lines.every(({ mine }) => !mine) || !client.attended)

  const draw = (): void => {
    const unread = isOpen() ? 0 : client.unread
    badge.hidden = unread === 0
    badge.textContent = unread > 99 ? '99+' : String(unread)
    launcher.setAttribute(
      'aria-label',
      isOpen() ? words.close : unread ? `${words.open}, ${words.unread(unread)}` : words.open,
    )
    status.textContent = client.attended ? words.here : words.away
    status.className = client.attended ? 'on' : ''
    if (client.known !== null) status.textContent += ` · ${words.as(client.known)}`
    const told = client.barred
      ? words.barred[client.barred]
      : client.begun && !client.connected
        ? words.offline
        : ''
    if (notice.textContent !== told) notice.textContent = told
    notice.hidden = told === '' || waitsQuietly
    drawForm()
    drawLines()
    drawTyping()
    client.look(inSight())
  }

  const drawForm = (): void => {
    const asking = asks()
    const { attended } = client
    form.className = attended ? '' : 'form-away'
    away.hidden = attended
    name.label.hidden = !asking || settings.form.name === 'no'
    email.label.hidden = !asking || settings.form.email === 'no'
    fields.hidden = name.label.hidden && email.label.hidden
    const label = attended ? words.write : words.writeAway
    areaName.textContent = label
    area.placeholder = label
    const sending = attended ? words.send : words.sendAway
    if (send.title !== sending) {
      send.title = sending
      send.replaceChildren(attended ? drawing('M4 12l16-8-6 16-3-7z') : document.createTextNode(sending))
      send.setAttribute('aria-label', sending)
    }
    form.hidden = client.barred !== null && client.barred !== 'bad-token' && client.barred !== 'outdated'
  }

  const drawLines = (): void => {
    const lines: Line[] = [...client.lines]
    const hello = settings.greeting
    if (hello && lines.length > 0) lines.unshift(greetingLine(hello[language]))
    else if (hello && client.attended) lines.push(greetingLine(hello[language]))
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60
    const lastMine = lines.findLast(({ mine }) => mine)
    const kept = new Set<string>()
    let previous: Line | undefined
    let fresh = false
    for (const [index, line] of lines.entries()) {
      const leads =
        !previous ||
        previous.mine !== line.mine ||
        previous.author !== line.author ||
        line.at - previous.at > RUN
      const marked = line.mine && (line === lastMine || line.state === 'waiting' || line.state === 'refused')
      const word = `${line.state} ${leads} ${marked} ${line.text.length}`
      const there = drawn.get(line.id)
      let element = there?.element
      if (!element || there?.word !== word) {
        const next = lineOf(line, leads, marked)
        if (element) element.replaceWith(next)
        else fresh = true
        element = next
        drawn.set(line.id, { element, word })
      }
      if (log.children[index] !== element) log.insertBefore(element, log.children[index] ?? null)
      kept.add(line.id)
      previous = line
    }
    for (const [id, { element }] of drawn)
      if (!kept.has(id)) {
        element.remove()
        drawn.delete(id)
      }
    if (fresh && (atEnd || lines.at(-1)?.mine)) log.scrollTop = log.scrollHeight
  }

  const lineOf = (line: Line, leads: boolean, marked: boolean): HTMLElement => {
    const element = make('div', `line ${line.mine ? 'mine' : ''} ${line.state} ${leads ? 'first' : ''}`)
    // Whoever hears the log needs to hear who speaks, and at first only.
    const who = make(
      'span',
      line.mine || line.author === '' ? 'sr' : 'who',
      {},
      line.mine ? words.you : line.author || settings.name,
    )
    if (leads) element.append(who)
    element.append(
      make(
        'p',
        'said',
        { dir: 'auto', ...(line.at > 0 ? { title: new Date(line.at).toLocaleString(language) } : {}) },
        line.text,
      ),
    )
    if (!marked) return element
    const mark = make('span', 'mark')
    mark.append(make('span', '', {}, words[line.state]))
    if (line.state === 'refused') {
      const retry = make('button', '', { type: 'button' }, words.retry)
      retry.addEventListener('click', () => client.retry(line.id))
      const discard = make('button', '', { type: 'button' }, words.discard)
      discard.addEventListener('click', () => client.discard(line.id))
      mark.append(retry, discard)
    }
    element.append(mark)
    return element
  }

  const drawTyping = (): void => {
    const who = client.typing === null ? '' : words.typing(client.typing)
    if (typing.dataset.who === who) return
    typing.dataset.who = who
    typing.replaceChildren()
    if (who === '') return
    typing.append(who, make('i', ''), make('i', ''), make('i', ''))
  }

  const greetingLine = (text: string): Line => ({
    id: 'greeting',
    mine: false,
    author: '',
    text,
    at: 0,
    state: 'sent',
    conversation: '',
    seq: 0,
  })

  // ------------------------------------------------------------------------------------------------------------- acts

  const submit = (): void => {
    const text = area.value.trim()
    const asking = asks()
    const [called, address] = [name.input.value.trim(), email.input.value.trim()]
    const refuse = (sentence: string, at: HTMLElement): void => {
      problem.textContent = sentence
      at.setAttribute('aria-invalid', 'true')
      at.focus()
    }
    for (const each of [name.input, email.input, area]) each.removeAttribute('aria-invalid')
    problem.textContent = ''
    if (asking && settings.form.name === 'required' && called === '')
      return void refuse(words.needName, name.input)
    const needsMail = settings.form.email === 'required' || (address !== '' && !email.label.hidden)
    if (asking && needsMail && !MAIL.test(address)) return void refuse(words.needEmail, email.input)
    if (text === '') return void refuse(words.needText, area)
    if (text.length > textLetters) return void refuse(words.tooLong(text.length - textLetters), area)
    if (asking) {
      remember('name', called)
      remember('email', address)
    }
    client.say(text, { name: called.slice(0, 200), email: address.slice(0, 320), form: !client.attended })
    area.value = ''
    client.draft('')
    grow()
    log.scrollTop = log.scrollHeight
    area.focus()
  }

  const grow = (): void => {
    area.style.height = 'auto'
    area.style.height = `${Math.min(130, area.scrollHeight + 2)}px`
  }

  let waitsQuietly = true
  const open = (focus = true): void => {
    if (isOpen()) return
    panel.hidden = false
    greet.hidden = true
    root.classList.add('open')
    launcher.setAttribute('aria-expanded', 'true')
    remember('opened', '1')
    client.start()
    resize()
    draw()
    log.scrollTop = log.scrollHeight
    const first = [name, email].find(({ label, input }) => !label.hidden && input.value === '')
    if (focus) (first && settings.form.name === 'required' ? first.input : area).focus()
    grow()
  }
  const close = (): void => {
    if (!isOpen()) return
    panel.hidden = true
    root.classList.remove('open')
    launcher.setAttribute('aria-expanded', 'false')
    client.type(false)
    remember('opened', '')
    draw()
    launcher.focus()
  }

  /** On a phone the panel takes what the keyboard leaves. */
  const resize = (): void => {
    const view = window.visualViewport
    if (!view) return
    root.style.setProperty('--height', `${view.height}px`)
    root.style.setProperty('--top', `${view.offsetTop}px`)
  }

  launcher.addEventListener('click', () => (isOpen() ? close() : open()))
  leave.addEventListener('click', close)
  greetText.addEventListener('click', () => open())
  greetHide.addEventListener('click', () => {
    greet.hidden = true
    remember('greeted', '1')
    launcher.focus()
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
  area.addEventListener('blur', () => client.type(false))
  area.addEventListener('keydown', event => {
    // While a word is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    if (!client.attended) return
    event.preventDefault()
    submit()
  })
  // What is typed here is not for the page's own shortcuts.
  for (const kind of ['keydown', 'keyup', 'keypress'] as const)
    root.addEventListener(kind, event => {
      if (event.key === 'Escape' && kind === 'keydown' && isOpen()) close()
      event.stopPropagation()
    })
  const onSight = (): void => {
    client.nudge()
    client.look(inSight())
  }
  document.addEventListener('visibilitychange', onSight)
  window.addEventListener('pageshow', onSight)
  window.addEventListener('focus', onSight)
  window.addEventListener('online', onSight)
  window.visualViewport?.addEventListener('resize', resize)
  window.visualViewport?.addEventListener('scroll', resize)
  // A connection takes a moment; only one that does not come is worth a word.
  const quiet = setTimeout(() => {
    waitsQuietly = false
    draw()
  }, 2_500)
  const greeting = settings.greeting
  const greetLater = setTimeout(
    () => {
      if (!greeting || isOpen() || client.begun || !client.attended || remember('greeted')) return
      greetText.textContent = greeting[language]
      greet.hidden = false
    },
    (greeting?.afterSeconds ?? 0) * 1000,
  )
  draw()

  return {
    draw,
    open,
    close,
    remove() {
      clearTimeout(quiet)
      clearTimeout(greetLater)
      document.removeEventListener('visibilitychange', onSight)
      window.removeEventListener('pageshow', onSight)
      window.removeEventListener('focus', onSight)
      window.removeEventListener('online', onSight)
      window.visualViewport?.removeEventListener('resize', resize)
      window.visualViewport?.removeEventListener('scroll', resize)
      dark.removeEventListener('change', theme)
      host.remove()
    },
  }

  function field(
    type: 'name' | 'email',
    text: string,
    autocomplete: string,
    need: 'no' | 'optional' | 'required',
  ) {
    const input = make('input', '', {
      type: type === 'email' ? 'email' : 'text',
      autocomplete,
      maxlength: type === 'email' ? '320' : '200',
      ...(need === 'required' ? { required: '' } : {}),
    }) as HTMLInputElement
    const label = make('label', 'field')
    label.append(make('span', '', {}, need === 'optional' ? `${text} (${words.optional})` : text), input)
    return { label, input }
  }
}

function make(
  tag: string,
  className: string,
  attributes: Record<string, string> = {},
  text = '',
): HTMLElement {
  const element = document.createElement(tag)
  if (className.trim()) element.className = className.trim()
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  if (text) element.textContent = text
  return element
}

function drawing(path: string): SVGElement {
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
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

/** Ink or paper, whichever can be read better on a colour (WCAG 2 relative luminance). */
export function contrastOf(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.055 ? '#ffffff' : '#111111'
}
