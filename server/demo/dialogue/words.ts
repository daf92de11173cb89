/** The parts that dialogues are made of, one set a language. `{order}`, `{product}` and the like stand for facts. */

/** What an agent may ask for, and the customer has. */
export const needs = ['order', 'serial', 'address', 'phone', 'photo'] as const
export type Need = (typeof needs)[number]

export const moods = ['calm', 'warm', 'hurried', 'annoyed', 'terse'] as const
export type Mood = (typeof moods)[number]

export interface Topic {
  id: string
  subject: string
  /** First words, each a matter of its own kind. */
  openings: readonly string[]
  /** The matter in half a sentence: to come back to it. */
  short: string
  /** More of it, told one by one when somebody asks. */
  details: readonly string[]
  /** What comes to their mind once the first thing is settled. */
  further: string
  /** What colleagues need before they can answer. */
  asks: Need
  /** What colleagues answer, by kind of opening or any. */
  answers: readonly string[]
  furtherAnswer: string
  note: string
  tag?: string
}

export interface MoodWords {
  greetings: readonly string[]
  /** After the matter. */
  tails: readonly string[]
  /** Before something that was asked for. */
  giving: readonly string[]
  thanks: readonly string[]
  /** Nobody answered: a first and a later time. */
  waiting: readonly string[]
  apology: readonly string[]
}

export interface Words {
  topics: readonly Topic[]
  moods: Record<Mood, MoodWords>
  products: readonly string[]
  streets: readonly string[]
  /** How each fact is said. */
  facts: Record<Need, readonly string[]>
  /** The order number, said without being asked. */
  upfront: string
  /** Asked again for what was told. */
  again: string
  /** Asked something general, and nothing is left to tell. */
  nothingElse: readonly string[]
  /** Something was said that neither asks nor settles. */
  andNow: readonly string[]
  goodbye: readonly string[]
  givesUp: readonly string[]
  toMail: string
  toChat: string
  fromChat: string
  fromMail: string
  colleague: {
    greetings: readonly string[]
    sorry: readonly string[]
    asks: Record<Need, readonly string[]>
    goodbye: readonly string[]
  }
  /** A matter from before, taken up by an agent. */
  resumed: Topic
}
