import { random } from '../random.ts'
import { type Dialogue, topicOf, wordsOf } from './dialogue.ts'

/**
 * What a colleague of the demonstration writes next to this customer, who is called by `first`. They ask for what they need,
 * then settle the matter, then say goodbye; null: there is nothing left to say.
 */
export function colleagueSays(dialogue: Dialogue, said: number, first: string): string | null {
  const { plan, told, over, furtherAsked } = dialogue
  const { colleague } = wordsOf(plan.language)
  const topic = topicOf(dialogue)
  const chance = random(plan.seed + 7919 * (said + 1))
  const greeting = said === 0 ? chance.pick(colleague.greetings).replace('{first}', first) : ''
  const glue = plan.language === 'en' ? ' ' : ''
  const say = (...parts: string[]): string => {
    const body = parts.filter(Boolean).join(glue)
    const between = plan.channel === 'email' ? '\n\n' : glue
    const text = greeting ? `${greeting}${between}${body}` : body
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => dialogue.values[name] ?? whole)
  }
  const sorry =
    said === 0 && (plan.mood === 'annoyed' || plan.mood === 'hurried') ? chance.pick(colleague.sorry) : ''
  if (over === 'content') return chance.next() < 0.5 ? say(chance.pick(colleague.goodbye)) : null
  if (over) return null
  if (said > 5) return say(chance.pick(colleague.goodbye))
  if (furtherAsked) return say(sorry, topic.furtherAnswer)
  if (!told.includes(topic.asks)) return say(sorry, chance.pick(colleague.asks[topic.asks]))
  return say(sorry, topic.answers[plan.opening % topic.answers.length]!)
}

/** What a colleague notes for the others, and how the matter is marked. */
export const noteOf = (dialogue: Dialogue): { note: string; tag: string | undefined } => {
  const { note, tag } = topicOf(dialogue)
  return { note, tag }
}
