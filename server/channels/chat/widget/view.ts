/** What a visitor sees and touches: the button on the page, and the panel with its head, its log and its composer. */
import type { PublicSettings } from '../protocol.ts'
import type { ChatClient } from './client.ts'
import { openComposer } from './composer-view.ts'
import { button, contrastOf, drawing, make } from './dom.ts'
import { openLog } from './log-view.ts'
import { openRating } from './rating-view.ts'
import { style } from './style.ts'
import { openTranscript } from './transcript-view.ts'
import type { Language, Words } from './words.ts'

/** A word that this browser keeps under a key; asked without one, the word that it has. */
export type Remember = (key: string, value?: string) => string | null

export interface ViewDeps {
  host: HTMLElement
  settings: PublicSettings
  client: ChatClient
  words: Words
  language: Language
  remember: Remember
}

export interface View {
  draw(): void
  /** `focus`: somebody asked for it just now. */
  open(focus?: boolean): void
  close(): void
  remove(): void
}

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
  launcher.append(drawing('chat'), badge)
  const status = make('p')
  const names = make('div', 'names')
  names.append(make('h2', '', { id: 'title' }, title), status)
  const leave = button('', words.close)
  leave.append(drawing('close'))
  const notice = make('p', 'notice', { role: 'status' })
  const typing = make('p', 'typing', { 'aria-live': 'off' })
  const log = openLog(client, settings, words, language)
  const composer = openComposer(client, settings, words, remember, () => log.toEnd())
  const transcript = settings.mail ? openTranscript(client, words, composer.email) : undefined
  const head = make('div', 'head')
  head.append(names, ...(transcript ? [transcript.button] : []), leave)
  const panel = make('section', 'panel', { id: 'panel', role: 'dialog', 'aria-labelledby': 'title' })
  panel.append(head, notice, ...(transcript ? [transcript.element] : []))
  const rating = openRating(client, words)
  panel.append(log.element, typing, rating.element, composer.element)
  const greet = make('div', 'greeting')
  const greetText = make('button', 'text', { type: 'button' })
  const greetHide = make('button', 'hide', { type: 'button', 'aria-label': words.hide }, '×')
  greet.append(greetText, greetHide)
  const root = make('div', 'root', { 'data-side': settings.side })
  root.append(panel, greet, launcher)
  shadow.append(root)

  root.style.setProperty('--accent', settings.color)
  root.style.setProperty('--on-accent', contrastOf(settings.color))
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const theme = (): void => {
    const wanted = host.dataset.wanted || settings.theme
    host.dataset.theme = wanted === 'auto' ? (dark.matches ? 'dark' : 'light') : wanted
  }
  dark.addEventListener('change', theme)
  theme()
  panel.hidden = greet.hidden = true

  const isOpen = (): boolean => !panel.hidden
  const inSight = (): boolean => isOpen() && document.visibilityState === 'visible'

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
    composer.draw()
    log.draw()
    transcript?.draw()
    rating.draw()
    drawTyping()
    client.look(inSight())
  }

  const drawTyping = (): void => {
    const who = client.typing === null ? '' : words.typing(client.typing)
    if (typing.dataset.who === who) return
    typing.dataset.who = who
    typing.replaceChildren()
    if (who !== '') typing.append(who, make('i'), make('i'), make('i'))
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
    log.toEnd()
    if (focus) composer.focus()
    composer.grow()
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
  // A file that is dropped beside would make the page go away; over the panel it is meant for us.
  for (const kind of ['dragover', 'drop'] as const)
    panel.addEventListener(kind, event => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.stopPropagation()
      if (kind === 'drop') composer.choose(event.dataTransfer.files)
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
}
