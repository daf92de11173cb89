/** The log of messages. Each line is drawn once and replaced when what it shows has changed. */
import type { PublicSettings } from '../protocol.ts'
import type { ChatClient } from './client.ts'
import { make } from './dom.ts'
import { fileElement, goingElement } from './file-view.ts'
import { type Line, ownLine } from './line.ts'
import type { Language, Words } from './words.ts'

const RUN = 5 * 60_000

export interface LogView {
  element: HTMLElement
  draw(): void
  toEnd(): void
}

export function openLog(
  client: ChatClient,
  settings: PublicSettings,
  words: Words,
  language: Language,
): LogView {
  const log = make('div', 'log', {
    role: 'log',
    'aria-live': 'polite',
    'aria-label': words.messages,
    tabindex: '0',
  })
  const drawn = new Map<string, { element: HTMLElement; word: string }>()

  // Who reads the end goes on reading it when the log gets smaller, or a picture comes.
  let stuck = true
  const stay = (): void => {
    if (stuck) toEnd()
  }
  log.addEventListener('scroll', () => {
    stuck = log.scrollHeight - log.scrollTop - log.clientHeight < 60
  })
  new ResizeObserver(stay).observe(log)

  const draw = (): void => {
    const lines: Line[] = [...client.lines]
    const hello = settings.greeting
    if (hello && (lines.length > 0 || client.attended)) lines.unshift(greetingLine(hello[language]))
    const lastMine = lines.findLast(({ mine }) => mine)
    const kept = new Set<string>()
    let previous: Line | undefined
    let fresh = false
    for (const [index, line] of lines.entries()) {
      const { state, mine, author, at, text, files, mailed } = line
      const leads =
        !previous || previous.mine !== mine || previous.author !== author || at - previous.at > RUN
      const marked =
        mine && (line === lastMine || state === 'waiting' || state === 'refused' || mailed !== undefined)
      const word = `${state} ${leads} ${marked} ${text.length} ${files.length} ${tenths(line)}`
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
    if (fresh && (stuck || lines.at(-1)?.mine)) toEnd()
  }

  const toEnd = (): void => {
    log.scrollTop = log.scrollHeight
    stuck = true
  }

  const lineOf = (line: Line, leads: boolean, marked: boolean): HTMLElement => {
    const { mine, author, at, text, state } = line
    const element = make('div', `line ${mine ? 'mine' : ''} ${state} ${leads ? 'first' : ''}`)
    // Whoever hears the log needs to hear who speaks, and at first only.
    const who = mine ? words.you : author || settings.name
    if (leads) element.append(make('span', mine || author === '' ? 'sr' : 'who', {}, who))
    const title: Record<string, string> = at > 0 ? { title: new Date(at).toLocaleString(language) } : {}
    if (text) element.append(make('p', 'said', { dir: 'auto', ...title }, text))
    if (line.going) element.append(goingElement(line, words))
    for (const file of line.files) element.append(fileElement(client, words, line, file, stay))
    if (marked) element.append(markOf(line))
    return element
  }

  const markOf = ({ id, state, mailed, going }: Line): HTMLElement => {
    const mark = make('span', 'mark')
    const refused = going && (words.refusedFile as Record<string, string>)[going.why]
    mark.append(make('span', '', {}, mailed ? words.mailed(mailed) : (refused ?? words[state])))
    if (state !== 'refused') return mark
    const retry = make('button', '', { type: 'button' }, words.retry)
    retry.addEventListener('click', () => client.retry(id))
    const discard = make('button', '', { type: 'button' }, words.discard)
    discard.addEventListener('click', () => client.discard(id))
    mark.append(retry, discard)
    return mark
  }

  return { element: log, draw, toEnd }
}

/** How far a file has gone, in steps: who hears the log need not hear each. */
const tenths = ({ going }: Line): string => (going ? String(Math.round(going.part * 10)) : '')

const greetingLine = (text: string): Line => ({
  ...ownLine('greeting', text, 0),
  mine: false,
  state: 'sent',
})
