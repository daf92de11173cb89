/** What was left as letters: the chat does not show them, so this browser goes on doing it, in storage that all its tabs share. */
import { type Line, ownLine } from './line.ts'
import type { Kept } from './storage.ts'

interface Letter {
  id: string
  text: string
  at: number
  /** Where it is answered. */
  to: string
}

/** The newest that are kept. */
const MOST = 10

export class Letters {
  readonly #kept: Kept
  readonly #key: string
  #all: Letter[] = []

  constructor(kept: Kept, key: string) {
    this.#kept = kept
    this.#key = key
  }

  get lines(): Line[] {
    return this.#all.map(({ id, text, at, to }) => ({ ...ownLine(id, text, at), state: 'sent', mailed: to }))
  }

  has(id: string): boolean {
    return this.#all.some(letter => letter.id === id)
  }

  add(letter: Letter): void {
    this.reload()
    this.#all = [...this.#all, letter].slice(-MOST)
    this.#kept.set(this.#key, JSON.stringify(this.#all))
  }

  /** What other tabs may have added. */
  reload(): void {
    this.#all = lettersIn(this.#kept.get(this.#key)) ?? this.#all
  }
}

function lettersIn(text: string | null): Letter[] | null {
  try {
    const all = JSON.parse(text ?? '[]') as Letter[]
    return all.filter(
      ({ id, text, at, to }) =>
        typeof id === 'string' &&
        typeof text === 'string' &&
        typeof at === 'number' &&
        typeof to === 'string',
    )
  } catch {
    return null
  }
}
