/**
 * A customer of the demonstration with one matter: what they write first, and how they react to what an agent writes. Pure:
 * the same seed and the same agent's words give the same dialogue, whoever plays it.
 */
import { type Random, random } from '../random.ts'
import { readAgent } from './reading.ts'
import { type Mood, type MoodWords, moods, type Need, type Topic, type Words } from './words.ts'
import { english } from './words-en.ts'
import { chinese } from './words-zh.ts'

export type Language = 'en' | 'zh-CN'
export const wordsOf = (language: Language): Words => (language === 'en' ? english : chinese)

/** How it goes once the matter is settled. */
export type Outcome = 'content' | 'further' | 'switches'

export interface Plan {
  seed: number
  language: Language
  channel: 'email' | 'chat'
  /** Of the topics of this language; absent: a matter from before. */
  topic: number | null
  opening: number
  mood: Mood
  outcome: Outcome
  /** The order number stands in the first message. */
  upfront: boolean
  /** How often they ask again before they give up. */
  patience: number
}

export interface Dialogue {
  plan: Plan
  /** Facts as sentences, filled. */
  values: Readonly<Record<string, string>>
  told: readonly Need[]
  details: number
  nudges: number
  acknowledged: number
  furtherAsked: boolean
  /** They have said thanks, gone elsewhere or given up. */
  over: null | 'content' | 'switched' | 'gave-up'
}

export interface Said {
  dialogue: Dialogue
  /** Null: they have nothing to say to that. */
  text: string | null
}

const cities = {
  en: ['Utrecht', 'Leeds', 'Bristol', 'Delft', 'Ghent'],
  'zh-CN': ['杭州', '苏州', '宁波', '无锡', '嘉兴'],
}

export function planOf(seed: number, language: Language, channel: Plan['channel']): Plan {
  const chance = random(seed)
  const topic = chance.between(0, wordsOf(language).topics.length - 1)
  const mood = chance.pick(moods)
  return {
    seed,
    language,
    channel,
    topic,
    opening: chance.between(0, wordsOf(language).topics[topic]!.openings.length - 1),
    mood,
    outcome: chance.pick(['content', 'content', 'further', 'further', 'switches']),
    upfront: chance.next() < 0.3,
    patience: { calm: 2, warm: 2, hurried: 3, annoyed: 3, terse: 1 }[mood],
  }
}

export const topicOf = ({ plan: { language, topic } }: Pick<Dialogue, 'plan'>): Topic => {
  const words = wordsOf(language)
  return topic === null ? words.resumed : words.topics[topic]!
}

const blank = { told: [], details: 0, nudges: 0, acknowledged: 0, furtherAsked: false, over: null }

export const begin = (plan: Plan): Dialogue => ({
  plan,
  values: valuesOf(plan),
  ...blank,
  told: plan.upfront ? ['order'] : [],
})

/** A matter from before the app was started: they react, and no longer know its particulars. */
export const resume = (seed: number, language: Language, channel: Plan['channel']): Dialogue =>
  begin({ ...planOf(seed, language, channel), topic: null, outcome: 'content', upfront: false })

/** The same person with the same matter on the other channel. */
export const continued = ({ plan, values, told }: Dialogue): Dialogue => ({
  ...begin({ ...plan, channel: plan.channel === 'email' ? 'chat' : 'email', outcome: 'content' }),
  values,
  told,
  furtherAsked: true,
})

export const subjectOf = (dialogue: Dialogue): string => fill(topicOf(dialogue).subject, dialogue)

/** Their first message. */
export function opening(dialogue: Dialogue): string {
  const { plan, furtherAsked } = dialogue
  const words = wordsOf(plan.language)
  const mood = words.moods[plan.mood]
  const { short, further, openings } = topicOf(dialogue)
  if (furtherAsked) {
    const sentence = plan.channel === 'chat' ? words.fromMail : words.fromChat
    return fill(sentence.replace('{short}', short).replace('{further}', further), dialogue)
  }
  const chance = random(plan.seed ^ 0x0b1)
  const greeting = chance.pick(mood.greetings)
  const rest = [openings[plan.opening]!, plan.upfront ? words.upfront : '', chance.pick(mood.tails)].filter(
    Boolean,
  )
  const glue = plan.language === 'en' ? ' ' : ''
  const between = plan.channel === 'email' ? '\n\n' : glue
  return fill(`${greeting}${between}${sentences(rest, glue, /[.!]$/.test(greeting))}`, dialogue)
}

