/** After the end: five stars, and a line to say why. One press is enough; another changes it. */
import { ratingLetters } from '../protocol.ts'
import type { ChatClient } from './client.ts'
import { button, drawing, make } from './dom.ts'
import type { Words } from './words.ts'

const SCORES = [1, 2, 3, 4, 5] as const

export interface RatingView {
  element: HTMLElement
  draw(): void
}

export function openRating(client: ChatClient, words: Words): RatingView {
  const form = make('form', 'rating', { novalidate: '' })
  const stars = make('div', 'stars', { role: 'group', 'aria-label': words.howWasIt })
  const buttons = SCORES.map(score => {
    const star = button('star', words.scores[score - 1] ?? '')
    star.append(drawing('star'))
    star.addEventListener('click', () => {
      client.rate(score, why.value.trim())
      if (!why.value) why.focus()
    })
    return star
  })
  stars.append(...buttons)
  const why = make('input', '', { type: 'text', maxlength: String(ratingLetters), 'aria-label': words.why })
  why.placeholder = words.why
  const send = make('button', 'send', { type: 'submit' }, words.send)
  const row = make('div', 'row')
  const label = make('label', 'field words')
  label.append(why)
  row.append(label, send)
  const told = make('p', 'away', { role: 'status' })
  form.append(told, stars, row)
  form.hidden = true

  let of = ''
  let said = ''
  form.addEventListener('submit', event => {
    event.preventDefault()
    const { score } = client.rating ?? {}
    said = why.value.trim()
    if (score && said) client.rate(score, said)
  })

  return {
    element: form,
    draw() {
      const open = client.rating
      form.hidden = open === undefined
      if (!open) return
      // Another conversation, or another end of this one, is asked about anew.
      if (open.conversation !== of || open.score === null) {
        if (open.conversation !== of || said) why.value = said = ''
        of = open.conversation
      }
      for (const [index, star] of buttons.entries()) {
        star.classList.toggle('on', index < (open.score ?? 0))
        star.setAttribute('aria-pressed', String(index + 1 === open.score))
      }
      const text = open.score === null ? words.howWasIt : said ? words.thanksForWhy : words.thanks
      if (told.textContent !== text) told.textContent = text
      row.hidden = open.score === null || said !== ''
    },
  }
}
