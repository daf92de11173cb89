/** What was left as letters: the chat does not show them, so this browser goes on doing it, in storage that all its tabs share. */
import { type Line, ownLine } from './line.ts'
import type { Kept } from './storage.ts'

interface Letter {
  id: string
  text: string
  at: number
  /** Where it is answered. */
  to: string
  /** What went with it. */
  files: { name: string; size: number }[]
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
    return this.#all.flatMap(({ id, text, at, to, files }): Line[] => [
      { ...ownLine(id, text, at), state: 'sent', mailed: to },
      ...files.map((file, index): Line => {
        const going = { file, part: 1, why: '' }
        return { ...ownLine(`${id}:${index}`, '', at), state: 'sent', going }
      }),
    ])
  }

  has(id: string): boolean {
    return this.#all.some(letter => letter.id === id)
  }

  add(letter: Letter): void {
    this.reload()
    this.#all = [...this.#all, letter].slice(-MOST)
    this.#kept.set(this.#key, JSON.stringify(this.#all))
  }

  addFile(id: string, { name, size }: File): void {
    this.reload()
    this.#all = this.#all.map(letter =>
      letter.id === id ? { ...letter, files: [...letter.files, { name, size }] } : letter,
    )
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
    return all
      .filter(
        ({ id, text, at, to }) =>
          typeof id === 'string' &&
          typeof text === 'string' &&
          typeof at === 'number' &&
          typeof to === 'string',
      )
      .map(letter => ({ ...letter, files: Array.isArray(letter.files) ? letter.files : [] }))
  } catch {
    return null
  }
}