/** Their reaction to an agent's words. */
export function hear(dialogue: Dialogue, agentSays: string): Said {
  const reading = readAgent(agentSays)
  const { plan } = dialogue
  const words = wordsOf(plan.language)
  const mood = words.moods[plan.mood]
  const chance = random(
    plan.seed + 31 * (1 + dialogue.details + dialogue.acknowledged + dialogue.told.length),
  )
  const say = (changed: Partial<Dialogue>, ...parts: string[]): Said => {
    const next = { ...dialogue, nudges: 0, ...changed }
    const text = parts.filter(Boolean).join(plan.language === 'en' ? ' ' : '')
    return { dialogue: next, text: fill(text, next) }
  }
  if (dialogue.over) {
    const first = reading.goodbye && dialogue.acknowledged < 90
    return first ? say({ acknowledged: 90 }, chance.pick(words.goodbye)) : { dialogue, text: null }
  }
  const apology = reading.apologised && dialogue.acknowledged === 0 ? chance.pick(mood.apology) : ''
  if (reading.wants.length > 0)
    return say(...giveFacts(dialogue, reading.wants, words, mood, apology, chance))
  if (reading.done || reading.promised || (reading.number && !reading.asks)) return settled()
  if (reading.goodbye && !reading.asks)
    return say({ over: 'content', acknowledged: 90 }, chance.pick(words.goodbye))
  if (reading.asks) {
    const { details } = topicOf(dialogue)
    const detail = details[(dialogue.details + plan.opening) % details.length]!
    return dialogue.details < details.length
      ? say({ details: dialogue.details + 1 }, apology, detail)
      : say({}, apology, chance.pick(words.nothingElse))
  }
  if (dialogue.furtherAsked) return say({ over: 'content' }, chance.pick(mood.thanks))
  return say({ acknowledged: dialogue.acknowledged + 1 }, apology || chance.pick(words.andNow))

  function settled(): Said {
    const thanks = chance.pick(mood.thanks)
    if (dialogue.furtherAsked || plan.outcome === 'content') return say({ over: 'content' }, thanks)
    if (plan.outcome === 'switches')
      return say({ over: 'switched' }, thanks, plan.channel === 'chat' ? words.toMail : words.toChat)
    const { further } = topicOf(dialogue)
    return say({ furtherAsked: true }, thanks, further.charAt(0).toUpperCase() + further.slice(1))
  }
}

/** Nobody has answered for a while. After `patience` times they give up. */
export function wait(dialogue: Dialogue): Said {
  const { plan, nudges } = dialogue
  if (dialogue.over) return { dialogue, text: null }
  const words = wordsOf(plan.language)
  const chance = random(plan.seed + 977 * (nudges + 1))
  if (nudges >= plan.patience)
    return { dialogue: { ...dialogue, over: 'gave-up' }, text: chance.pick(words.givesUp) }
  const nudge = words.moods[plan.mood].waiting[nudges % 2]!
  const text = fill(nudge.replace('{short}', topicOf(dialogue).short), dialogue)
  return { dialogue: { ...dialogue, nudges: nudges + 1 }, text }
}

function giveFacts(
  dialogue: Dialogue,
  wants: readonly Need[],
  words: Words,
  mood: MoodWords,
  apology: string,
  chance: Random,
): [Partial<Dialogue>, ...string[]] {
  const fresh = wants.filter(need => !dialogue.told.includes(need))
  const facts = fresh.map(need => chance.pick(words.facts[need]))
  if (facts.length > 0)
    return [{ told: [...dialogue.told, ...fresh] }, apology, chance.pick(mood.giving), ...facts]
  return [{}, apology, words.again.replace('{fact}', words.facts[wants[0]!][0]!)]
}

function sentences(parts: string[], glue: string, afterFullStop: boolean): string {
  const text = parts.join(glue)
  return afterFullStop ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

const fill = (text: string, { values }: Pick<Dialogue, 'values'>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

function valuesOf({ seed, language }: Plan): Record<string, string> {
  const chance = random(seed ^ 0xfac7)
  const words = wordsOf(language)
  const digits = (count: number): string => Array.from({ length: count }, () => chance.between(0, 9)).join('')
  return {
    product: chance.pick(words.products),
    order: `SO-${chance.between(32_000, 58_000)}`,
    serial: `22-${digits(4)}-${chance.pick(['A', 'B', 'C', 'K'])}`,
    street: chance.pick(words.streets),
    house: String(chance.between(2, 180)),
    city: chance.pick(cities[language]),
    phone: language === 'en' ? `+31 6 555 0${digits(4)}` : `138 0000 ${digits(4)}`,
    days: String(chance.between(3, 12)),
    km: String(chance.between(12, 90) * 10),
    percent: String(chance.between(4, 38)),
    error: String(chance.between(10, 29)),
    amount: String(chance.between(80, 960)),
    cm: String(chance.between(2, 9)),
    count: String(chance.between(3, 25)),
  }
}
