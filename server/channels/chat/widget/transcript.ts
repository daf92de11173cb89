/** Asks for the transcript. Asked again for the same address before it was answered, it is the same request: there is one mail. */
import type { TranscriptOutcome, Up } from '../protocol.ts'
import { randomId } from './storage.ts'

type Ask = Extract<Up, { t: 'transcript' }>

export class TranscriptAsk {
  #open: { id: string; email: string; tell: (outcome: TranscriptOutcome) => void } | undefined

  /** @param send says it to the hub; false when it cannot */
  ask(email: string, send: (ask: Pick<Ask, 't' | 'id' | 'email'>) => boolean): Promise<TranscriptOutcome> {
    const id = this.#open?.email === email ? this.#open.id : randomId()
    this.#open?.tell('later')
    return new Promise(tell => {
      this.#open = { id, email, tell }
      if (!send({ t: 'transcript', id, email })) this.interrupted()
    })
  }

  answered(id: string, outcome: TranscriptOutcome): void {
    if (id !== this.#open?.id) return
    this.#open.tell(outcome)
    // The next one is of a later state of the conversation, and a mail of its own.
    if (outcome === 'asked') this.#open = undefined
  }

  /** Nobody knows whether it was heard. */
  interrupted(): void {
    this.#open?.tell('later')
  }
}
