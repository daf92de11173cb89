import { continued, type Dialogue, hear, opening, wait } from '../dialogue/dialogue.ts'
import type { AgentKey, Person } from '../script.ts'
import type { Line } from './lines.ts'

/** Who answers: somebody at a desk, or one of the colleagues that are played here. */
export type Handler = 'desk' | AgentKey

/** One customer, alive on one channel: the dialogue, the line it goes over, and who has it. */
export class LiveDialogue {
  readonly person: Person
  readonly line: Line
  readonly #itemsOfColleagues = new Set<string>()
  dialogue: Dialogue
  handler: Handler
  /** What colleagues have said. */
  said = 0
  /** The customer has spoken last. */
  waiting = true
  /** Raised with everything said: what was planned for a moment that has passed is dropped. */
  turn = 0
  noted = false
  ended = false

  constructor(person: Person, dialogue: Dialogue, line: Line, handler: Handler) {
    this.person = person
    this.dialogue = dialogue
    this.line = line
    this.handler = handler
  }

  begin(): Promise<void> {
    return this.#say(opening(this.dialogue))
  }

  /** What a colleague is about to send, by the names under which customers get it. */
  mark(names: readonly string[]): void {
    for (const name of names) this.#itemsOfColleagues.add(name)
  }

  isOfColleague(name: string): boolean {
    return this.#itemsOfColleagues.delete(name)
  }

  /** @returns whether they had something to say to it */
  async hear(text: string): Promise<boolean> {
    const said = hear(this.dialogue, text)
    this.dialogue = said.dialogue
    if (said.text !== null) await this.#say(said.text)
    return said.text !== null
  }

  async wait(): Promise<void> {
    const said = wait(this.dialogue)
    this.dialogue = said.dialogue
    if (said.text !== null) await this.#say(said.text)
  }

  /** On the other channel, when that is where they have gone. */
  next(): Dialogue | null {
    return this.dialogue.over === 'switched' ? continued(this.dialogue) : null
  }

  async #say(text: string): Promise<void> {
    this.turn++
    this.waiting = true
    await this.line.say(text)
  }
}
