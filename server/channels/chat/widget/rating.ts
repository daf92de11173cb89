/** What the visitor thinks of the conversation that is over: kept until the hub has it, as words are (C1). */
import type { Down, Up } from '../protocol.ts'
import { type Kept, randomId } from './storage.ts'

type Rate = Extract<Up, { t: 'rate' }>
type End = Extract<Down, { t: 'end' }>

export class RatingAsk {
  readonly #kept: Kept
  readonly #key: string
  #end: End | undefined

  constructor(kept: Kept, key: string) {
    this.#kept = kept
    this.#key = key
  }

  /** The conversation that may be rated now, and how it was; undefined: none. */
  get open(): { conversation: string; score: number | null } | undefined {
    if (!this.#end?.over) return undefined
    const { conversation, score } = this.#end
    const own = this.waiting
    return { conversation, score: own?.conversation === conversation ? own.score : score }
  }

  /** What the hub has not got yet. */
  get waiting(): Rate | undefined {
    try {
      const { id, conversation, score, words } = JSON.parse(this.#kept.get(this.#key) ?? '') as Rate
      const sound = typeof id === 'string' && typeof conversation === 'string' && Number.isInteger(score)
      return sound ? { t: 'rate', id, conversation, score, words: String(words ?? '') } : undefined
    } catch {
      return undefined
    }
  }

  keep(score: number, words: string): void {
    if (!this.#end?.over) return
    const { conversation } = this.#end
    const rate: Rate = { t: 'rate', id: randomId(), conversation, score, words }
    this.#kept.set(this.#key, JSON.stringify(rate))
  }

  stands(end: End): void {
    this.#end = end
  }

  /** The hub has it, or will never take it. */
  answered(id: string): void {
    if (this.waiting?.id === id) this.#kept.remove(this.#key)
  }
}
