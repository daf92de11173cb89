import { colleagueSays, noteOf } from './dialogue/colleague.ts'
import { begin, hear, type Language, opening, planOf, subjectOf } from './dialogue/dialogue.ts'
import { callThread, socialThread } from './elsewhere-threads.ts'
import { colleaguesOf, firstName } from './people.ts'
import type { Random } from './random.ts'
import { ratedBy } from './ratings.ts'
import { type AgentKey, type Person, type Thread, type Turn, tags } from './script.ts'

/**
 * Dialogues that are over, half of each language: what live customers and colleagues would have said. Of twenty, nine by mail,
 * seven by chat, two by phone, two on social networks.
 */
export function dialogueThreads(
  count: number,
  people: { en: Person[]; zh: Person[] },
  chance: Random,
): Thread[] {
  return Array.from({ length: count }, (_, index) => {
    const language: Language = index % 2 === 0 ? 'en' : 'zh-CN'
    const person = chance.pick(language === 'en' ? people.en : people.zh)
    return dialogueThread(person, chance)
  })
}

function dialogueThread(person: Person, chance: Random): Thread {
  const { language } = person
  const lot = chance.next()
  const channel = lot < 0.55 ? 'chat' : 'email'
  const agent: AgentKey = chance.pick(colleaguesOf[language])
  let dialogue = begin(planOf(chance.between(1, 2 ** 30), language, channel))
  const pause = (): number => (channel === 'chat' ? chance.between(1, 2) : chance.between(10, 300))
  if (lot < 0.1) return callThread(person, dialogue, agent, chance)
  const turns: Turn[] = [{ by: 'customer', after: 0, text: opening(dialogue) }]
  const { note, tag } = noteOf(dialogue)
  for (let said = 0; said < 8; said++) {
    const text = colleagueSays(dialogue, said, firstName(person))
    if (text === null) break
    if (said === 1 && chance.next() < 0.15) turns.push({ by: agent, after: 1, text: note, note: true })
    turns.push({ by: agent, after: pause(), text })
    // The last goodbye stays unanswered, or every conversation would be opened again by it.
    if (dialogue.over) break
    const heard = hear(dialogue, text)
    dialogue = heard.dialogue
    if (heard.text !== null) turns.push({ by: 'customer', after: pause(), text: heard.text })
  }
  if (lot < 0.2) return socialThread(person, dialogue, agent, turns, chance)
  return {
    person,
    inbox: language === 'en' ? 'support' : 'kefu',
    subject: subjectOf(dialogue),
    turns,
    assignee: agent,
    status: 'closed',
    history: true,
    ...(tag && tags.includes(tag) ? { tags: [tag] } : {}),
    ...(channel === 'chat' ? { chat: { known: chance.next() < 0.6 }, ...ratedBy(person) } : {}),
  }
}
